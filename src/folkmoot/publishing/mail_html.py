"""The HTML of an e-mail, made from its plain text so that the two never differ.

What the text may hold: paragraphs parted by empty lines; a line underlined with hyphens, a
heading; lines that begin with "- ", a list; a line "words: https://...", a link with those
words; any other address of the web, a link.
"""

from __future__ import annotations

import re
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

ADDRESS = r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]"
LINK_LINE = re.compile(rf"(?P<words>[^:]+): (?P<url>{ADDRESS})")
BARE = re.compile(ADDRESS)
UNDERLINE = re.compile(r"-{3,}")
BULLET = "- "


def html_of(subject: str, text: str) -> str:
    """Return an e-mail's text as a whole HTML page with headings, lists and links."""
    blocks = [_block(block) for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    body = mark_safe("\n".join(blocks))
    return render_to_string("publishing/mail/letter.html", {"title": subject, "body": body})


def _block(block: str) -> SafeString:
    lines = [line.strip() for line in block.splitlines()]
    if len(lines) > 1 and UNDERLINE.fullmatch(lines[1]):
        heading = format_html("<h2>{}</h2>", lines[0])
        rest = "\n".join(lines[2:])
        return mark_safe(f"{heading}\n{_block(rest)}") if rest else heading
    parts = []
    for is_list, group in groupby(lines, key=lambda line: line.startswith(BULLET)):
        if is_list:
            entries = (f"<li>{_line(line.removeprefix(BULLET))}</li>" for line in group)
            parts.append(f"<ul>{''.join(entries)}</ul>")
        else:
            parts.append(f"<p>{'<br>'.join(_line(line) for line in group)}</p>")
    return mark_safe("\n".join(parts))


def _line(line: str) -> SafeString:
    if match := LINK_LINE.fullmatch(line):
        return _link(match["url"], match["words"])
    parts, done = [], 0
    for match in BARE.finditer(line):
        parts += [escape(line[done : match.start()]), _link(match[0], match[0])]
        done = match.end()
    parts.append(conditional_escape(line[done:]))
    return mark_safe("".join(parts))


def _link(url: str, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, words)
