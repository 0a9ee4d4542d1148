"""What keeps questions from being asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from folkmoot.core.routing import routing_faults
from folkmoot.responses.questions.form import RESERVED, SurveyForm
from folkmoot.responses.questions.kinds import ChoiceQuestion


def faults(form: SurveyForm) -> list[str]:
    """Return what keeps the questions from being asked, in sentences; none where they are sound."""
    found = []
    keys = [question.key for question in form.questions]
    for key in _repeated(keys):
        found.append(
            f"Two questions have the key '{key}': give each question a key of its own, "
            "or their answers cannot be told apart."
        )
    for key in keys:
        if key in RESERVED:
            found.append(f"The key '{key}' is the form's own: give the question another key.")
    for question in form.questions:
        if isinstance(question, ChoiceQuestion):
            for code in _repeated(option.code for option in question.options):
                found.append(
                    f"The question '{question.key}' offers two options with the code '{code}': "
                    "give each option a code of its own."
                )
    return found or routing_faults(form.routed())


def _repeated(names: Iterable[str]) -> list[str]:
    """Return the names that come more than once, each once, in order."""
    return [name for name, times in Counter(names).items() if times > 1]
