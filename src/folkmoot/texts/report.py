"""A page of what was found, complete in itself: no script, nothing fetched, printable.

The same finding gives the same bytes. Every quotation is redacted and every word escaped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape

from folkmoot.texts.languages import ENGLISH, NAMES
from folkmoot.texts.redaction import redact
from folkmoot.texts.results import Discovery, Theme
from folkmoot.texts.sides import Side
from folkmoot.texts.wording import plain_text

LONGEST_QUOTATION = 400
# Characters that are read for a quotation: of an answer of a megabyte no more is redacted.
QUOTATION_READ = 2_000
CAMPAIGNS_SHOWN = 50

_STYLE = """
:root { color-scheme: light dark; --brand: #0b4f55; --ink: #10233a; --soft: #44566c;
  --paper: #ffffff; --wash: #f4f2ec; --rule: #d5d0c4; --link: #0b4f8a; --focus: #ffd23f; }
@media (prefers-color-scheme: dark) { :root { --brand: #7fc6c9; --ink: #eef1f5; --soft: #b4c0cd;
  --paper: #12181f; --wash: #1b242d; --rule: #3c4854; --link: #9cc8f2; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1rem 4rem; }
h1, h2, h3 { line-height: 1.15; letter-spacing: -0.015em; overflow-wrap: anywhere; }
h1 { font-size: clamp(1.6rem, 6vw, 2.25rem); margin: 0 0 1.5rem; }
h2 { font-size: 1.55rem; margin: 4rem 0 1rem; }
h3 { font-size: 1.25rem; margin: 2.5rem 0 0.5rem; }
p, blockquote, li { max-width: 66ch; } .soft { color: var(--soft); }
a { color: var(--link); } :focus-visible { outline: 3px solid var(--ink);
  background: var(--focus); color: #10233a; }
.facts { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: 0; padding: 1rem 0;
  border-block: 1px solid var(--rule); }
.facts div { display: flex; flex-direction: column-reverse; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; font-size: 1.55rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--soft); padding: 0.5rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.75rem 0.5rem 0;
  border-bottom: 1px solid var(--rule); } th { font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
blockquote { margin: 0.75rem 0; padding: 0 0 0 1rem; border-left: 3px solid var(--rule);
  overflow-wrap: anywhere; }
article { border-top: 1px solid var(--rule); } .tag { border: 1px solid; padding: 0 0.4rem; }
@media print { article, tr { break-inside: avoid; } body { font-size: 10.5pt; } }
"""


def quotation(answer: str | None) -> str:
    """Return an answer as it may be quoted: plain, redacted, cut after about 400 characters."""
    text = plain_text(answer)
    said = redact(text[:QUOTATION_READ])
    if len(said) <= LONGEST_QUOTATION and len(text) <= QUOTATION_READ:
        return said
    return said[:LONGEST_QUOTATION].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def report_page(
    found: Discovery,
    answers: Sequence[str | None],
    ids: Sequence[str],
    *,
    title: str,
    source: str = "",
    written: Collection[int] = (),
    note: str = "",
) -> str:
    """Return the page as HTML. `written` names the themes whose words a language model wrote."""
    body = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="soft">{escape(source)}</p>' if source else "",
        _facts(found),
        f"<p>{escape(note)}</p>" if note else "",
        *_overview(found),
        *_campaigns(found, answers, ids),
        "<h2>Each theme</h2>" if found.themes else "",
        *(_theme(theme, found, answers, ids, theme.id in written) for theme in found.themes),
        *_how(found),
    ]
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(part for part in body if part)
        + "\n</main>\n</body>\n</html>\n"
    )


def _facts(found: Discovery) -> str:
    facts = [
        (found.answers, "answers"),
        (found.empty, "empty"),
        (found.cannot_tell, "that cannot be told"),
        (len(found.themes), "themes"),
        (len(found.campaigns), "campaigns"),
    ]
    shown = "".join(f"<div><dt>{name}</dt><dd>{many:,}</dd></div>" for many, name in facts)
    return f'<dl class="facts">{shown}</dl>'


def _overview(found: Discovery) -> Iterable[str]:
    if not found.themes:
        yield "<p>No answer says enough to be in a theme.</p>"
        return
    yield "<h2>Themes</h2>"
    rows = []
    in_order = found.themes
    if found.groups:
        place = {group.id: group for group in found.groups}
        in_order = tuple(sorted(found.themes, key=lambda each: (each.group_id or 10**9, each.id)))
    last: int | None = 0
    for theme in in_order:
        if found.groups and theme.group_id != last:
            last = theme.group_id
            name = place[last].label if last else "Beside these"
            rows.append(f'<tr><th scope="rowgroup" colspan="4">{escape(name)}</th></tr>')
        rows.append(
            f'<tr><td class="number">{theme.id}</td>'
            f'<th scope="row"><a href="#theme-{theme.id}">{escape(theme.label)}</a></th>'
            f'<td class="number">{theme.size:,}</td>'
            f'<td class="number">{theme.share:.1%}</td></tr>'
        )
    yield _table(
        "Each answer is counted once, in the theme it is nearest to. Share of the answers in any "
        "theme.",
        ("Number", "Theme", "Answers", "Share"),
        rows,
        numbers=(0, 2, 3),
    )


def _table(
    caption: str, names: Sequence[str], rows: Sequence[str], *, numbers: Collection[int]
) -> str:
    heads = "".join(
        f'<th scope="col"{" class=number" if at in numbers else ""}>{name}</th>'
        for at, name in enumerate(names)
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _campaigns(
    found: Discovery, answers: Sequence[str | None], ids: Sequence[str]
) -> Iterable[str]:
    if not found.campaigns:
        return
    yield "<h2>Campaigns</h2>"
    yield (
        "<p>Answers made from one letter. Each copy is counted; in forming themes a letter weighs "
        "as one.</p>"
    )
    rows = [
        f'<tr><td class="number">{number}</td><td class="number">{len(campaign.members):,}</td>'
        f'<td class="number">{campaign.identical_share:.0%}</td>'
        f"<td>{escape(quotation(answers[campaign.exemplar]))} "
        f'<span class="soft">({escape(ids[campaign.exemplar])})</span></td></tr>'
        for number, campaign in enumerate(found.campaigns[:CAMPAIGNS_SHOWN], start=1)
    ]
    more = len(found.campaigns) - len(rows)
    yield _table(
        "Campaigns, largest first" + (f"; {more:,} smaller ones are not shown" if more else ""),
        ("Number", "Answers", "Word for word", "The letter, redacted"),
        rows,
        numbers=(0, 1, 2),
    )


def _theme(
    theme: Theme,
    found: Discovery,
    answers: Sequence[str | None],
    ids: Sequence[str],
    is_written: bool,
) -> str:
    def quoted(rows: Iterable[int]) -> str:
        return "".join(
            f"<blockquote{_lang(found.assignments[row].language)}>"
            f"{escape(quotation(answers[row]))} "
            f'<span class="soft">({escape(ids[row])})</span></blockquote>'
            for row in rows
        )

    parts = [
        f'<article id="theme-{theme.id}"><h3>{theme.id}. {escape(theme.label)}</h3>',
        f"<p>{theme.size:,} answers, {theme.share:.1%}. {escape(theme.description)}</p>",
    ]
    if is_written:
        parts.append('<p><span class="tag">Machine-written</span> title and description</p>')
    if theme.keywords:
        parts.append(f'<p class="soft">Said more here: {escape(", ".join(theme.keywords))}</p>')
    for side in theme.sides:
        parts.append(f"<h4>{_camp(side)}: {side.size:,} answers</h4>")
        parts.append(quoted(side.exemplars))
    if theme.sides:
        parts.append("<h4>Nearest to the theme</h4>")
    parts.append(quoted(theme.exemplars))
    return "\n".join(parts) + "\n</article>"


def _camp(side: Side) -> str:
    return escape(f"{side.stance.value} ({side.about})" if side.about else side.stance.value)


def _lang(code: str) -> str:
    return f' lang="{code}"' if code and code != ENGLISH else ""


def _how(found: Discovery) -> Iterable[str]:
    yield "<h2>How this was made</h2>"
    yield (
        "<p>Themes are suggestions until a person has confirmed them. Answers are grouped by what "
        "they mean, on this machine, and every answer is accounted for. Names, numbers and "
        "addresses were taken out of quotations by machine: read each before you publish it. "
        "Titles, counts of camps and languages are found by word lists and err at times.</p>"
    )
    if found.compared < found.wordings:
        yield (
            f"<p>Themes were formed from {found.compared:,} of {found.wordings:,} different "
            "answers, drawn by chance; each of the others is where most of the nearest of these "
            "are.</p>"
        )
    if found.languages:
        listed = ", ".join(f"{NAMES[code]} {many:,}" for code, many in found.languages)
        yield f"<p>Languages, where they can be told: {escape(listed)}.</p>"
