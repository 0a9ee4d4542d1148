"""Public pages on the project's own server: kept by the cache, made afresh, and a bare view.

Two promises. A kept page is sent at six tenths or more of the rate of a Django view that says
hello, with no middleware at all, on the same server: one server process serves, eight connections
ask. And a page that is not kept, as for a visitor half way through a survey, comes within 100 ms
for 95 of 100, with a server process on each of two cores and eight connections asking. What that
takes where not even parts of pages are kept is printed beside it. The demonstration is loaded into
a folder of its own first, which takes a minute.
"""

from __future__ import annotations

import os
import platform
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

CONNECTIONS = 8
SECONDS = 3.0
ROUNDS = 3
PROMISED = 0.6
PROMISED_P95_MS = 100
SECONDS_TO_START = 60
CONSULTATION = "/consultations/police-and-crime-plan/"
PAGES = (
    "/",
    "/consultations/",
    CONSULTATION,
    "/plan/robbery-and-theft-on-the-street/",
    f"{CONSULTATION}the-plan-in-its-versions/",
    "/is-it-working/",
)
# A visitor half way through a survey: the cache leaves such a visitor alone.
PAST_THE_CACHE = "Cookie: folkmoot-draft=none\r\n"


class Load(NamedTuple):
    """What one stretch of load showed."""

    per_second: float
    p95_ms: float
    cpu_us: float  # of the server, for one request


@cache
def _handlers() -> tuple[Callable[..., Iterable[bytes]], Callable[..., Iterable[bytes]]]:
    """Return the site, and beside it the least that Django can do."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpRequest, HttpResponse
    from django.test import override_settings
    from django.urls import ResolverMatch

    from folkmoot.config.wsgi import application as site

    def hello(request: HttpRequest) -> HttpResponse:
        return HttpResponse("Hello", headers={"Content-Length": "5"})

    class Bare(WSGIHandler):
        def load_middleware(self, is_async: bool = False) -> None:
            with override_settings(MIDDLEWARE=[]):
                super().load_middleware(is_async)

        def resolve_request(self, request: HttpRequest) -> ResolverMatch:
            request.resolver_match = ResolverMatch(hello, (), {})
            return request.resolver_match

    return site, Bare()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer /hello barely, and everything else as the site does. Granian runs this."""
    site, bare = _handlers()
    return (bare if environ["PATH_INFO"] == "/hello" else site)(environ, start_response)


def load(port: int, pid: int, path: str, seconds: float, header: str = "") -> Load:
    """Ask for one page over all connections for some seconds, and wait for the last answers."""
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n{header}\r\n"
    ).encode()
    waiting = selectors.DefaultSelector()
    for _ in range(CONNECTIONS):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(request)
        # When asked, what came so far, and how long the whole answer is once that is known.
        waiting.register(connection, selectors.EVENT_READ, [time.perf_counter(), b"", 0])
    waits: list[float] = []
    cpu, began = _cpu_seconds(pid), time.perf_counter()
    while waiting.get_map():
        for key, _ in waiting.select(1):
            asked, came, length = key.data
            connection = key.fileobj  # type: ignore[assignment]
            came += (part := connection.recv(1 << 20))
            if not part:
                raise RuntimeError(f"The server closed a connection that asked for {path}.")
            if not length and (end := came.find(b"\r\n\r\n")) >= 0:
                head = came[:end].lower()
                if not head.startswith(b"http/1.1 200"):
                    raise RuntimeError(f"{path} was answered with {head[:60]!r}.")
                length = end + 4 + int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            if not length or len(came) < length:
                key.data[1:] = came, length
                continue
            now = time.perf_counter()
            waits.append(now - asked)
            if now - began < seconds:
                key.data[:] = now, b"", 0
                connection.sendall(request)
            else:
                waiting.unregister(connection)
                connection.close()
    elapsed, cpu = time.perf_counter() - began, _cpu_seconds(pid) - cpu
    p95 = statistics.quantiles(waits, n=20)[-1]
    return Load(len(waits) / elapsed, p95 * 1000, cpu / len(waits) * 1e6)


