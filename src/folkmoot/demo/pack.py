"""Reads a plan pack: the definitions of one body's plan, as YAML files in a folder."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LONDON = Path(__file__).resolve().parent / "london"
FILES = (
    "site",
    "plan",
    "commitments",
    "consultation",
    "survey",
    "decisions",
    "documents",
    "tiles",
)
LINK = re.compile(r"\[([^\]]+)\]\(page:([a-z0-9-]+)\)")

Paragraphs = Sequence["str | Sequence[str]"]


class PackError(ValueError):
    """A plan pack is wrong; the sentence says in which file, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Pack:
    """The definitions of one body's plan; each field is the content of the file of that name."""

    site: dict[str, Any]
    plan: dict[str, Any]
    commitments: list[dict[str, Any]]
    consultation: dict[str, Any]
    survey: dict[str, Any]
    decisions: dict[str, Any]
    documents: list[dict[str, Any]]
    tiles: list[dict[str, Any]]


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file. Raises PackError, naming the line, where it is not one."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PackError(f"The plan pack has no file {path}: put it back.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PackError(f"{path}, line {line}: {error.problem}; mend the YAML there.") from error


def read_pack(folder: Path = LONDON) -> Pack:
    """Return the pack in a folder. Raises PackError for a file that is missing or broken."""
    return Pack(**{name: read_yaml(folder / f"{name}.yaml") for name in FILES})


def rich(paragraphs: Paragraphs, page_ids: Mapping[str, int]) -> str:
    """Return paragraphs as rich text: a string is a paragraph, a list of strings a bulleted list.

    `[words](page:key)` becomes a link to the page that `page_ids` knows by the key. Raises
    PackError for a key it does not know.
    """
    parts = []
    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            parts.append(f"<p>{_linked(paragraph, page_ids)}</p>")
        else:
            bullets = "".join(f"<li>{_linked(bullet, page_ids)}</li>" for bullet in paragraph)
            parts.append(f"<ul>{bullets}</ul>")
    return "".join(parts)


def _linked(text: str, page_ids: Mapping[str, int]) -> str:
    def link(found: re.Match[str]) -> str:
        if found[2] not in page_ids:
            raise PackError(
                f"The text '{text[:60]}…' links to page:{found[2]}, which is not there."
            )
        return f'<a linktype="page" id="{page_ids[found[2]]}">{found[1]}</a>'

    return LINK.sub(link, html.escape(text, quote=False))
