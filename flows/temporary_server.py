"""Ends the temporary server that Prefect starts for a flow run by hand, however the flow's process ends.

Prefect stops it at the ordinary end and on Ctrl-C; on SIGTERM it would go on for ever, and on a kill nobody is left to
stop it. So a small process waits for the end of this one, when its standard input ends, and stops whatever still bears
this one's mark in its environment.
"""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from contextlib import suppress

import psutil

_MARK = "BETONY_FLOW_PROCESS"
_PATIENCE = 5.0  # seconds between being asked to stop and being stopped
_waiting: list[subprocess.Popen[bytes]] = []
"""Kept, so that the pipe stays open until the system closes it: when this process is no more."""


def ends_with_this_process() -> None:
    """To be called before Prefect starts a server; does nothing where one is set."""
    if os.environ.get("PREFECT_API_URL"):
        return
    unmarked = dict(os.environ)
    os.environ[_MARK] = uuid.uuid4().hex
    command = [sys.executable, __file__, os.environ[_MARK]]
    _waiting.append(
        subprocess.Popen(  # noqa: S603 - this file, by this Python
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,  # else whoever reads what the flow prints would wait for it
            stderr=subprocess.DEVNULL,
            env=unmarked,
            start_new_session=True,
        )
    )


def _stop_all(mark: str) -> None:
    left = [process for process in psutil.process_iter() if _bears(process, mark)]
    for process in left:
        with suppress(psutil.Error):
            process.terminate()
    for process in psutil.wait_procs(left, timeout=_PATIENCE)[1]:
        with suppress(psutil.Error):
            process.kill()


def _bears(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get(_MARK) == mark
    except psutil.Error:  # another user's, or gone meanwhile
        return False


if __name__ == "__main__":
    sys.stdin.buffer.read()
    _stop_all(sys.argv[1])
