"""A first start serves pages with charts, though loading drew charts in the same command."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

SECONDS_TO_START = 300
SECONDS_TO_ANSWER = 60


def test_a_first_start_serves_a_measure_with_its_chart(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = ("FOLKMOOT_", "DATABASE_URL")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    server = subprocess.Popen(
        [sys.executable, "-m", "folkmoot.cli.main", "demo", "--port", str(port)],
        env=inherited | {"FOLKMOOT_VAR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                urllib.request.urlopen(f"{address}/", timeout=SECONDS_TO_ANSWER).close()
                break
            except (urllib.error.URLError, ConnectionError):
                assert server.poll() is None, "the server stopped"
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.2)
        measure = f"{address}/is-it-working/personal-robbery/"
        with urllib.request.urlopen(measure, timeout=SECONDS_TO_ANSWER) as response:
            page = response.read().decode()
        assert '<svg class="chart"' in page
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(30)
