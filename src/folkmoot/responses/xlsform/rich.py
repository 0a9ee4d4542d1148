"""Introductions: HTML as the page keeps it to Markdown as XLSForm's notes have it, and back.

Source: https://xlsform.org/en/#styling-prompts. Bold, italics, links, lists, headings, paragraphs.
"""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser

_SPAN = re.compile(r"\*\*(.+?)\*\*|__(.+?)__|\*(.+?)\*|\[([^\]]+)\]\(([^)\s]+)\)")
_ADDRESS = re.compile(r"(?:https?:|mailto:|tel:|/|#)", re.IGNORECASE)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
# Of a drawing and what belongs to it, no word is to be read.
_HIDDEN = {"svg", "script", "style", "template"}
_BLOCKS = {
    "p",
    "div",
    "section",
    "figure",
    "figcaption",
    "tr",
    "h1",
    "ul",
    "ol",
    "h2",
    "h3",
    "h4",
    "blockquote",
}


def markdown(html: str) -> str:
    """Return HTML as Markdown; what is none of the known elements is kept as its text."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(writer.parts)).strip()


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.addresses: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self.hidden += 1
        elif tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag == "a":
            self.addresses.append(dict(attrs).get("href") or "")
            self.parts.append("[" if self.addresses[-1] else "")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _BLOCKS:
            self.parts.append("\n\n" + {"h2": "## ", "h3": "### ", "h4": "#### "}.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag == "a" and self.addresses:
            address = self.addresses.pop()
            self.parts.append(f"]({address})" if address else "")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        text = re.sub(r"\s+", " ", data)
        self.parts.append(re.sub(r"([*_\[\]\\])", r"\\\1", text))


def html(written: str) -> str:
    """Return Markdown as HTML that is safe as it stands: nothing typed is taken for markup."""
    blocks = []
    for block in re.split(r"\n\s*\n", written.strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        text: list[str] = []
        listed: list[str] = []
        for line in lines:
            if item := re.match(r"[-*•]\s+(.*)", line):
                if text:
                    blocks.append(_paragraph(text))
                    text = []
                listed.append(f"<li>{_spans(item[1])}</li>")
            else:
                if listed:
                    blocks.append(f"<ul>{''.join(listed)}</ul>")
                    listed = []
                text.append(line)
        if listed:
            blocks.append(f"<ul>{''.join(listed)}</ul>")
        if text:
            blocks.append(_paragraph(text))
    return "".join(blocks)


def plain(written: str) -> str:
    """Return Markdown, or the few tags that forms have in labels, as one line of plain text."""
    text = re.sub(r"</?(?:b|i|u|em|strong|span|p|div|h\d|br|font)(?:\s[^<>]*)?/?>", " ", written)
    text = re.sub(r"^#{1,6}\s+", "", unescape(text))
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", text)
    return " ".join(text.split())


def _paragraph(lines: list[str]) -> str:
    if len(lines) == 1 and (head := re.match(r"#{1,6}\s+(.*)", lines[0])):
        return f"<p><b>{_spans(head[1])}</b></p>"
    return f"<p>{'<br/>'.join(map(_spans, lines))}</p>"


def _spans(line: str) -> str:
    """Return one line with its bold, italic and linked parts."""
    hidden: list[str] = []

    def keep(match: re.Match[str]) -> str:
        hidden.append(match[1])
        return f"\x00{len(hidden) - 1}\x00"

    escaped = escape(re.sub(r"\\([*_\[\]\\])", keep, unescape(line)), quote=True)
    marked = _SPAN.sub(_span, escaped)
    return re.sub(r"\x00(\d+)\x00", lambda match: escape(hidden[int(match[1])]), marked)


def _span(match: re.Match[str]) -> str:
    strong, also, slanted, words, address = match.groups()
    if words:
        # Nothing but an address that a reader may follow becomes a link.
        is_address = _ADDRESS.match(address)
        return f'<a href="{address}">{words}</a>' if is_address else f"{words} ({address})"
    if strong or also:
        return f"<b>{strong or also}</b>"
    return f"<i>{slanted}</i>"
