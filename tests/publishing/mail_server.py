"""A mail server on this machine that accepts, puts off or refuses by the address it is given."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import ClassVar

ANSWERS = {"full": b"452 4.2.2 Mailbox full", "nobody": b"550 5.1.1 No such user"}


class Conversation(socketserver.StreamRequestHandler):
    """Enough of RFC 5321 for a sender that keeps to it."""

    received: ClassVar[list[EmailMessage]]
    written: ClassVar[list[bytes]]
    connections: ClassVar[list[str]]

    def handle(self) -> None:
        self.connections.append("")
        self._say(b"220 ready")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"QUIT":
                self._say(b"221 bye")
                return
            if word == b"RCPT":
                name = line.decode().partition("<")[2].partition("@")[0]
                self._say(ANSWERS.get(name, b"250 ok"))
            elif word == b"DATA":
                self._say(b"354 go on")
                self._take()
                self._say(b"250 accepted")
            else:
                self._say(b"250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.written.append(b"".join(lines))
        self.received.append(message_from_bytes(self.written[-1], policy=policy.default))

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def running() -> Iterator[tuple[int, type[Conversation]]]:
    """Give the port of a server, and where to read what it received."""

    class Heard(Conversation):
        received = []
        written = []
        connections = []

    with Server(("127.0.0.1", 0), Heard) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1], Heard
        finally:
            server.shutdown()
            thread.join()
