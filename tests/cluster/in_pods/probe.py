"""Runs as a worker pod's command: what a worker can do there. Prints one JSON object.

Arguments: addresses as HOST:PORT, each of which is tried.
"""

import json
import os
import socket
import sys
import time
from pathlib import Path

SECONDS = 4.0


def writable(folder: str) -> bool:
    try:
        (Path(folder) / "probe").write_text("x")
    except OSError:
        return False
    return True


def reached(target: str) -> bool:
    host, _, port = target.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=SECONDS).close()
    except OSError:
        return False
    return True


time.sleep(5)  # the network's rules for a new pod hold a moment after it has an address
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(
    json.dumps(
        {
            "ids": [os.getuid(), os.getgid()],
            "writable": [
                folder for folder in ("/", "/opt", "/etc", "/var", "/home", "/tmp", "/dev/shm") if writable(folder)
            ],
            "token": Path("/var/run/secrets/kubernetes.io/serviceaccount/token").exists(),
            "capabilities": int(status["CapEff"], 16) | int(status["CapBnd"], 16),
            "no_new_privileges": int(status["NoNewPrivs"]),
            "seccomp": int(status["Seccomp"]),
            "first_process": Path("/proc/1/comm").read_text().strip(),
            "own_number": os.getpid(),
            "worker_id": os.environ.get("WORKER_ID"),
            "reached": [target for target in sys.argv[1:] if reached(target)],
        }
    )
)
