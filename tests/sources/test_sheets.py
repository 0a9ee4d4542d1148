"""Files that are not whole, or not comma-separated text at all."""

from __future__ import annotations

import zipfile

import pytest

from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import csv_files
from folkmoot.sources.sheets import Sheet, read_sheet


def read(path) -> Sheet:
    (file,) = csv_files([path])
    return read_sheet(file)


def refused(path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(path)
    assert caught.value.file == path.name
    return caught.value


def test_rows_keep_their_lines_and_bytes_their_hash(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbfa,b\r\n1,"two, three"\r\n4,5\r\n')
    sheet = read(path)
    assert sheet.header == ("a", "b")
    assert sheet.rows == [["1", "two, three"], ["4", "5"]]
    assert sheet.lines == [2, 3]
    assert sheet.file.rows == 2
    # What sha256sum says of the bytes above.
    assert sheet.file.sha256 == "de5c831764daad79ac4282de25297d375e16004e1294e4a887eb8be685a36612"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"<!doctype html><title>404</title>", "a web page"),
        (b"\n  <html>", "a web page"),
        (b"\xd0\xcf\x11\xe0 workbook", "an old Excel workbook"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        (b"a,b\n1,\x00\n", "NUL"),
    ],
)
def test_a_file_that_is_no_csv_is_refused(tmp_path, content, words):
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    assert words in refused(path).problem


def test_a_spreadsheet_named_csv_is_refused(tmp_path):
    path = tmp_path / "book.csv"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    assert "a spreadsheet" in refused(path).problem


def test_a_missing_file_is_refused(tmp_path):
    assert "no such file" in refused(tmp_path / "none.csv").problem


def test_a_wrong_encoding_is_refused_with_row_and_byte(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes("a,b\n1,2\n3,Café\n".encode("latin-1"))
    error = refused(path)
    assert error.row == 3
    assert error.problem == "byte 14 of the file (hexadecimal e9) is not UTF-8"


def test_a_last_row_that_is_short_means_a_cut_file(tmp_path):
    path = tmp_path / "cut.csv"
    path.write_text("a,b,c\n1,2,3\n4,5")
    error = refused(path)
    assert (error.row, error.column) == (3, "c")
    assert "cut off" in error.problem


def test_a_short_row_in_the_middle_is_refused(tmp_path):
    path = tmp_path / "short.csv"
    path.write_text("a,b,c\n1,2\n4,5,6\n")
    error = refused(path)
    assert (error.row, error.column) == (2, "c")
    assert "cut off" not in error.problem


def test_a_long_row_is_refused(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("a,b\n1,2\n1,204,5\n")
    error = refused(path)
    assert error.row == 3
    assert "3 cells where the header has 2" in error.problem


def test_an_open_quotation_mark_is_refused(tmp_path):
    path = tmp_path / "quote.csv"
    path.write_text('a,b\n1,"2\n3,4\n')
    assert "cut off" in refused(path).problem
