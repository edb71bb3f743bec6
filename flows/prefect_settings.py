"""Prefect's settings for every flow; imported before Prefect, which reads them when it is imported.

eval "$(python flows/prefect_settings.py)" sets them in a shell, for a server or a worker that is started there.
"""

import os
import shlex

EVERYWHERE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # the switch above does not reach the server's own heartbeat
    "PREFECT_LOGGING_EXTRA_LOGGERS": "betony",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",  # with the default, task runs are dropped
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TRIGGERS_READ_BATCH_SIZE": "100",
}
BY_HAND = {
    "PREFECT_LOGGING_LEVEL": "WARNING",  # the command line tells what happens
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",  # a busy machine needs more than the usual 20
}

for _name, _value in {**EVERYWHERE, **BY_HAND}.items():
    os.environ.setdefault(_name, _value)

if __name__ == "__main__":
    for _name, _value in EVERYWHERE.items():
        print(f"export {_name}={shlex.quote(_value)}")  # noqa: T201 - what a shell takes in
