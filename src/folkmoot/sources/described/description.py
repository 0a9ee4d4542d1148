"""A source from the YAML file that describes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from folkmoot.core.periods import Month
from folkmoot.sources.described.rows import KINDS, Layout, read_files
from folkmoot.sources.errors import SourceError
from folkmoot.sources.offers import Offer
from folkmoot.sources.tables import Break, Series, Source

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_BYTES = 1_000_000


def read_description(path: Path) -> Source:
    """Return the source that a YAML file describes. Raises SourceError where it is not sound."""
    described = _Described(path.name, _mapping(path))
    key = described.key("source")
    layout, series = _layout(described), _series(described, key)
    kinds = {
        each.key: _kind(part) for each, part in zip(series, described.parts("series"), strict=True)
    }
    layout = replace(layout, kinds=kinds)
    if len(series) > 1 and not layout.series:
        raise described.refuse(
            f"there are {len(series)} series and no column that tells them apart",
            "name it under columns, series",
        )
    needed = {layout.period, layout.value} | {layout.area, layout.series} - {""}
    source = Source(
        key=key,
        title=described.text("title"),
        publisher=described.text("publisher"),
        url=described.text("url", ""),
        licence=described.text("licence"),
        licence_url=described.text("licence_url", ""),
        status=described.text("status"),
        frequency=described.text("frequency", "monthly"),
        caveat=described.text("caveat", ""),
        area_kinds=("total", "borough"),
        series=series,
        recognises=lambda header: needed <= {cell.strip() for cell in header},
        offer=_offer(described),
    )
    # What is read says which source it is of: the one with its reader.
    return replace(source, read_files=lambda files: read_files(source, layout, files))


def _offer(described: _Described) -> Offer | None:
    address = described.text("download", "")
    if not address:
        return None
    if not address.startswith("https://"):
        raise described.refuse(f"'{address}' is no address to download from", "begin with https://")
    return Offer(page=described.text("url", address), files=((address, ""),))


def _mapping(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        raise SourceError(path.name, "there is no such file", "check the path")
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        raise SourceError(path.name, "a description is a page of text, and this is more", "cut it")
    try:
        found = yaml.safe_load(content.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise SourceError(
            path.name,
            "this is no YAML in UTF-8",
            "check indents, colons and marks of quotation",
            row=mark.line + 1 if mark else None,
        ) from error
    if not isinstance(found, dict):
        raise SourceError(
            path.name, "it describes nothing", "begin with a line such as source: fire-calls"
        )
    return found


@dataclass(frozen=True, slots=True)
class _Described:
    """A part of a description, and where it stands."""

    file: str
    found: Mapping[str, Any]
    where: str = ""

    def refuse(self, problem: str, remedy: str) -> SourceError:
        place = f"{self.file}, {self.where}" if self.where else self.file
        return SourceError(place, problem, remedy)

    def text(self, name: str, default: str | None = None) -> str:
        value = self.found.get(name, default)
        if value is None or isinstance(value, dict | list):
            raise self.refuse(f"there is no {name}", f"add a line such as {name}: …")
        return str(value).strip()

    def key(self, name: str) -> str:
        value = self.text(name)
        if not _KEY.fullmatch(value):
            raise self.refuse(
                f"'{value}' is no {name}", "use small letters, digits and hyphens, as in fire-calls"
            )
        return value

    def parts(self, name: str) -> list[_Described]:
        value = self.found.get(name)
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.refuse(f"{name} is no list", f"write one entry for each of the {name}")
        return [
            _Described(self.file, each, f"{name} {number}")
            for number, each in enumerate(value, start=1)
        ]


def _layout(described: _Described) -> Layout:
    columns = described.found.get("columns")
    if not isinstance(columns, dict):
        raise described.refuse("there are no columns", "name them: period, value, area and series")
    named = _Described(described.file, columns, "columns")
    separator, decimal = described.text("separator", ","), described.text("decimal", ".")
    if separator not in (",", ";", "|", "tab") or decimal not in (".", ","):
        raise described.refuse(
            "the separator or the decimal sign is not one that is read",
            "separators are , ; | or tab, decimal signs . or ,",
        )
    return Layout(
        period=named.text("period"),
        value=named.text("value"),
        area=named.text("area", ""),
        area_code=named.text("area_code", ""),
        series=named.text("series", ""),
        base=named.text("base", ""),
        separator="\t" if separator == "tab" else separator,
        decimal=decimal,
        total=described.text("total"),
        kinds={},
    )


def _series(described: _Described, source: str) -> tuple[Series, ...]:
    parts = described.parts("series")
    if not parts:
        raise described.refuse("there is no series", "describe at least one")
    found = tuple(
        Series(
            key=part.key("key"),
            title=part.text("title"),
            source=source,
            unit=part.text("unit"),
            definition=part.text("definition", ""),
            categories=(part.text("category", part.text("title")),),
            breaks=_breaks(part),
            is_rolling=part.found.get("rolling") is True,
        )
        for part in parts
    )
    if len({each.key for each in found}) < len(found):
        raise described.refuse("two series have one key", "give each a key of its own")
    return found


def _breaks(part: _Described) -> tuple[Break, ...]:
    if "breaks" not in part.found:
        return ()
    found = []
    for each in part.parts("breaks"):
        try:
            month = Month.parse(each.text("month"))
        except ValueError as error:
            raise part.refuse(str(error).rstrip("."), "correct the month of the break") from error
        found.append(Break(month, each.text("label"), each.text("note")))
    return tuple(found)


def _kind(part: _Described) -> str:
    kind = part.text("kind", "count")
    if kind not in KINDS:
        raise part.refuse(f"'{kind}' is no kind", f"choose one of {', '.join(KINDS)}")
    return kind
