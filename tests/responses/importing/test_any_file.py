"""Whatever a file holds, it is read or refused in a sentence: never a traceback."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError
from tests.responses.importing.asked import FORM, read

from folkmoot.responses.importing import BrokenTableError
from folkmoot.responses.importing.letters import LetterFileError, read_letter

HEADINGS = st.sampled_from(
    [
        "ID",
        "Completion time",
        "Start time",
        "submitdate",
        "Timestamp",
        "Do you agree with the plan?",
        "How do you travel?",
        "travel[SQ001]",
        "travel[other]",
        "first[1]",
        "What should come first? - Roads",
        "since",
        "years",
        "where",
        "trust [The police]",
        "channel",
        "organisation",
    ]
)
CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["Yes", "Y", "Bus;Bus", "1/2/21 25:61", "9999-12-31 23:59", "=cmd", "\0", "²"]),
)


def taken_or_refused(content: bytes, name: str = "any.csv") -> None:
    try:
        rows = read(content, name=name)
    except BrokenTableError as error:
        refused = str(error)
    else:
        refused = ""
    if refused:
        assert refused.endswith(".")
        return
    names = {name for question in FORM.questions for name in question.names}
    for row in rows:
        assert (row.response is None) == bool(row.faults or row.is_left_out)
        assert all(fault.sentence.endswith((".", "?")) for fault in row.faults)
        if row.response:
            assert set(row.response.answers) <= names
            assert row.response.submitted_at.tzinfo


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(content):
    taken_or_refused(content)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"]), st.binary())
def test_any_bytes_behind_the_mark_of_a_kind(mark, content):
    taken_or_refused(mark + content)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(HEADINGS, min_size=1, max_size=8),
    st.lists(st.lists(CELLS, max_size=9), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_any_table(headings, rows, delimiter, encoding):
    lines = [headings, *rows]
    text = "\n".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )
    taken_or_refused(text.encode(encoding, "surrogatepass"))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(HEADINGS, min_size=1, max_size=8),
    st.lists(
        st.lists(st.one_of(CELLS, st.integers(), st.floats(), st.datetimes(), st.booleans())),
        min_size=1,
        max_size=4,
    ),
    st.integers(min_value=0, max_value=60),
)
def test_any_spreadsheet_whole_or_cut_short(headings, rows, cut):
    book = Workbook()
    for row in [headings, *rows]:
        try:
            book.active.append(row)
        except (IllegalCharacterError, ValueError):
            continue
    written = io.BytesIO()
    book.save(written)
    content = written.getvalue()
    taken_or_refused(content[: len(content) - cut] if cut > 30 else content, "any.xlsx")


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"From: a@b.c\nDate: now\nTo: x\n\n"]),
    st.binary(max_size=300),
)
def test_any_letter(begins, content):
    try:
        said = read_letter(io.BytesIO(begins + content), "any").text
    except LetterFileError as error:
        said = str(error)
    assert "\0" not in said
