"""Keys of questions and codes of options that nobody wrote: made of their words, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import slugify

from folkmoot.responses.questions import RESERVED

LONGEST_KEY, LONGEST_CODE = 40, 50
# Lists of a question whose members have a code and a label.
LISTS = ("options", "rows", "points")


def name_all(steps: Any) -> None:
    """Give a key to each question and a code to each option that has none, in place.

    Those that are there stay: answers are kept under them.
    """
    questions = list(_questions(steps))
    taken = {*RESERVED, *(question["key"] for question in questions if question["key"])}
    for question in questions:
        if not question["key"]:
            question["key"] = _distinct(key_of(question["title"] or ""), taken)
        for name in LISTS:
            _name_options(question.get(name) or ())


def key_of(title: str) -> str:
    """Return the key that a question is given after its title; it begins with a letter."""
    made = _shortened(title, LONGEST_KEY) or "question"
    return made if made[0].isalpha() else f"q-{made}"


def code_of(label: str) -> str:
    """Return the code that an option is given after its label."""
    return _shortened(label, LONGEST_CODE) or "option"


def _questions(steps: Any) -> Iterator[Any]:
    for step in steps or ():
        if step.block_type == "step":
            yield from (each.value for each in step.value["questions"] if "key" in each.value)


def _name_options(options: Iterable[Any]) -> None:
    options = list(options)
    taken = {option["code"] for option in options if option["code"]}
    for option in options:
        if not option["code"]:
            option["code"] = _distinct(code_of(option["label"] or ""), taken)


def _shortened(words: str, longest: int) -> str:
    """Return words as small letters, digits and single hyphens, without a word cut in two."""
    made = "-".join(filter(None, slugify(words).replace("_", "-").split("-")))
    if len(made) <= longest:
        return made
    cut = made[: longest + 1]
    return cut.rpartition("-")[0] or made[:longest]


def _distinct(name: str, taken: set[str]) -> str:
    """Return a name that is not taken, and take it: itself, or with a number behind it."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    taken.add(found)
    return found
