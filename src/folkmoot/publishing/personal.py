"""Where data of one person are held: each room says what it has, and erases it when asked.

Residents have no account, so a person is known by an e-mail address, or by the reference of a
response. A room registers what it holds; the screen that finds, exports and erases asks them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom data are looked for.

    `email_digests` and `respondents` (keys) are all by which they are known, in whatever activity;
    `references` those of their responses that were named.
    """

    email: str = ""
    email_digests: frozenset[str] = frozenset()
    respondents: frozenset[int] = frozenset()
    references: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that is held: what its sender called it, and how its content is read."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Held:
    """One record that is held of a person: what it is, and its fields in words."""

    title: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[HeldFile, ...] = ()
    note: str = ""
    """What an officer must know before erasing it, such as that there is a form on paper."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A place that holds data of people.

    `find` returns what it holds of somebody. `erase` erases it inside
    the caller's transaction and returns how many of what. `known_as` adds by what else somebody is
    known there.
    """

    name: str
    find: Callable[[Subject], list[Held]]
    erase: Callable[[Subject, datetime], dict[str, int]]
    known_as: Callable[[Subject], Subject] = lambda subject: subject


_HOLDERS: dict[str, Holder] = {}


def register_holder(holder: Holder) -> None:
    """Add a place that holds data of people. Called in `AppConfig.ready()`."""
    _HOLDERS[holder.name] = holder


def holders() -> list[Holder]:
    """Return the places that hold data of people, by name."""
    return [_HOLDERS[name] for name in sorted(_HOLDERS)]


def known_everywhere(subject: Subject) -> Subject:
    """Return a subject with all by which the rooms together know them."""
    while True:
        before = subject
        for holder in holders():
            subject = holder.known_as(subject)
        if subject == before:
            return subject
