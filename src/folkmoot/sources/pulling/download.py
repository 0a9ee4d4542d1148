"""One file from one address: resumed where it was cut, checked, and then put in its place."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from folkmoot.sources.pulling.answers import (
    answer_headers,
    ask,
    chunks,
    promised_sha256,
    start_and_total,
    total_of,
    validator_of,
)
from folkmoot.sources.pulling.errors import InterruptedPullError, PullError
from folkmoot.sources.pulling.part import CHUNK, Part

USER_AGENT = f"Folkmoot/{version('folkmoot')} (+https://github.com/folkmoot/folkmoot)"
# So many attempts in a row that bring nothing new, and so many in all.
MOST_FRUITLESS = 5
MOST_ATTEMPTS = 50
# Longer than this nobody waits at a terminal.
MOST_SECONDS = 300

# The name of a file, the bytes that are here, and of how many where that is known.
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Line:
    """How a download waits, and whom it tells: a person at a terminal, or a test."""

    wait: Callable[[float], None] = time.sleep
    say: Callable[[str], None] = field(default=lambda _: None)
    progress: Progress = field(default=lambda _name, _done, _total: None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to be fetched, and `page`, on which a person finds it.

    `known_etag` is that of the copy that is here; `sha256` is what the file must have.
    """

    address: str
    page: str
    most_bytes: int
    name: str = ""
    known_etag: str = ""
    sha256: str = ""

    @property
    def file_name(self) -> str:
        """The name to keep the file under: the one given, or the last part of the address."""
        last = self.name or unquote(urlsplit(self.address).path.rsplit("/", 1)[-1])
        return re.sub(r"[^\w .()&+-]", "-", last).strip(" .-") or "file"


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A whole file, still under its name as a part; `modified_on` is the publisher's date."""

    part: Part
    sha256: str
    etag: str
    modified_on: date | None


def download(wanted: Wanted, folder: Path, line: Line) -> Downloaded | None:
    """Return the file once all of it is here; None where the copy at hand is still the latest.

    A cut download goes on where it stopped, in this call or a later one, if the publisher still
    has the same version; otherwise it begins again. Raises PullError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    part = Part.found(folder / f"{wanted.file_name}.part", wanted.address)
    fruitless = 0
    for _ in range(MOST_ATTEMPTS):
        before = part.size
        try:
            headers = _receive(wanted, part, line)
        except InterruptedPullError as problem:
            fruitless = 0 if part.size > before else fruitless + 1
            if fruitless >= MOST_FRUITLESS:
                break
            _wait(problem, fruitless, part, line)
            continue
        if headers is None:
            part.drop()
            return None
        found = _checked(wanted, part, headers)
        if found is not None:
            return found
    raise PullError(
        f"{urlsplit(wanted.address).netloc} broke off again and again: pull again later, and what "
        f"has come so far ({part.size:,} bytes) is kept."
    )


def _receive(wanted: Wanted, part: Part, line: Line) -> Message | None:
    """Add what is missing to a part; return the headers of the answer, or None for no change."""
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    if part.size and part.validator:
        headers |= {"Range": f"bytes={part.size}-", "If-Range": part.validator}
    elif wanted.known_etag:
        headers["If-None-Match"] = wanted.known_etag
    with ask(wanted.address, headers, wanted.page) as answer:
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return None
        if answer.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            if total_of(answer) == part.size:
                # All of it had come, and only the end of the work was missing.
                part.is_resumed = True
                return answer_headers(answer)
            part.drop()
            raise InterruptedPullError("The publisher’s file is shorter than it was")
        _refuse_page(answer, wanted)
        start, total = start_and_total(answer)
        if start and start != part.size:
            part.drop()
            raise InterruptedPullError("The publisher went on in another place than asked")
        if total is not None and total > wanted.most_bytes:
            part.drop()
            raise _too_large(wanted, total)
        if not start:
            part.restart(validator_of(answer.headers))
        else:
            part.is_resumed = True
        for chunk in chunks(answer, urlsplit(wanted.address).netloc, CHUNK):
            part.add(chunk)
            if part.size > wanted.most_bytes:
                part.drop()
                raise _too_large(wanted, wanted.most_bytes)
            line.progress(wanted.file_name, part.size, total)
        if total is not None and part.size < total:
            raise InterruptedPullError(f"The line to {urlsplit(wanted.address).netloc} broke")
        if total is not None and part.size > total:
            part.drop()
            raise InterruptedPullError("More came than the publisher announced")
        return answer_headers(answer)


def _refuse_page(answer: Any, wanted: Wanted) -> None:
    if answer.headers.get_content_type() == "text/html":
        raise PullError(
            f"{wanted.address} answers with a web page, not a file: look at {wanted.page} where "
            "the file is now, and give its address with --from."
        )


def _too_large(wanted: Wanted, size: int) -> PullError:
    return PullError(
        f"{wanted.file_name} has {size:,} bytes or more, and no release of this source comes near "
        f"{wanted.most_bytes:,}: look at {wanted.page} what it is."
    )


def _checked(wanted: Wanted, part: Part, headers: Message) -> Downloaded | None:
    """Return the file if it is the one that was promised; None to begin again, after a resume."""
    (sha256,) = part.hashed("sha256")
    promised = promised_sha256(headers)
    if wanted.sha256 and sha256.hex() != wanted.sha256.lower():
        part.drop()
        raise PullError(
            f"{wanted.file_name} has the SHA-256 {sha256.hex()}, and {wanted.sha256} was asked "
            "for: nothing is kept."
        )
    if promised is not None and sha256 != promised:
        resumed = part.is_resumed
        part.drop()
        if resumed:
            return None
        raise PullError(
            f"{wanted.file_name} is not what the publisher sent: its SHA-256 is {sha256.hex()}, "
            f"and {promised.hex()} was promised. Nothing is kept; pull again."
        )
    return Downloaded(
        part, sha256.hex(), str(headers.get("ETag", "")), _day(headers.get("Last-Modified"))
    )


def _day(given: str | None) -> date | None:
    try:
        return parsedate_to_datetime(given).date() if given else None
    except ValueError:
        return None


def _wait(problem: InterruptedPullError, fruitless: int, part: Part, line: Line) -> None:
    """Wait as long as the publisher asks, or twice as long each time."""
    seconds = problem.retry_after if problem.retry_after is not None else 2.0**fruitless
    if seconds > MOST_SECONDS:
        raise PullError(
            f"{problem} and asks to come back in {seconds / 60:,.0f} minutes: pull again then."
        )
    line.say(f"{problem}: again in {seconds:.0f} s, from byte {part.size:,}.")
    line.wait(seconds)
