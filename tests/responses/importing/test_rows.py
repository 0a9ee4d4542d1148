from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from tests.responses.importing.asked import AT, FORM, proposed, read

from folkmoot.responses.importing import check_rows, mapping_faults
from folkmoot.responses.importing.values import chosen, read_day, read_instant

OPENS, CLOSES = datetime(2021, 11, 1, tzinfo=UTC), datetime(2021, 12, 20, tzinfo=UTC)


def checked(content, mapping=None, there=frozenset()):
    rows = iter(read(content, mapping))
    known = lambda pairs: {pair for pair in pairs if pair[0] in there}  # noqa: E731
    return check_rows(rows, known, opens_at=OPENS, closes_at=CLOSES)


def test_a_required_question_left_empty_is_skipped_and_counted_and_refuses_nobody():
    found = checked("id,agree,change\n1,,Lights\n")
    assert (found.counts["responses"], found.counts["skipped"]) == (1, 1)


def test_limits_of_the_form_on_this_site_do_not_hold_elsewhere():
    content = "id,travel\n1,Bus;None of these;Bike, or e-bike\n".replace(
        "Bus;None of these;Bike, or e-bike", '"Bus;None of these;Bike, or e-bike"'
    )
    assert read(content)[0].response.answers["travel"] == ["bus", "none", "bike"]


def test_a_value_that_is_no_option_is_a_fault_until_it_is_matched():
    content = "id,agree\n1,Aye\n2,Aye\n3,Yes\n"
    found = checked(content)
    assert found.counts["faulty"] == 2
    assert found.unlisted == [{"answer": "agree", "key": "aye", "value": "Aye", "rows": 2}]
    assert (found.faults[0]["row"], found.faults[0]["column"]) == (2, "B")
    matched = replace(proposed(content), values={"agree": {"aye": "yes"}})
    assert checked(content, matched).counts["responses"] == 3
    left_out = replace(proposed(content), values={"agree": {"aye": ""}})
    assert checked(content, left_out).counts["left_out"] == 2


def test_other_texts_are_kept_or_are_faults_as_is_chosen():
    content = "id,travel\n1,by boat\n"
    assert read(content)[0].response.answers == {"travel": ["other"], "travel--other": ["by boat"]}
    strict = replace(proposed(content), keeps_other=False)
    assert read(content, strict)[0].response is None


def test_rows_in_the_register_already_are_left_out_and_late_ones_taken_in():
    content = "id,submitted,agree\n1,2021-12-01,Yes\n2,2021-12-24,Yes\n3,2021-10-01,Yes\n"
    counts = checked(content, there={"1"}).counts
    assert {name: counts[name] for name in ("already", "responses", "late", "early")} == {
        "already": 1,
        "responses": 2,
        "late": 1,
        "early": 1,
    }


def test_a_number_that_two_rows_have_is_a_fault_of_the_second():
    rows = read("id,agree\n1,Yes\n1,No\n")
    assert rows[0].response is not None
    assert "that of row 2 too" in rows[1].faults[0].sentence


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("submitted", "soon", "no date and time"),
        ("submitted", "2031-01-01", "still to come"),
        ("channel", "pigeon", "no channel"),
        ("since", "31/2/2020", "no day"),
        ("years", "many", "years"),
        ("organisation", "x" * 201, "201 characters"),
    ],
)
def test_every_fault_names_its_row_and_column(heading, cell, said):
    (row,) = read(f"id,agree,{heading}\n1,Yes,{cell}\n")
    assert (row.faults[0].row, row.faults[0].column) == (2, "C")
    assert said in row.faults[0].sentence


def test_numbers_days_and_postcodes_become_fields_of_a_form():
    (row,) = read("id,years,since,where\n1,12,21/1/2020,SW1A 2AA\n")
    assert row.response.answers == {
        "years": ["12"],
        "since--day": ["21"],
        "since--month": ["1"],
        "since--year": ["2020"],
        "where": ["SW1A 2AA"],
    }


def test_two_columns_for_one_answer_and_no_answer_at_all_are_refused():
    mapping = proposed("id,agree,change\n1,Yes,Lights\n")
    twice = replace(mapping, columns=mapping.columns | {"id": "question|agree"})
    assert "“id” and “agree” are both" in mapping_faults(FORM, twice)[0]
    nothing = replace(mapping, columns=dict.fromkeys(mapping.columns, "ignore"))
    assert "No column is the answer" in mapping_faults(FORM, nothing)[0]
    gone = replace(mapping, columns=mapping.columns | {"id": "question|gone"})
    assert "does not ask any more" in mapping_faults(FORM, gone)[0]


@pytest.mark.parametrize(
    ("cell", "month_first", "instant"),
    [
        ("2021-12-01T09:30:00", False, (2021, 12, 1, 9, 30)),
        ("2021-12-01T09:30:00+02:00", False, (2021, 12, 1, 7, 30)),
        ("01/12/2021 09:30", False, (2021, 12, 1, 9, 30)),
        ("12/1/21 9:30", True, (2021, 12, 1, 9, 30)),
        ("2021/12/01 9:30:00 PM GMT+1", True, (2021, 12, 1, 20, 30)),
        ("1 December 2021 at 12:30 am", False, (2021, 12, 1, 0, 30)),
        ("01.12.2021", False, (2021, 12, 1, 12, 0)),
        # Polis, in both of its columns; Unix and Java print a time so.
        ("1518501496471", False, (2018, 2, 13, 5, 58, 16)),
        ("Tue Feb 13 12:58:16 WIB 2018", False, (2018, 2, 13, 5, 58, 16)),
        ("Thu Jul  1 09:30:00 2021", False, (2021, 7, 1, 9, 30)),
        ("1518501496", True, (2018, 2, 13, 5, 58, 16)),
        ("2022/06/22 11:07:29 AM AST", True, (2022, 6, 22, 15, 7, 29)),
        ("13/12/2021 10:10 +0100", False, (2021, 12, 13, 9, 10)),
        ("13/12/2021 10:10 GMT-5:30", False, (2021, 12, 13, 15, 40)),
    ],
)
def test_instants_are_read_as_products_write_them(cell, month_first, instant):
    found = read_instant(cell, month_first=month_first, zone=UTC)
    assert found == datetime(*instant, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell", ["2021-12-13 10:10 XYZ", "99999999999999", "Tue Feb 31 12:58:16 WIB 2018", "1e12"]
)
def test_what_is_no_instant_is_none(cell):
    assert read_instant(cell, month_first=False, zone=UTC) is None


def test_a_time_without_a_zone_is_of_the_zone_that_was_chosen():
    zone = timezone(timedelta(hours=1))
    found = read_instant("2021-07-01 09:30", month_first=False, zone=zone)
    assert found == datetime(2021, 7, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("cell", ["", "32/1/2021", "1/13/2021", "yesterday", "12", "1/2/3/4"])
def test_what_is_no_day_is_none(cell):
    assert read_day(cell, month_first=False) is None


def test_the_longest_run_of_pieces_that_is_an_option_is_taken():
    codes = {"bus": "bus", "bike or e-bike": "bike"}
    found = chosen("Bus, a boat, or two, Bike, or e-bike", ",", codes)
    assert found == [("bus", ""), ("", "a boat, or two"), ("bike", "")]


def test_the_present_is_not_still_to_come():
    (row,) = read(f"id,submitted,agree\n1,{AT.isoformat()},Yes\n")
    assert row.response.submitted_at == AT
