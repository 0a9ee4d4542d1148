"""Run the server and the background worker."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from folkmoot.cli.terminal import console, stop

WORKER = [sys.executable, "-m", "folkmoot.cli.main", "worker"]
SECONDS_TO_STOP = 10
SECONDS_TO_END_TOGETHER = 2
SECONDS_TO_BEGIN_AGAIN = 5


def check_port(host: str, port: int) -> None:
    """Stop with a sentence where another program has the port, or nobody may use it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise stop(
                    f"Port {port} is taken by another program: stop it, or choose another port "
                    f"(PORT={port + 1 if port < 65535 else 8000} with make, --port with folkmoot)."
                ) from error
            raise stop(
                f"{host}:{port} cannot be used ({error.strerror}): choose another port."
            ) from error


def serve_site(host: str, port: int, workers: int, *, with_worker: bool) -> None:
    """Serve until interrupted. With `with_worker`, background tasks run in a second process."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    with ExitStack() as beside:
        if with_worker:
            beside.enter_context(worker_beside())
        Granian(
            "folkmoot.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            log_level=LogLevels.warning,
            workers_kill_timeout=10,
            respawn_failed_workers=True,
        ).serve()


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run the background worker in a process of its own, and begin it again when it dies.

    Nothing that was being done is lost by that: see `publishing.mail` and `publishing.schedule`.
    """
    over = threading.Event()
    keeper = threading.Thread(target=_keep_working, args=(over,), name="worker", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join(SECONDS_TO_STOP * 2)


def _keep_working(over: threading.Event) -> None:
    while not over.is_set():
        worker = subprocess.Popen(WORKER)
        while worker.poll() is None and not over.wait(1):
            pass
        # Ctrl+C reaches the worker and the server at once: the server's end is not far then.
        if over.is_set() or over.wait(SECONDS_TO_END_TOGETHER):
            _stop(worker)
            return
        console.print(
            f"folkmoot: the background worker ended with code {worker.returncode}; "
            f"it begins again in {SECONDS_TO_BEGIN_AGAIN} seconds."
        )
        over.wait(SECONDS_TO_BEGIN_AGAIN)


def _stop(worker: subprocess.Popen[bytes]) -> None:
    worker.send_signal(signal.SIGINT)
    try:
        worker.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        worker.kill()


def default_workers() -> int:
    """Return one server process a core, four at most."""
    return min(4, os.cpu_count() or 1)
