"""Tables as the analyst's commands read and write them."""

from __future__ import annotations

import codecs

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.cli.tables import (
    TableError,
    check_out,
    known_column,
    read_table,
    replacing,
    text_column,
    write_table,
)


def written(folder, content: bytes, name: str = "answers.csv"):
    path = folder / name
    path.write_bytes(content)
    return path


def workbook(folder, *rows: tuple, name: str = "answers.xlsx"):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


@pytest.mark.parametrize(
    "content",
    [
        "id,text\n1,café\n2,\n".encode(),
        codecs.BOM_UTF8 + "id,text\n1,café\n2,\n".encode(),
        "id,text\n1,café\n2,\n".encode("utf-16"),
        "id,text\n1,café\n2,\n".encode("cp1252"),
        b"id;text\r\n1;caf\xe9\r\n2;\r\n",
        "id\ttext\n1\tcafé\n2\t\n".encode(),
        b'\n"id"," text "\n1,caf\xc3\xa9\n\n2,""\n',
    ],
)
def test_a_text_file_is_read_whatever_its_encoding_and_separator(tmp_path, content):
    frame = read_table(written(tmp_path, content))
    assert frame.to_dict(as_series=False) == {"id": ["1", "2"], "text": ["café", ""]}


def test_the_same_table_is_read_of_every_format(tmp_path):
    sheet = workbook(tmp_path, ("id", "share", "yes"), (1, 0.5, True), (2, None, False))
    frame = pl.DataFrame({"id": [1.0, 2.0], "share": [0.5, None], "yes": [True, False]})
    frame.write_parquet(tmp_path / "a.parquet")
    text = written(tmp_path, b"id,share,yes\n1,0.5,TRUE\n2,,FALSE\n")
    tables = [read_table(path, as_text=True) for path in (sheet, text, tmp_path / "a.parquet")]
    assert tables[0].equals(tables[1])
    assert tables[1].equals(tables[2])
    assert read_table(tmp_path / "a.parquet").equals(frame)


def test_empty_rows_are_rows(tmp_path):
    one_column = read_table(written(tmp_path, b"text\na\n\n\nb\n"))
    assert one_column["text"].to_list() == ["a", "", "", "b"]
    two_columns = read_table(written(tmp_path, b"id,text\n1,a\n,\n2,b\n,\n"))
    assert two_columns["id"].to_list() == ["1", "", "2", ""]
    sheet = read_table(workbook(tmp_path, ("id", "text"), (1, "a"), (None, None), (2, "b")))
    assert sheet["id"].to_list() == ["1", "", "2"]


def test_columns_of_one_name_or_none_are_told_apart(tmp_path):
    frame = read_table(written(tmp_path, b",other,other (2),other,,last,,\n1,2,3,4,5,6,,\n"))
    assert frame.columns == ["Column A", "other", "other (2)", "other (3)", "Column E", "last"]
    assert frame.row(0) == ("1", "2", "3", "4", "5", "6")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n , \n", "is empty"),
        (b"id,text\n", "has a header and no rows"),
        (b"id,text\n1,a\n2\n", "row 3: the row has 1 cells and the header 2, so fewer"),
        (b"id,text\n1,a,b\n", "row 2: the row has 3 cells and the header 2, so more"),
        (b'id,text\n1,"a\n2,b\n', "row 2: the row cannot be read, as a quotation mark is missing"),
        (b'id,text\n1,"a\n2,"b"\n', "row 2: the row cannot be read"),
        (b"id,text\n1,\x81\n", "encoding that is not known"),
        (b"id,text\n1,a\x00b\n", "row 2, column B: The cell holds a NUL"),
        (b"%PDF-1.7", "is a PDF"),
        (b"PK\x03\x04nonsense", "broken or cut short"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path, content, said):
    with pytest.raises(TableError, match=said):
        read_table(written(tmp_path, content))


def test_a_formula_is_refused_with_its_cell(tmp_path):
    with pytest.raises(TableError, match="row 2, column B: The cell holds a formula"):
        read_table(workbook(tmp_path, ("id", "text"), (1, "=1+1")))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.ods", "does not end in .csv"),
        ("none.csv", "is not there"),
        ("cut.parquet", "no Parquet"),
    ],
)
def test_files_that_are_no_tables_are_refused(tmp_path, name, said):
    written(tmp_path, b"PAR1 and nothing", "cut.parquet")
    with pytest.raises(TableError, match=said):
        read_table(tmp_path / name)


