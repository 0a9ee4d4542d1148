"""What is no sound file of any source: refused by name, place and remedy, and no figure given."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.street_files import crime, write

from folkmoot.sources import registry
from folkmoot.sources.described import read_description
from folkmoot.sources.errors import SourceError

DESCRIPTION = """\
source: fire-service
title: Calls to the fire service
publisher: Exampleshire Fire and Rescue
licence: Open Government Licence v3.0
status: management information
columns: {period: Month, area: District, value: Calls}
total: Exampleshire
series: [{key: fire-calls, title: Fires, unit: calls}]
"""


@pytest.fixture(params=["borough crime", "attitude survey", "street-level crime", "described"])
def sound(request: Any, tmp_path: Path, crime_file: Any, survey_file: Any) -> tuple[Path, Any]:
    """A sound file of each kind of source, and the source where the file does not tell."""
    if request.param == "borough crime":
        return crime_file(["202401", "202402"]).write(), None
    if request.param == "attitude survey":
        return survey_file().write(), None
    if request.param == "street-level crime":
        return write(tmp_path / "street.csv", *(crime(str(each)) for each in range(40))), None
    path = tmp_path / "fire.csv"
    rows = [f"2024-{month:02},{place},{month}" for month in (1, 2, 3) for place in ("Ash", "Elm")]
    path.write_text("\n".join(["Month,District,Calls", *rows]) + "\n")
    (tmp_path / "fire.yaml").write_text(DESCRIPTION)
    return path, read_description(tmp_path / "fire.yaml")


def without_a_column(content: bytes) -> bytes:
    """Leave the second column out, header and all."""
    lines = [line.split(b",") for line in content.splitlines()]
    return b"\n".join(b",".join([*cells[:1], *cells[2:]]) for cells in lines) + b"\n"


def a_workbook(_: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


def in_the_middle(before: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        place = len(lines) // 2
        return b"".join([*lines[:place], before + lines[place], *lines[place + 1 :]])

    return change


BAD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nothing": (lambda _: b"", "the file is empty"),
    "only ends of lines": (lambda _: b"\n\r\n\n", "the file is empty"),
    "cut off within a row": (lambda whole: whole[: whole.rindex(b",")], "cut off|cells where"),
    "UTF-16": (lambda whole: whole.decode().encode("utf-16"), "the text is in UTF-16"),
    "Latin-1": (in_the_middle("é".encode("latin-1")), r"byte \d+ .* is not UTF-8; save the file"),
    "a NUL": (in_the_middle(b"\0"), "a NUL byte, so this is no text"),
    "an open quotation mark": (in_the_middle(b'"'), "cannot be read as CSV|cut off|cells where"),
    "a cell more in one row": (in_the_middle(b"x,"), "cells where the header has"),
    "a cell less in one row": (
        lambda whole: in_the_middle(b"\n")(whole).replace(b"\n\n", b"\nx\n", 1),
        "cells? where the header has",
    ),
    "an error page": (lambda _: b"<!doctype html><title>404</title>", "web page or XML"),
    "a workbook": (a_workbook, "a spreadsheet or a zip archive, not a CSV file"),
    "another header": (lambda whole: b"Z" + whole, "header|column|named"),
    "a column missing": (without_a_column, "header|column|named"),
}


@pytest.mark.parametrize(("change", "sentence"), BAD.values(), ids=BAD)
def test_what_is_no_sound_file_is_refused_by_name_and_with_what_to_do(
    sound: tuple[Path, Any], change: Callable[[bytes], bytes], sentence: str
) -> None:
    path, source = sound
    assert registry.read([path], source).observations.height
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(SourceError, match=sentence) as refused:
        registry.read([path], source)
    assert refused.value.file == path.name
    assert str(refused.value).startswith(path.name)
    assert refused.value.remedy
    if "UTF-8" in sentence or "NUL" in sentence or "cells where" in sentence:
        assert refused.value.row is not None


def zipped(path: Path, content: bytes, *, inside: str = "a.csv") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(inside, content)
    return path


def test_an_archive_that_packs_to_almost_nothing_is_refused_before_it_is_unpacked(
    tmp_path: Path,
) -> None:
    header = write(tmp_path / "1.csv", crime("a")).read_bytes()
    path = zipped(tmp_path / "bomb.zip", header + b"0" * 40_000_000)
    with pytest.raises(SourceError, match=r"bomb\.zip: the archive would unpack from .* to 40,"):
        registry.read([path])


def test_an_archive_that_says_less_than_it_holds_is_refused_and_no_more_is_unpacked(
    tmp_path: Path,
) -> None:
    """The size of a member stands twice in an archive, and either can lie."""
    sound = write(tmp_path / "1.csv", *(crime(str(each)) for each in range(2000))).read_bytes()
    path = zipped(tmp_path / "months.zip", sound, inside="2024-01-kent-street.csv")
    content = path.read_bytes()
    lie = content.replace(struct.pack("<L", len(sound)), struct.pack("<L", 500))
    assert lie != content
    path.write_bytes(lie)
    with pytest.raises(SourceError, match=r"months\.zip, 2024-01-kent-street\.csv: .* broken"):
        registry.read([path], "police-uk-street-crime")


def test_an_archive_within_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", b"a,b\n").read_bytes()
    path = zipped(tmp_path / "outer.zip", inner, inside="inner.zip")
    with pytest.raises(SourceError, match=r"outer\.zip: there is no CSV file in it"):
        registry.read([path])


def test_an_archive_cut_off_or_changed_is_refused_by_its_member(tmp_path: Path) -> None:
    rows = [crime(str(each)) for each in range(500)]
    sound = write(tmp_path / "1.csv", *rows).read_bytes()
    path = zipped(tmp_path / "months.zip", sound, inside="2024-01-kent-street.csv")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match=r"months\.zip: the archive is broken or cut off"):
        registry.read([path])
    path.write_bytes(whole[:200] + bytes([whole[200] ^ 255]) + whole[201:])
    with pytest.raises(SourceError, match=r"months\.zip, 2024-01-kent-street\.csv: .* broken"):
        registry.read([path], "police-uk-street-crime")


def test_there_must_be_room_for_what_an_archive_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = write(tmp_path / "1.csv", crime("a")).read_bytes()
    path = zipped(tmp_path / "months.zip", sound, inside="2024-01-kent-street.csv")
    full = type("Usage", (), {"free": 100})
    monkeypatch.setattr("folkmoot.sources.large_files.shutil.disk_usage", lambda _: full)
    with pytest.raises(SourceError, match=r"has room for 100; make room there, or name another"):
        registry.read([path])
