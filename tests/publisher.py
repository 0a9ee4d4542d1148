"""A publisher on this machine: a real HTTP server that can be cut off, busy, or change its mind."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Publisher:
    """What the server offers, and how it behaves in each answer to come, first to last."""

    files: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    # Each takes one answer: ("cut", bytes sent before the line breaks), ("status", code, headers),
    # ("change", new content). Without one, the answer is the file as it is.
    moods: list[tuple[object, ...]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    with_etag: bool = True
    with_ranges: bool = True
    address: str = ""

    def etag(self, path: str) -> str:
        return f'"{hashlib.sha256(self.files[path]).hexdigest()[:16]}"'

    def url(self, path: str) -> str:
        return self.address + path


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        publisher: Publisher = self.server.publisher  # type: ignore[attr-defined]
        publisher.asked.append((self.path, dict(self.headers.items())))
        mood = publisher.moods.pop(0) if publisher.moods else ("well",)
        if mood[0] == "status":
            self._empty(mood[1], mood[2] if len(mood) > 2 else {})
            return
        if mood[0] == "change":
            publisher.files[self.path] = mood[1]
        if self.path not in publisher.files:
            self._empty(404, {})
            return
        content = publisher.files[self.path]
        etag = publisher.etag(self.path) if publisher.with_etag else ""
        if etag and self.headers.get("If-None-Match") == etag:
            self._empty(304, {"ETag": etag})
            return
        start = self._start(etag) if publisher.with_ranges else 0
        if start >= len(content) and start:
            self._empty(416, {"Content-Range": f"bytes */{len(content)}"})
            return
        self.send_response(206 if start else 200)
        if etag:
            self.send_header("ETag", etag)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - start))
        for name, value in publisher.headers.items():
            self.send_header(name, value)
        self.end_headers()
        sent = content[start:]
        if mood[0] == "cut":
            self.wfile.write(sent[: mood[1]])
            self.wfile.flush()
            self.close_connection = True
            return
        self.wfile.write(sent)

    def _start(self, etag: str) -> int:
        """Return the byte to begin at: as asked, if the file is the version it was."""
        asked = self.headers.get("Range", "")
        if not asked or self.headers.get("If-Range") not in (None, etag):
            return 0
        return int(asked.removeprefix("bytes=").removesuffix("-"))

    def _empty(self, status: object, headers: object) -> None:
        assert isinstance(status, int)
        assert isinstance(headers, dict)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@contextmanager
def published() -> Iterator[Publisher]:
    """Serve until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    offering = Publisher(address=f"http://127.0.0.1:{server.server_port}")
    server.publisher = offering  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield offering
    server.shutdown()
    server.server_close()
    thread.join()
