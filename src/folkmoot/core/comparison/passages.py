"""The passages of a text: what its HTML says, without the tags it says it with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BULLETS = frozenset({"dd", "dt", "li"})
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "caption", "div", "dl", "figcaption"),
        *("figure", "footer", "header", "ol", "p", "section", "ul"),
        *("table", "tbody", "td", "th", "thead", "tr"),
    }
)
_SILENT = frozenset({"script", "style", "svg", "template"})
_STANDING = _HEADINGS | _BULLETS | _BLOCKS | _SILENT
_STOPS = re.compile(r"[,.;:!?…]+")
_STOPPED = re.compile(r"(.*[^,.;:!?…])([,.;:!?…]+)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, bullet or picture of a text: its kind and its words in order.

    The stops at the end of a word are a word of their own, so that a clause added after it leaves
    the word itself unchanged.
    """

    kind: str
    words: tuple[str, ...]


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, and the stops after them, in order."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[str]:
    for chunk in text.split():
        stopped = _STOPPED.fullmatch(chunk)
        yield from stopped.groups() if stopped else (chunk,)


def is_stop(word: str) -> bool:
    """Whether a word is stops alone, before which no space stands."""
    return _STOPS.fullmatch(word) is not None


def joined(words: Iterable[str]) -> str:
    """Return words as a text again, with one space wherever there was any."""
    return "".join(word if is_stop(word) else f" {word}" for word in words).lstrip(" ")


def passages(html: str) -> tuple[Passage, ...]:
    """Return the passages of HTML in order; a picture is one, by the words that stand for it.

    Tags never become words, so that no change can split one. What the parser of a browser would
    mend (tags that are not closed, or closed twice) is mended likewise.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_passage()
    return tuple(reader.found)


class _Reader(HTMLParser):
    """Collects the words between the tags that begin and end a passage."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Passage] = []
        self._open: list[str] = []
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._text.append(" ")
        elif tag == "img":
            self.end_passage()
            self._text.append(dict(attrs).get("alt") or "")
            self.end_passage("picture")
        elif tag in _STANDING:
            self.end_passage()
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self.end_passage()
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not _SILENT.intersection(self._open):
            self._text.append(data)

    def end_passage(self, kind: str = "") -> None:
        """Keep the words read since the last passage ended, if there are any."""
        words = words_of("".join(self._text))
        self._text.clear()
        if words:
            self.found.append(Passage(kind or self._kind(), words))

    def _kind(self) -> str:
        if self._open and self._open[-1] in _HEADINGS:
            return "heading"
        return "bullet" if _BULLETS.intersection(self._open) else "paragraph"
