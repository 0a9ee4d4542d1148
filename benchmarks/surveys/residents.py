"""Residents who answer a survey over HTTP as a browser without JavaScript does.

They read the forms that the pages show and fill them in, whatever the survey asks, so that no
step can be left out. Nothing of Folkmoot is imported here.
"""

from __future__ import annotations

import asyncio
import html
import random
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

TAG = re.compile(r"<(input|textarea|select|option|/select)\b([^>]*)>", re.I)
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
FORM = re.compile(r'<form\b[^>]*method="post"[^>]*>.*?</form>', re.I | re.S)
ACTION = re.compile(r'action="([^"]*)"')
COOKIE = re.compile(r"set-cookie: ([^=]+)=([^;]*)", re.I)
RECEIVED = re.compile(r"/received/(FM-[\w-]+)/")
# A little longer than the page of a pause asks for.
PAUSE_SECONDS = 5.3
PAUSE = 'name="pause"'
MOST_PAGES = 40
RETRIES = 200
SECONDS_BETWEEN_TRIES = 0.5
ALWAYS_TICKED = {"monitoring-consent"}
LEFT_EMPTY = re.compile(r"^(website|respondent-|organisation|contact-|has-)")


@dataclass(slots=True)
class Seen:
    """What the residents saw: seconds of each answer, references that were acknowledged."""

    waits: list[float] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)  # reference: mark of the journey
    refused: list[str] = field(default_factory=list)
    broken: int = 0  # connections that ended before their answer


class BrokenError(Exception):
    """A connection ended before its answer, as when the server was killed."""


@dataclass(slots=True)
class Answer:
    """One answer of the server."""

    status: int
    location: str
    text: str


class Resident:
    """Somebody with a connection of their own, who goes the whole way from start to reference."""

    def __init__(self, port: int, seen: Seen, chance: random.Random, think: float = 0.0) -> None:
        self.port, self.seen, self.chance, self.think = port, seen, chance, think
        self.cookies: dict[str, str] = {}
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def journey(self, survey: str, mark: str) -> str:
        """Answer a survey, writing `mark` into every text; return the reference."""
        await self.ask("GET", survey)
        answer = await self.ask("GET", f"{survey}1/")
        address = f"{survey}1/"
        for _ in range(MOST_PAGES):
            if self.think:
                await asyncio.sleep(self.chance.uniform(0, 2 * self.think))
            form = max(FORM.findall(answer.text), key=len, default="")
            action = ACTION.search(form)
            address = html.unescape(action[1]) if action and action[1] else address
            fields = self.filled(form, mark)
            if any(name == "pause" for name, _ in fields):
                await asyncio.sleep(PAUSE_SECONDS)
            answer = await self.ask("POST", address, urlencode(fields))
            if answer.status == 303:
                if found := RECEIVED.search(answer.location):
                    self.seen.acknowledged[found[1]] = mark
                    await self.ask("GET", answer.location)
                    return found[1]
                address = urlsplit(answer.location).path
                answer = await self.ask("GET", address)
            elif answer.status == 422 and PAUSE in answer.text:
                # The clocks of two processes of a site that stands on another day differ by what
                # one started later: a pause may be asked for once more, and is obeyed.
                continue
            elif answer.status != 200:
                self.seen.refused.append(f"{address}: {answer.status}")
                raise RuntimeError(f"{address} was answered with {answer.status}.")
        raise RuntimeError(f"After {MOST_PAGES} pages there was no reference, last at {address}.")

    def filled(self, form: str, mark: str) -> list[tuple[str, str]]:
        """Return the fields of a form: what stands in it, and an answer to each question."""
        fields: list[tuple[str, str]] = []
        offered: dict[str, list[str]] = {}
        select = ""
        for tag, rest in TAG.findall(form):
            said = {name.lower(): html.unescape(value) for name, value in ATTRIBUTE.findall(rest)}
            name, value = said.get("name", select), said.get("value", "on")
            match tag.lower(), said.get("type", "text").lower():
                case "input", "radio":
                    offered.setdefault(name, []).append(value)
                case "input", "hidden":
                    fields.append((name, value if "value" in said else ""))
                case "input", "checkbox":
                    is_chosen = not LEFT_EMPTY.match(name) and self.chance.random() < 0.3
                    if is_chosen or name in ALWAYS_TICKED:
                        fields.append((name, value))
                case "textarea", _:
                    fields.append((name, f"{mark}. " + "We want to be safe on our way home. " * 8))
                case "select", _:
                    select = name
                case "option", _:
                    offered.setdefault(select, []).append(value)
                case "/select", _:
                    select = ""
        for name, values in offered.items():
            if not LEFT_EMPTY.match(name):
                fields.append((name, self.chance.choice(values)))
        return fields

    async def ask(self, method: str, path: str, body: str = "") -> Answer:
        """Ask for a page and return the answer; again for as long as the server is away."""
        for _ in range(RETRIES):
            try:
                began = time.perf_counter()
                answer = await self._ask(method, path, body)
            except (OSError, BrokenError, asyncio.IncompleteReadError):
                self.seen.broken += 1
                self.close()
                await asyncio.sleep(SECONDS_BETWEEN_TRIES)
                continue
            if answer.status >= 500:
                # The database is away, or is starting again.
                self.seen.broken += 1
                await asyncio.sleep(SECONDS_BETWEEN_TRIES)
                continue
            self.seen.waits.append(time.perf_counter() - began)
            return answer
        raise RuntimeError(f"{path} was not answered in {RETRIES} attempts.")

    async def _ask(self, method: str, path: str, body: str) -> Answer:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self.reader is not None
        sent = body.encode()
        head = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if self.cookies:
            said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            head.append(f"Cookie: {said}")
        if method == "POST":
            head += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(sent)}",
            ]
        self.writer.write(("\r\n".join(head) + "\r\n\r\n").encode() + sent)
        await self.writer.drain()
        came = await self.reader.readuntil(b"\r\n\r\n")
        lines = came.decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines[1:])
        }
        for line in lines[1:]:
            if found := COOKIE.match(line):
                self.cookies[found[1]] = found[2]
        if "content-length" not in headers:
            raise BrokenError
        text = await self.reader.readexactly(int(headers["content-length"]))
        return Answer(
            int(lines[0].split(" ")[1]), headers.get("location", ""), text.decode("utf-8")
        )

    def close(self) -> None:
        """End the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None
