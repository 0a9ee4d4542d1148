"""A site to put under load: a database of its own with the demonstration, and a server."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

SURVEY = "/consultations/police-and-crime-plan/your-say/"
# While the consultation of the demonstration is open.
DAY = "2021-12-01"
BEGAN = time.monotonic()
SECONDS_TO_START = 90
# So often PostgreSQL is started after a kill, a second apart.
STARTS = 20
DEADLY = signal.SIGKILL


class Database:
    """A database of the benchmark's own; SQLite needs nothing done."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / 'bench.sqlite3'}"

    def start(self) -> None:
        """Start what serves it."""

    def kill(self) -> bool:
        """Kill it as by a power cut; False where there is nothing to kill."""
        return False

    def stop(self) -> None:
        """Stop what serves it."""


class PostgreSQL(Database):
    """A cluster of the benchmark's own, in a folder of its own, with fsync on."""

    name = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.bin = newest_postgresql()
        self.as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.port = free_port()
        self.url = f"postgres://folkmoot@127.0.0.1:{self.port}/folkmoot"
        folder.chmod(0o755)
        self.cluster = folder / "cluster"
        self.cluster.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.cluster, "postgres")
        self._run("initdb", "-U", "folkmoot", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()
        self._run(
            *("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "folkmoot", "folkmoot"),
            with_folder=False,
        )

    def start(self) -> None:
        options = f"-p {self.port} -k {self.cluster} -c listen_addresses=127.0.0.1"
        options += " -c max_locks_per_transaction=256"
        arguments = ("pg_ctl", "-w", "-l", str(self.cluster / "log"), "-o", options, "start")
        # After a kill it refuses to start until the last orphan of the one before has noticed.
        for _ in range(STARTS):
            try:
                self._run(*arguments)
                return
            except subprocess.CalledProcessError:
                time.sleep(1)
        raise RuntimeError(f"PostgreSQL did not start: {self.cluster / 'log'} says why.")

    def kill(self) -> bool:
        first = int((self.cluster / "data" / "postmaster.pid").read_text().split()[0])
        for pid in (first, *children(first)):
            with suppress(ProcessLookupError):
                os.kill(pid, DEADLY)
        return True

    def stop(self) -> None:
        with suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str, with_folder: bool = True) -> None:
        place = ["-D", str(self.cluster / "data")] if with_folder else []
        subprocess.run(
            [*self.as_user, str(self.bin / program), *place, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.cluster,
        )


@dataclass(slots=True)
class Server:
    """The project's own server, with two processes, which can be killed and started again."""

    folder: Path
    url: str
    port: int
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"]
        self.running = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", *options),
                *("--host", "127.0.0.1", "--port", str(self.port), "--no-access-log"),
                *("--log-level", "critical", "folkmoot.config.wsgi:application"),
            ],
            env=environment(self.folder, self.url),
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        began = time.perf_counter()
        while time.perf_counter() - began < SECONDS_TO_START:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}{SURVEY}", timeout=60).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(f"The server did not answer within {SECONDS_TO_START} seconds.")

    def kill(self) -> None:
        """Kill every process of it at once."""
        assert self.running is not None
        os.killpg(self.running.pid, DEADLY)
        self.running.wait()


def environment(folder: Path, url: str) -> dict[str, str]:
    """Return the environment of a site of the benchmark's own."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FOLKMOOT_")}
    # Goes on however often a server starts, as a clock does.
    at = datetime.fromisoformat(f"{DAY}T00:00+00:00") + timedelta(seconds=time.monotonic() - BEGAN)
    return ours | {
        "FOLKMOOT_VAR": str(folder),
        "FOLKMOOT_AT": at.isoformat(),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings",
    }


def databases() -> Iterator[type[Database]]:
    """Give the kinds of databases that this machine has."""
    yield Database
    if newest_postgresql(is_needed=False).is_dir():
        yield PostgreSQL
    else:
        print("PostgreSQL is not installed here: measured on SQLite only.")


@contextmanager
def site(kind: type[Database], folder: Path) -> Iterator[tuple[Database, Server]]:
    """Give a database with the demonstration in it, and a server that answers."""
    database = kind(folder)
    server = Server(folder, database.url, free_port())
    try:
        subprocess.run(
            [sys.executable, "-m", "folkmoot.cli.main", "demo", "--load-only", "--at", DAY],
            env=environment(folder, database.url),
            check=True,
            stdout=subprocess.DEVNULL,
        )
        server.start()
        yield database, server
    finally:
        if server.running is not None and server.running.poll() is None:
            server.kill()
        database.stop()


def newest_postgresql(*, is_needed: bool = True) -> Path:
    """Return the folder of PostgreSQL's programs, as Debian keeps it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    if not found and is_needed:
        raise RuntimeError("PostgreSQL is not installed: 'apt install postgresql' brings it.")
    return found[-1] if found else Path("/usr/lib/postgresql/none")


def children(pid: int) -> list[int]:
    """Return the processes that a process began, as Linux keeps them."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
    return found


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
