"""Rows that are no questions of their own but fields beside one: other text, declining, a point."""

from __future__ import annotations

import re
from dataclasses import replace

from folkmoot.responses.questions import DECLINED, ChoiceQuestion, PlaceQuestion, Question
from folkmoot.responses.xlsform.lists import ChoiceLists
from folkmoot.responses.xlsform.sheets import Row
from folkmoot.responses.xlsform.types import Type

_ONE_OPTION_CHOSEN = re.compile(
    r"selected\(\s*\$\{(.+?)\}\s*,\s*['\"](.+?)['\"]\s*\)|\$\{(.+?)\}\s*=\s*['\"](.+?)['\"]"
)


def beside(before: Question, kind: Type, suffix: str) -> Question | None:
    """Return a question with the field beside it that a row of ours says; None for another."""
    if suffix == DECLINED and kind.name == "select_multiple":
        return replace(before, may_decline=True)
    if suffix == "point" and isinstance(before, PlaceQuestion):
        return before
    if kind.name != "text" or not isinstance(before, ChoiceQuestion):
        return None
    if any(option.code == suffix for option in before.options):
        return asking(before, suffix)
    return None


def specified(row: Row, before: ChoiceQuestion, written: str, lists: ChoiceLists) -> str | None:
    """Return the option that a "Please specify" row asks words for; None for any other row.

    `before` is the question it follows, `written` that question's name in the workbook.
    """
    match = _ONE_OPTION_CHOSEN.fullmatch(row["relevant"].strip())
    if match is None or (match[1] or match[3]).strip() != written:
        return None
    code = lists.code(before, match[2] or match[4])
    called = {
        f"{written}_other",
        f"{written}_{match[2] or match[4]}",
        f"other_{written}",
        f"{written}-other",
        f"{written}_specify",
        f"{written}_oth",
    }
    if row["name"] in called and any(each.code == code for each in before.options):
        return code
    return None


def asking(question: ChoiceQuestion, code: str) -> ChoiceQuestion:
    """Return a closed question with a field for words beside one of its options."""
    options = tuple(
        replace(option, asks_text=option.asks_text or option.code == code)
        for option in question.options
    )
    return replace(question, options=options)