def test_a_folder_is_no_table(tmp_path):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(TableError, match="is a folder"):
        read_table(tmp_path / "a.csv")
    with pytest.raises(TableError, match="is a folder"):
        check_out(tmp_path / "a.csv")


def test_a_column_that_is_not_there_is_refused_with_those_that_are(tmp_path):
    frame = read_table(written(tmp_path, b"id,what would you change\n1,a\n"))
    assert text_column(frame, " what  would you\nchange ") == ["a"]
    with pytest.raises(TableError, match="no column “text”: the columns are id, what would you"):
        text_column(frame, "text")
    wide = pl.DataFrame({f"q{number}": ["a"] for number in range(50)})
    with pytest.raises(TableError, match="q39 and 10 more"):
        known_column(wide, "x")


def test_a_column_of_lists_is_no_text():
    with pytest.raises(TableError, match="and no text"):
        text_column(pl.DataFrame({"a": [[1, 2]]}), "a")


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".parquet"])
def test_what_is_written_is_read_again(tmp_path, suffix):
    frame = pl.DataFrame({"id": ["01", "2"], "text": ["a,\t“b”\nc", ""], "weight": [0.5, 1.25]})
    write_table(frame, tmp_path / f"out{suffix}")
    again = read_table(tmp_path / f"out{suffix}", as_text=True)
    assert again.to_dict(as_series=False) == {
        "id": ["01", "2"],
        "text": ["a,\t“b”\nc", ""],
        "weight": ["0.5", "1.25"],
    }
    first = (tmp_path / f"out{suffix}").read_bytes()
    write_table(frame, tmp_path / f"out{suffix}")
    assert (tmp_path / f"out{suffix}").read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == [f"out{suffix}"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_no_text_becomes_a_formula_and_numbers_stay_numbers(tmp_path, suffix):
    typed = ["=cmd()", "@x", " +1+2", "-see below", "-3.50", "-2", "'=x", "[skipped]"]
    write_table(pl.DataFrame({"=text": typed}), tmp_path / f"out{suffix}")
    again = read_table(tmp_path / f"out{suffix}")
    assert again["'=text"].to_list() == [
        *("'=cmd()", "'@x", "' +1+2", "'-see below", "-3.50", "-2", "'=x", "[skipped]")
    ]


def test_numbers_are_numbers_on_a_sheet_and_codes_are_not(tmp_path):
    write_table(
        pl.DataFrame({"a": ["34", "007", "1.50", "1.5", "12345678901234567"]}), tmp_path / "a.xlsx"
    )
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [cell.value for cell in book.active["A"][1:]] == [
        *(34, "007", "1.50", 1.5, "12345678901234567")
    ]


def test_a_text_longer_than_a_cell_is_refused_and_the_old_file_stays(tmp_path):
    old = written(tmp_path, b"old", "out.xlsx")
    with pytest.raises(TableError, match="row 2, column A: the text has more than the 32,767"):
        write_table(pl.DataFrame({"a": ["x" * 40_000]}), old)
    assert old.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [old]


def test_a_file_is_replaced_only_once_all_of_it_is_written(tmp_path):
    old = written(tmp_path, b"old")

    def fail() -> None:
        with replacing(old) as file:
            file.write(b"new")
            assert old.read_bytes() == b"old"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert old.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [old]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(TableError, match="There is no folder"):
        write_table(pl.DataFrame({"a": ["x"]}), tmp_path / "none" / "out.csv")


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1, max_size=8).filter(
        lambda rows: "\0" not in str(rows) and "\\x00" not in str(rows)
    )
)
def test_rows_out_equal_rows_in(tmp_path_factory, rows):
    frame = pl.DataFrame(rows, schema={"id": pl.String, "text": pl.String}, orient="row")
    path = tmp_path_factory.mktemp("tables") / "out.csv"
    write_table(frame, path)
    assert read_table(path).height == len(rows)
