"""Run the server and the background worker."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys

from folkmoot.cli.terminal import stop


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

    worker = None
    if with_worker:
        worker = subprocess.Popen([sys.executable, "-m", "folkmoot.cli.main", "worker"])
    try:
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
    finally:
        if worker is not None:
            worker.send_signal(signal.SIGINT)
            try:
                worker.wait(10)
            except subprocess.TimeoutExpired:
                worker.kill()


def default_workers() -> int:
    """Return one server process a core, four at most."""
    return min(4, os.cpu_count() or 1)
