"""Which process holds something, and whether it is still there."""

from __future__ import annotations

import os
import socket
from typing import Any


def this_process() -> dict[str, Any]:
    """Host, number and start of this process."""
    import psutil  # noqa: PLC0415 - only a command that writes needs it

    return {"host": socket.gethostname(), "pid": os.getpid(), "started": psutil.Process().create_time()}


def is_of_here(process: dict[str, Any]) -> bool:
    """Whether it is one of this machine's, of which alone can be told whether it is still there."""
    return bool(process["host"] == socket.gethostname())


def is_gone(process: dict[str, Any]) -> bool:
    """Whether that process has ended; false where nobody here can tell."""
    import psutil  # noqa: PLC0415 - as above

    if not is_of_here(process):
        return False
    try:
        there = psutil.Process(process["pid"])
        if there.status() == psutil.STATUS_ZOMBIE:
            return True  # killed, and nobody asked how it ended: in a container that may last
        started: float = there.create_time()
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False
    return abs(started - float(process["started"])) > 1  # else its number was given to another
