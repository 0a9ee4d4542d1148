"""What is said of an MPS release that can be read, and is odd."""

from __future__ import annotations

from folkmoot.sources import registry

AIRPORTS = "London Heathrow and London City Airports"
MONTHS = ["202401", "202402", "202403"]


def notes_of(*paths) -> str:
    return "\n".join(registry.read(list(paths)).notes)


def test_the_wording_of_the_file_is_told(crime_file):
    old = notes_of(crime_file(MONTHS, old=True).write())
    assert "in the column LookUp_BoroughName, categories in Title Case, which is the" in old
    assert "wording before the recording system CONNECT" in old
    new = notes_of(crime_file(MONTHS).write())
    assert "in the column BoroughName, categories in UPPER CASE" in new


def test_one_file_alone_is_half_a_release(crime_file):
    notes = notes_of(crime_file(MONTHS).write())
    assert "This is one file, January 2024 to March 2024, and a release has two" in notes


def test_pseudo_areas_and_their_offences_are_told(crime_file):
    notes = notes_of(crime_file(MONTHS).write())
    for area in ("Unknown", AIRPORTS):
        assert f"{area} is no place with residents. Its " in notes


def test_months_of_nothing_but_zeros_are_told(crime_file):
    file = crime_file(MONTHS)
    for place, line in enumerate(file.lines):
        if f",{AIRPORTS}," in line:
            cells = line.rsplit(",", 3)
            file.lines[place] = ",".join([cells[0], cells[1], "0", "0"])
    notes = notes_of(file.write())
    assert f"{AIRPORTS} has no offence at all in February 2024 to March 2024" in notes


def test_categories_without_a_row_are_told(crime_file):
    file = crime_file(MONTHS)
    del file.lines[file.row("Sutton", "HOMICIDE")]
    assert "1 of 714 pairs of category and area have no row" in notes_of(file.write())


def test_what_one_file_has_and_the_other_has_not_is_told(crime_file):
    older = crime_file(["202312"], name="older.csv")
    newer = crime_file(["202401"], name="newer.csv")
    older.lines = [line for line in older.lines if ",NFIB," not in line]
    newer.lines = [line for line in newer.lines if f",{AIRPORTS}," not in line]
    notes = notes_of(older.write(), newer.write())
    assert "1 category is in newer.csv and not in older.csv: Nfib." in notes
    assert f"{AIRPORTS} is in older.csv and has no row in newer.csv: no figure" in notes


def test_breaks_within_the_months_are_told_and_no_others(crime_file):
    notes = notes_of(crime_file(MONTHS).write())
    assert "Break in March 2024, in nearly every series: On 28 February 2024" in notes
    assert "Break in March 2024, in Race or religious public fear: " in notes
    assert "2013" not in notes
    assert "Break" not in notes_of(crime_file(["202401", "202402"], name="b.csv").write())
