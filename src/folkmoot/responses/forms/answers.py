"""What is wrong with the answer to a question, in one sentence."""

from __future__ import annotations

from folkmoot.responses.forms.texts import LONGEST_TEXT, text_error
from folkmoot.responses.questions import ChoiceQuestion, Question, TextQuestion


def answer_error(question: Question, values: list[str]) -> str:
    title = question.title
    said = [value for value in values if value.strip()]
    if isinstance(question, TextQuestion):
        if len(values) > 1:
            return f"'{title}' was sent more than once: write your answer in one place."
        if said and (error := text_error(said[0], LONGEST_TEXT)):
            return error
        return f"Write an answer to '{title}'." if question.required and not said else ""
    if not isinstance(question, ChoiceQuestion):
        return ""
    codes = {option.code for option in question.options}
    if any(value not in codes for value in said):
        return "Choose from the answers offered here; one that was sent is not among them."
    if len(said) > 1 and not question.several:
        return "Choose one answer only."
    if len(set(said)) < len(said):
        return "An answer was sent twice: choose each one once."
    return f"Choose an answer to '{title}'." if question.required and not said else ""
