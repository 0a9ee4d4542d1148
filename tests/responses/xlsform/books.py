"""Workbooks as people who use ODK and Kobo write them, after https://xlsform.org/en/."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook, load_workbook

YES_NO = [["yes_no", "yes", "Yes"], ["yes_no", "no", "No"]]


def workbook(
    survey: list[list[Any]],
    choices: list[list[Any]] | None = None,
    settings: list[list[Any]] | None = None,
) -> bytes:
    """Return a workbook; the first row of each sheet is its heads."""
    book = Workbook()
    book.active.title = "survey"
    for row in survey:
        book.active.append(row)
    for name, rows in (("choices", choices), ("settings", settings)):
        if rows is not None:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(content: bytes, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet by the heads of its columns."""
    rows = list(load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def travel_survey() -> bytes:
    """A flat form without groups: notes, routing, or_other, limits, what ODK records itself."""
    return workbook(
        [
            [
                "type",
                "name",
                "label",
                "hint",
                "required",
                "relevant",
                "constraint",
                "constraint_message",
                "appearance",
                "calculation",
                "default",
            ],
            ["start", "start"],
            ["deviceid", "deviceid"],
            ["note", "welcome", "**Welcome.** Thank you for [taking part](https://example.org)."],
            ["text", "respondent_name", "What is your name?", "First and last name"],
            [
                "integer",
                "age",
                "How old are you?",
                None,
                "yes",
                None,
                ". >= 16 and . < 120",
                "Between 16 and 119",
            ],
            ["select_one yes_no", "works", "Do you work?", None, "yes"],
            [
                "select_multiple mode or_other",
                "modes",
                "How do you travel to work?",
                None,
                None,
                "${works} = 'yes'",
                "count-selected(.) <= 2",
            ],
            [
                "text",
                "why_not",
                "Why not?",
                None,
                None,
                "${works} != 'yes' and ${age} >= 18",
                None,
                None,
                "multiline",
            ],
            ["calculate", "age_months", None, None, None, None, None, None, None, "${age} * 12"],
            ["text", "older", "More?", None, None, "${age_months} > 400"],
            [
                "date",
                "moved",
                "When did you move here?",
                None,
                None,
                None,
                ". >= date('2000-01-01') and . <= today()",
            ],
            ["geopoint", "home", "Where do you get on?"],
            [
                "decimal",
                "minutes",
                "How many minutes does it take?",
                None,
                None,
                None,
                ". > 0",
                None,
                None,
                None,
                30,
            ],
        ],
        [
            ["list_name", "name", "label"],
            *YES_NO,
            ["mode", "bus", "Bus"],
            ["mode", "on_foot", "On foot"],
            ["mode", "bike", "Bicycle"],
        ],
        [["form_title", "form_id"], ["Travel to work", "travel"]],
    )


def household_survey() -> bytes:
    """Groups, nested and as a table, a repeat, two languages, choices that depend on others."""
    return workbook(
        [
            [
                "type",
                "name",
                "label::English (en)",
                "label::Français (fr)",
                "relevant",
                "appearance",
                "choice_filter",
                "required",
            ],
            ["begin group", "consent", "Consent", "Consentement"],
            [
                "select_one yes_no",
                "agree",
                "Do you agree?",
                "D’accord ?",
                None,
                None,
                None,
                "true()",
            ],
            ["end group"],
            ["begin group", "views", "Your views", "Vos avis", "${agree} = 'yes'", "field-list"],
            ["begin group", "police", "How good is the police at", None, None, "table-list"],
            ["select_one good", "robbery", "Preventing robbery"],
            ["select_one good", "victims", "Helping victims"],
            ["end group"],
            ["begin group", "seen", "Seen", None, "selected(${robbery}, 'bad')"],
            ["rank good", "order", "Put these in order"],
            ["end group"],
            ["end group"],
            ["begin_repeat", "children", "Children"],
            ["text", "child_name", "Name of the child"],
            ["end_repeat"],
            ["select_one_from_file wards.csv", "ward", "Ward"],
            ["select_one good", "area", "Area", None, None, "minimal", "area=${ward}"],
            ["text", "toy", "Toy", None, "${child_name} != ''"],
            ["range", "score", "From nought to ten"],
        ],
        [
            ["list_name", "name", "label::English (en)", "label::Français (fr)"],
            ["yes_no", "yes", "Yes", "Oui"],
            ["yes_no", "no", "No", "Non"],
            ["good", "good", "Good", "Bon"],
            ["good", "bad", "Bad", "Mauvais"],
        ],
        [["form_title", "default_language"], ["Household", "English (en)"]],
    )


def kobo_survey() -> bytes:
    """Kobo's own rating and ranking, and its numbers as names of choices."""
    return workbook(
        [
            [
                "type",
                "name",
                "label",
                "required",
                "relevant",
                "kobo--score-choices",
                "kobo--rank-items",
                "$kuid",
            ],
            ["begin_score", "service", "Rate our service", None, None, "points", None, "a1"],
            ["score__row", "speed", "Speed", "false"],
            ["score__row", "kindness", "Kindness", "false"],
            ["end_score"],
            ["begin_rank", "wishes", "What comes first?", None, None, None, "wish", "a2"],
            ["rank__level", "wishes_1", "1st choice"],
            ["rank__level", "wishes_2", "2nd choice"],
            ["end_rank"],
            ["select_one points", "again", "And again?", "true", None, None, None, "a3"],
            ["text", "again_other", "Please specify", None, "${again} = '3'"],
        ],
        [
            ["list_name", "name", "label"],
            ["points", 1, "Poor"],
            ["points", 2, "Fair"],
            ["points", 3, "Other"],
            ["wish", "lights", "Lights"],
            ["wish", "trees", "Trees"],
            ["wish", "benches", "Benches"],
        ],
    )
