"""Numbers and tables as they are printed."""

from __future__ import annotations

import pytest

from folkmoot.core.tables import MINUS, Table, format_change, format_count, format_percent


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (-0.4, "0"),
        (999, "999"),
        (1971.4, "1,971"),
        (1e6, "1,000,000"),
        (-12, f"{MINUS}12"),
    ],
)
def test_counts(value: float, printed: str) -> None:
    assert format_count(value) == printed


@pytest.mark.parametrize(
    ("share", "digits", "printed"),
    [
        (0.47, 0, "47%"),
        (0.4712, 1, "47.1%"),
        (0, 0, "0%"),
        (1, 0, "100%"),
        (-0.0004, 0, "0%"),
        (-0.031, 1, f"{MINUS}3.1%"),
    ],
)
def test_percentages(share: float, digits: int, printed: str) -> None:
    assert format_percent(share, digits) == printed


@pytest.mark.parametrize(
    ("change", "printed"),
    [(0.042, "+4.2%"), (-0.042, f"{MINUS}4.2%"), (0, "0.0%"), (0.0004, "0.0%"), (-0.0004, "0.0%")],
)
def test_changes_bear_their_sign(change: float, printed: str) -> None:
    assert format_change(change) == printed


def test_a_table_holds_as_many_cells_as_headers() -> None:
    table = Table("Thefts", ("Month", "Thefts"), (("May 2024", "12"), ("June 2024", "9")))
    assert table.notes == ()
    with pytest.raises(ValueError, match=r"'Thefts': 3 cells for 2 headers in .*June"):
        Table("Thefts", ("Month", "Thefts"), (("May 2024", "12"), ("June 2024", "9", "x")))
