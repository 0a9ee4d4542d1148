"""From the command to a served page: the demonstration's first start, and its second.

The promise: a first start under three minutes with the dependencies installed from a warm cache,
and a second under ten seconds. This measures what the command itself does, in a folder of its own;
installing comes before it, once.
"""

from __future__ import annotations

import os
import platform
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from importlib.metadata import version

SECONDS_TO_START = 600


def main() -> None:
    """Start twice, and print how long each took and how many times longer the first was."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = started(folder), started(folder)
    print(f"first start    {first:6.1f} s to a served page (promised: under 180)")
    print(f"second start   {second:6.1f} s to a served page (promised: under 10)")
    print(f"ratio          {first / second:6.1f} times as long the first time")
    print(
        f"on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"Django {version('django')}, Wagtail {version('wagtail')}"
    )


def started(folder: str) -> float:
    """Return the seconds from the command to the first answered request."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FOLKMOOT_")}
    ours.pop("DATABASE_URL", None)
    begun = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "folkmoot.cli.main", "demo", "--port", str(port)],
        env=ours | {"FOLKMOOT_VAR": folder},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not answers(port):
            if server.poll() is not None or time.perf_counter() - begun > SECONDS_TO_START:
                raise SystemExit("The demonstration did not start; run 'make demo' to see why.")
            time.sleep(0.1)
        return time.perf_counter() - begun
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(30)


def answers(port: int) -> bool:
    """Return whether the front page is served."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


if __name__ == "__main__":
    main()
