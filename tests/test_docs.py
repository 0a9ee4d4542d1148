"""What the documents say exists, exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from folkmoot.cli.main import app

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands() -> set[str]:
    """Return every command of `folkmoot`, such as "data import"."""
    found = set()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        found.add(name)
        found |= {f"{name} {below}" for below in getattr(command, "commands", {})}
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_shown_exist(document: Path) -> None:
    known = commands()
    groups = {name.split()[0] for name in known if " " in name}
    text = document.read_text()
    shown = re.findall(r"(?:^\s*\$?\s*|`)folkmoot ([a-z]+)(?: ([a-z]+))?", text, re.MULTILINE)
    for first, second in shown:
        name = f"{first} {second}" if first in groups else first
        assert name in known, f"{document.name} shows 'folkmoot {name}'"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_shown_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for target in re.findall(r"(?:^|`)make ([a-z]+)", document.read_text(), re.MULTILINE):
        assert target in targets, f"{document.name} shows 'make {target}'"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_resolve(document: Path) -> None:
    for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text()):
        assert (document.parent / link).exists(), f"{document.name} links to {link}"


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "src/folkmoot/config/settings.py").read_text()
    read = set(re.findall(r'"((?:FOLKMOOT|DATABASE)_[A-Z_]+)"', settings))
    page = (ROOT / "docs/reference/settings.md").read_text()
    assert "FOLKMOOT_VAR" in read
    assert {name for name in read if f"`{name}`" not in page} == set()


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs/methods").glob("*.md")), ids=lambda path: path.name
)
def test_every_method_page_cites_a_source(page: Path) -> None:
    text = page.read_text()
    assert re.search(r"^## Sources?$", text, re.MULTILINE), f"{page.name} has no Sources"
    cited = text.split("## Source", 1)[1]
    assert re.search(r"\b(19|20)\d\d\b", cited), f"{page.name} cites nothing with a year"


def test_glossary_names_every_link_of_the_chain() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text()
    for word in ("plan", "consultation", "response", "theme", "decision", "commitment", "measure"):
        assert f"| {word} |" in glossary
