"""What each kind of question prints on the page of its step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from folkmoot.responses.forms import LONGEST_TEXT, Checked
from folkmoot.responses.questions import (
    ChoiceQuestion,
    MonitoringQuestion,
    Question,
    Step,
    TextQuestion,
)


def fields(step: Step, checked: Checked) -> list[dict[str, Any]]:
    """Return what each question of a step prints, with what was typed and its error."""
    return [
        _field(question, checked.answers.get(question.key, []), checked.errors)
        for question in step.questions
    ]


def _field(question: Question, values: Sequence[str], errors: Mapping[str, str]) -> dict[str, Any]:
    key, error = question.key, errors.get(question.key, "")
    hint = question.hint
    printed: dict[str, Any] = {
        "id": f"field-{key}",
        "key": key,
        "title": question.title,
        "hint": hint,
        "error": error,
        "required": question.required,
        "sensitive": question.sensitive,
    }
    described = [f"field-{key}-{part}" for part, said in (("hint", hint), ("error", error)) if said]
    if isinstance(question, ChoiceQuestion):
        if isinstance(question, MonitoringQuestion) and question.why:
            printed["why"] = question.why
            described.insert(0, f"field-{key}-why")
        printed |= {
            "kind": "checkbox" if question.several else "radio",
            "options": [
                {
                    "id": f"field-{key}-{number}",
                    "code": option.code,
                    "label": option.label,
                    "checked": option.code in values,
                }
                for number, option in enumerate(question.options, start=1)
            ],
        }
    elif isinstance(question, TextQuestion):
        described.append(f"field-{key}-guide")
        printed |= {
            "kind": "text",
            "value": "\n\n".join(values),
            "words_guide": question.words_guide,
            "longest": LONGEST_TEXT,
        }
    return printed | {"described": " ".join(described)}
