"""The stylesheet's promises: contrast in every mode, tokens that charts need, every class used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from folkmoot.core.charts import TOKENS
from folkmoot.core.colours import contrast

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "folkmoot"
CSS = re.sub(
    r"/\*.*?\*/",
    "",
    (PACKAGE / "publishing/static/publishing/folkmoot.css").read_text(),
    flags=re.DOTALL,
)
MODES = {
    "light": (),
    "dark": ("screen", "(prefers-color-scheme: dark)"),
    "more contrast": ("(prefers-contrast: more)",),
    "dark, more contrast": ("screen", "(prefers-color-scheme: dark)", "(prefers-contrast: more)"),
    "print": ("print",),
}
# WCAG 2.2: text 1.4.3, its enhanced form 1.4.6 where a visitor asks for more, and marks 1.4.11.
TEXT, MORE_TEXT, MARK = 4.5, 7.0, 3.0
ON_PAPER = ("ink", "ink-soft", "link", "improvement", "concern", "neutral", "error", "accent")


def tokens(*queries: str) -> dict[str, str]:
    """Return the tokens as they stand where all of these media queries hold."""
    found: dict[str, str] = {}
    for query, block in _root_blocks():
        if all(part in queries for part in query.split(" and ") if part):
            found |= dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))
    for name, value in found.items():
        seen = set()
        while (used := re.fullmatch(r"var\(--([\w-]+)\)", value)) and value not in seen:
            seen.add(value)
            value = found[used[1]]
        found[name] = value
    return found


def _pages() -> list[Path]:
    """Return the templates of this site's pages: not the editor's, nor a report saved alone."""
    templates = PACKAGE.rglob("templates/**/*.html")
    pages = [
        each
        for each in templates
        if each.name != "alone.html" and not {"admin", "desk", "workbench"} & set(each.parts)
    ]
    return [each for each in pages if "wagtailadmin/" not in each.read_text().splitlines()[0]]


def _root_blocks() -> list[tuple[str, str]]:
    """Return every :root block with the media query around it, in the order of the file."""
    pattern = r"@media ([^{]+?)\s*\{\s*:root \{([^}]*)\}|^:root \{([^}]*)\}"
    return [
        (match[1] or "", match[2] or match[3])
        for match in re.finditer(pattern, CSS, flags=re.MULTILINE)
    ]


@pytest.mark.parametrize("mode", MODES)
def test_text_is_readable_on_paper_and_on_every_panel(mode):
    colours = tokens(*MODES[mode])
    least = MORE_TEXT if "more" in mode else TEXT
    for name in ON_PAPER:
        for ground in ("paper", "wash"):
            ratio = contrast(colours[name], colours[ground])
            assert ratio >= least, f"{name} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("mode", MODES)
def test_thread_and_tags_are_readable_on_their_tints(mode):
    colours = tokens(*MODES[mode])
    for name in ("ink", "ink-soft", "improvement", "concern", "neutral"):
        assert contrast(colours[name], colours["tint"]) >= TEXT, name
    assert contrast(colours["tag-ink"], colours["tag-tint"]) >= TEXT
    assert contrast(colours["paper"], colours["ink"]) >= TEXT


@pytest.mark.parametrize("mode", MODES)
def test_edges_of_controls_and_marks_are_seen(mode):
    colours = tokens(*MODES[mode])
    for name in ("edge", "improvement", "concern", "neutral", "ink", "accent"):
        for ground in ("paper", "band"):
            if (name, ground) == ("edge", "band"):
                continue
            assert contrast(colours[name], colours[ground]) >= MARK, f"{name} on {ground}"


@pytest.mark.parametrize("mode", MODES)
def test_white_letters_are_readable_on_the_header_buttons_and_the_way_out(mode):
    colours = tokens(*MODES[mode])
    for ground in ("brand", "brand-deep", "leave"):
        assert contrast(colours["on-brand"], colours[ground]) >= TEXT, ground


@pytest.mark.parametrize("mode", MODES)
def test_focus_is_seen_against_the_page_whatever_its_colour(mode):
    colours = tokens(*MODES[mode])
    rings = (colours["focus"], colours["focus-edge"])
    assert contrast(*rings) >= MARK
    for ground in ("paper", "wash", "brand", "brand-deep"):
        assert max(contrast(ring, colours[ground]) for ring in rings) >= MARK, ground


def test_every_colour_that_a_chart_names_is_a_token():
    for mode in MODES.values():
        assert set(TOKENS) <= set(tokens(*mode))


def test_chart_without_its_page_has_the_colours_of_the_light_page():
    light = tokens()
    assert {name: light[name] for name in TOKENS} == TOKENS


def test_every_token_that_is_used_is_defined():
    used = set(re.findall(r"var\(--([\w-]+)", CSS))
    assert used <= set(tokens())


def test_colours_are_named_once():
    """Outside the tokens, only print and the forced colours of the system name a colour."""
    rest = re.sub(r":root \{[^}]*\}", "", CSS.partition("@media print")[0])
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rest) == []


def test_stylesheet_asks_no_other_file_and_no_other_host():
    assert "url(" not in CSS
    assert "@import" not in CSS


@pytest.mark.parametrize(
    "query",
    [
        "prefers-color-scheme: dark",
        "prefers-contrast: more",
        "forced-colors: active",
        "prefers-reduced-motion: reduce",
        "print",
    ],
)
def test_stylesheet_honours(query):
    assert query in CSS


def test_every_class_of_the_templates_is_in_the_stylesheet():
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", CSS))
    used: dict[str, str] = {}
    for template in _pages():
        text = re.sub(r"\{[%{].*?[%}]\}", "\0", template.read_text())
        for classes in re.findall(r'\bclass="([^"]*)"', text):
            used |= {name: template.name for name in classes.split() if "\0" not in name}
    unknown = {name: where for name, where in used.items() if name not in known}
    assert unknown == {}


def test_no_template_carries_a_style_a_script_or_a_handler():
    for template in _pages():
        text = template.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), template
        # A block of data is no script: nothing runs it.
        scripts = re.sub(r'<script type="application/ld\+json">', "", text)
        assert not re.search(r"<script(?![^>]*\ssrc=)", scripts), template
