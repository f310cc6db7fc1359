"""A PostgreSQL cluster of the drill's own: on a free port, in a folder of its own, run by an unprivileged user, never the one on 5432."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

USER = "postgres" if os.geteuid() == 0 else None
BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


class Cluster:
    """One cluster."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if USER:
            shutil.chown(folder, USER, USER)
        self._run(
            "initdb",
            "-D",
            str(self.data),
            "-A",
            "trust",
            "-U",
            "postgres",
            "--no-sync",
            "--wal-segsize=1",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(
                f"port = {self.port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{folder}'\nmax_connections = 60\n"
                "min_wal_size = 2MB\nmax_wal_size = 32MB\nshared_buffers = 32MB\n"
            )

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def _run(self, word: str, *more: str, check: bool = True) -> None:
        subprocess.run([str(BIN / word), *more], user=USER, group=USER, extra_groups=[] if USER else None, cwd="/", check=check,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)  # fmt: skip

    def start(self) -> None:
        """Start and wait."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "server.log"), "start")

    def crash(self) -> None:
        """Restart without any chance to finish: what was not yet safe is lost, what was acknowledged is not."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "server.log"), "-m", "immediate", "restart")

    def stop(self) -> None:
        """End it."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop", check=False)