def _cpu_seconds(pid: int) -> float:
    """Return the time that a process and its children, as Linux counts it, have computed."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if pid in (int(stat.parent.name), int(fields[1])):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _environment(folder: Path) -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if not name.startswith("FOLKMOOT_")
    } | {
        "FOLKMOOT_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings",
        "PYTHONPATH": str(Path(__file__).parent),
    }


def _load_demonstration(folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "folkmoot.cli.main", "demo", "--load-only"],
        env=_environment(folder),
        check=True,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def _served(folder: Path, workers: int, **more: str) -> Iterator[tuple[int, int]]:
    """Serve until the end; give the server's process and port once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--interface", "wsgi", "--workers", str(workers), "--blocking-threads", "4"]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", *options),
            *("--host", "127.0.0.1", "--port", str(port), "--no-access-log"),
            *("--log-level", "warning", f"{Path(__file__).stem}:application"),
        ],
        env=_environment(folder) | more,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server)
        for path in ("/hello", *PAGES):  # one at a time, so that Django is loaded once
            urllib.request.urlopen(address + path, timeout=SECONDS_TO_START).close()
        yield server.pid, port
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    began = time.perf_counter()
    while time.perf_counter() - began < SECONDS_TO_START:
        if server.poll() is not None:
            raise RuntimeError("The server did not start; what it said stands above.")
        try:
            urllib.request.urlopen(f"{address}/hello", timeout=SECONDS_TO_START).close()
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"The server did not answer within {SECONDS_TO_START} seconds.")


def main() -> int:
    """Measure and print; exit with 1 where a promise is not kept."""
    print(
        f"Python {platform.python_version()}, Django {version('django')}, "
        f"Wagtail {version('wagtail')}, Granian {version('granian')}, {platform.machine()}, "
        f"{os.cpu_count()} cores, {CONNECTIONS} connections, {SECONDS:.0f} s a stretch",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as name:
        folder = Path(name)
        _load_demonstration(folder)
        is_kept_fast = _compare_with_a_bare_view(folder)
        is_made_fast = _measure_afresh(folder)
    print(f"promise of at least {PROMISED} of the bare view: {_verdict(is_kept_fast)}")
    print(f"promise of a page afresh within {PROMISED_P95_MS} ms: {_verdict(is_made_fast)}")
    return 0 if is_kept_fast and is_made_fast else 1


def _compare_with_a_bare_view(folder: Path) -> bool:
    """Print each kept page beside the bare view, and return whether the promise is kept."""
    is_promise_kept = True
    print(f"1 server process, median ratio of {ROUNDS} rounds in turn:")
    with _served(folder, workers=1) as (pid, port):
        for path in PAGES:
            for asked in ("/hello", path):
                load(port, pid, asked, 1)
            # In turn, so that whatever else the machine does weighs on both alike.
            rounds = [
                [load(port, pid, asked, SECONDS) for asked in ("/hello", path)]
                for _ in range(ROUNDS)
            ]
            hello, kept = max(rounds, key=lambda pair: pair[0].per_second)
            ratio = statistics.median(k.per_second / h.per_second for h, k in rounds)
            computing = statistics.median(h.cpu_us / k.cpu_us for h, k in rounds)
            is_promise_kept = is_promise_kept and ratio >= PROMISED
            print(
                f"{path}: {ratio:.2f} of the bare view's rate, {computing:.2f} by the "
                f"server's computing time\n"
                f"  bare view: {_words(hello)}\n"
                f"  kept:      {_words(kept)}",
                flush=True,
            )
    return is_promise_kept


def _measure_afresh(folder: Path) -> bool:
    """Print how long pages take that are made afresh, and return whether the promise is kept."""
    is_promise_kept = True
    print("2 server processes, pages made afresh:")
    for parts, more in (("kept", {}), ("not kept", {"FOLKMOOT_CACHE_SECONDS": "0"})):
        with _served(folder, workers=2, **more) as (pid, port):
            for path in PAGES:
                load(port, pid, path, 1, PAST_THE_CACHE)
                made = load(port, pid, path, SECONDS, PAST_THE_CACHE)
                if parts == "kept":
                    is_promise_kept = is_promise_kept and made.p95_ms < PROMISED_P95_MS
                print(f"  parts {parts}, {path}: {_words(made)}", flush=True)
    return is_promise_kept


def _verdict(is_promise_kept: bool) -> str:
    return "kept" if is_promise_kept else "NOT KEPT"


def _words(load: Load) -> str:
    return (
        f"{load.per_second:,.0f} requests/s, p95 {load.p95_ms:.1f} ms, "
        f"{load.cpu_us:,.0f} µs of the server each"
    )


if __name__ == "__main__":
    sys.exit(main())
