"""Files, folders and archives as they are given, and what is refused of them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import InputFile, Watched, csv_files, is_many


def test_a_folder_gives_its_csv_files_by_name(tmp_path: Path) -> None:
    for name in ("2024-02/b.csv", "2024-01/a.CSV", "2024-01/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a,b\n")
    assert [file.name for file in csv_files([tmp_path])] == ["2024-01/a.CSV", "2024-02/b.csv"]
    assert is_many(tmp_path)
    assert csv_files([tmp_path])[0].content(2) == b"a,"


def test_an_archive_gives_its_csv_files_by_name_and_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "months.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2024-02/b.csv", "b\n2\n")
        archive.writestr("../2024-01/a.csv", "a\n1\n")
        archive.writestr("readme.txt", "hello")
    files = csv_files([path])
    assert [file.name for file in files] == ["../2024-01/a.csv", "2024-02/b.csv"]
    assert [file.content() for file in files] == [b"a\n1\n", b"b\n2\n"]
    assert [each.name for each in tmp_path.iterdir()] == ["months.zip"]


def test_an_archive_that_would_unpack_to_far_more_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.csv", b"0" * 30_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(SourceError, match=r"would unpack from .* to 30,000,000 bytes"):
        csv_files([path])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive"])
def test_a_broken_archive_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "months.zip"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"months\.zip: the archive is broken or cut off"):
        csv_files([path])


def test_a_member_that_is_broken_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "months.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "a,b\n1,2\n")
    content = path.read_bytes()
    path.write_bytes(content.replace(b"1,2\n", b"1,3\n"))
    with pytest.raises(SourceError, match=r"months\.zip, a\.csv: the archive is broken here"):
        csv_files([path])[0].content()


def test_nothing_to_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no CSV file in it"):
        csv_files([tmp_path])
    with pytest.raises(SourceError, match=r"gone\.csv: there is no such file"):
        csv_files([tmp_path / "gone.csv"])


def test_files_that_are_watched_tell_how_many_were_taken(tmp_path: Path) -> None:
    files = [InputFile(name, tmp_path / name) for name in ("a.csv", "b.csv")]
    told: list[tuple[str, int, int]] = []
    watched = Watched(files, lambda *each: told.append(each))
    assert (len(watched), watched[1], watched[:1]) == (2, files[1], files[:1])
    assert told == []
    assert list(watched) == files
    assert told == [("Reading files", done, 2) for done in (0, 1, 2)]
