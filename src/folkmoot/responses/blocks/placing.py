"""What is wrong with the questions of a survey, said where an officer mends it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from folkmoot.responses.questions import form_of_steps
from folkmoot.responses.questions.faults import Fault

# The errors of one block: sentences by the name of a field; "" for the block itself.
Sentences = dict[str, list[str]]


def error_in_place(steps: Any, found: Iterable[Fault]) -> blocks.StreamBlockValidationError:
    """Return an error of the steps with each fault at the field where it is mended."""
    places = _places(steps)
    of_pages: dict[int, Sentences] = defaultdict(lambda: defaultdict(list))
    of_questions: dict[int, dict[int, Sentences]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for fault in found:
        if not fault.question:
            of_pages[fault.page][fault.at].append(fault.sentence)
        elif fault.question in places:
            page, place = places[fault.question]
            of_questions[page][place][fault.at].append(fault.sentence)
        else:
            # A topic of a page of equality questions.
            page = next(_pages_asking(steps, fault.question))
            of_pages[page]["questions"].append(fault.sentence)
    errors = {}
    for page in sorted({*of_pages, *of_questions}):
        inner = _fields(of_pages.get(page, {}))
        if page in of_questions:
            inner["questions"] = blocks.StreamBlockValidationError(
                {place: _struct_error(said) for place, said in of_questions[page].items()}
            )
        errors[page] = blocks.StructBlockValidationError(inner)
    return blocks.StreamBlockValidationError(errors)


def _places(steps: Any) -> dict[str, tuple[int, int]]:
    """Return the page and the place on it of the last question with each key."""
    return {
        each.value["key"]: (page, place)
        for page, step in enumerate(steps)
        if step.block_type == "step"
        for place, each in enumerate(step.value["questions"])
        if "key" in each.value
    }


def _pages_asking(steps: Any, key: str) -> Iterator[int]:
    form = form_of_steps(steps)
    return (
        page
        for page, step in enumerate(form.steps)
        if any(question.key == key for question in step.questions)
    )


def _struct_error(said: Sentences) -> ValidationError:
    return blocks.StructBlockValidationError(_fields(said), said.get("", []))


def _fields(said: Sentences) -> dict[str, ValidationError]:
    return {name: ValidationError(sentences) for name, sentences in said.items() if name}
