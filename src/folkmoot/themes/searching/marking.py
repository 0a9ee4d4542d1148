"""Where words and phrases that were looked for stand in a text, and the part with most of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from folkmoot.publishing.search.words import WORD, is_meant, root
from folkmoot.themes.searching.terms import Terms

Span = tuple[int, int]
BEFORE = 120


def spans(text: str, sought: Terms) -> list[Span]:
    """Return where what is looked for stands, in order; a phrase only where it stands whole."""
    said = list(WORD.finditer(text))
    found = [each.span() for each in said if is_meant(each[0], sought.words)]
    roots = [root(each[0].casefold()) for each in said]
    for phrase in sought.phrases:
        wanted = [root(word) for word in phrase]
        for place in range(len(roots) - len(wanted) + 1):
            if roots[place : place + len(wanted)] == wanted:
                found.append((said[place].start(), said[place + len(wanted) - 1].end()))
    return _apart(sorted(found))


def marked(text: str, sought: Terms) -> SafeString:
    """Return a text as HTML with what is looked for in <mark>; everything of it is escaped."""
    parts: list[str] = []
    place = 0
    for start, end in spans(text, sought):
        parts += [escape(text[place:start]), f"<mark>{escape(text[start:end])}</mark>"]
        place = end
    parts.append(escape(text[place:]))
    return mark_safe("".join(parts))


def fullest_part(text: str, sought: Terms, longest: int) -> str:
    """Return the part of a long text, cut between words, with most of what is looked for."""
    text = " ".join(text.split())
    starts = [start for start, _ in spans(text, sought)]
    room = longest - BEFORE
    best = max(starts, key=lambda at: sum(at <= each < at + room for each in starts), default=0)
    begins = max(0, best - BEFORE)
    if begins:
        begins = text.find(" ", begins) + 1
    ends = begins + longest
    if ends < len(text):
        ends = max(text.rfind(" ", begins, ends), begins + 1)
    before, after = ("… " if begins else ""), (" …" if ends < len(text) else "")
    return f"{before}{text[begins:ends]}{after}"


def _apart(found: Sequence[Span]) -> list[Span]:
    """Return spans in order with those that overlap made one."""
    apart: list[Span] = []
    for start, end in found:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart
