"""Codes are read from cells as people typed them, and none is lost."""

from __future__ import annotations

from folkmoot.texts.coding import read_coded, split_codes


def test_codes_are_divided_by_the_separator_and_each_counts_once() -> None:
    assert split_codes(" Staff ;Food;; staff ; Waiting  times") == (
        "staff",
        "Food",
        "Waiting times",
    )
    assert split_codes("a|b", "|") == ("a", "b")
    assert split_codes(None) == split_codes(" ; ") == ()


def test_codes_that_differ_in_case_or_spaces_are_one_and_it_is_said() -> None:
    coded = read_coded(["Staff", "staff", "Staff;Food", None, "waiting  times", "Waiting times"])
    staff, waiting, food = coded.codes
    assert (staff.name, staff.answers, staff.other_spellings) == ("Staff", 3, ("staff",))
    assert waiting.name == "waiting times"
    assert waiting.other_spellings == ("Waiting times",)
    assert food.answers == 1
    assert coded.rows == (0, 1, 2, 4, 5)
    assert coded.marks.sum(axis=1).tolist() == [1, 1, 2, 1, 1]
