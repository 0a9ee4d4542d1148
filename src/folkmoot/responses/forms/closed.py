"""What is wrong with an answer that was chosen or put in order."""

from __future__ import annotations

from collections import Counter

from folkmoot.responses.forms.texts import LONGEST_NAME, LONGEST_TEXT, text_error
from folkmoot.responses.questions import (
    Answers,
    ChoiceQuestion,
    MonitoringQuestion,
    RankingQuestion,
    field_name,
)
from folkmoot.responses.questions.replies import first, is_rank, ranks


def choice_error(question: ChoiceQuestion, answers: Answers) -> str:
    """Return what is wrong with the answer to a closed question; empty where nothing is."""
    title = question.title
    said = [value for value in answers.get(question.key, ()) if value.strip()]
    if any(value not in {option.code for option in question.options} for value in said):
        return f"Choose from the answers offered to '{title}'; one that was sent is not among them."
    if len(said) > 1 and not question.several:
        return f"Choose one answer only to '{title}'."
    if len(set(said)) < len(said):
        return f"An answer to '{title}' was sent twice: choose each one once."
    if error := _beside_error(question, answers, said):
        return error
    if not said:
        return f"Choose an answer to '{title}'." if question.required else ""
    return _number_of_choices_error(question, said)


def _number_of_choices_error(question: ChoiceQuestion, said: list[str]) -> str:
    title = question.title
    alone = [option for option in question.options if option.is_exclusive and option.code in said]
    if alone:
        if len(said) > 1:
            return (
                f"You chose '{alone[0].label}' and another answer to '{title}': "
                "untick one of the two."
            )
        return ""
    if len(said) < question.least:
        return f"Choose at least {question.least} answers to '{title}': you chose {len(said)}."
    if question.most is not None and len(said) > question.most:
        many = "one answer" if question.most == 1 else f"{question.most} answers"
        return f"Choose at most {many} to '{title}': you chose {len(said)}."
    return ""


def _beside_error(question: ChoiceQuestion, answers: Answers, said: list[str]) -> str:
    """Return what is wrong with what was typed beside an option."""
    longest = LONGEST_NAME if isinstance(question, MonitoringQuestion) else LONGEST_TEXT
    for option in question.options:
        name = field_name(question.key, option.code)
        if not option.asks_text:
            continue
        if len(answers.get(name, ())) > 1:
            return f"What you wrote beside '{option.label}' was sent more than once."
        typed = first(answers, name)
        if typed and (error := text_error(typed, longest)):
            return error
        if typed and option.code not in said:
            return (
                f"You wrote something beside '{option.label}' without choosing it at "
                f"'{question.title}': choose it, or take out what you wrote."
            )
    return ""


def ranking_error(question: RankingQuestion, answers: Answers) -> str:
    """Return what is wrong with the ranks given to options; empty where nothing is.

    Ranks go from 1 without a gap and without two options on one. Where an answer is needed, as
    many are put in order as are asked for; else as many as somebody wants to.
    """
    title = question.title
    typed = ranks(question, answers)
    limit = question.most or len(question.options)
    wrong = [code for code, rank in typed.items() if not is_rank(rank) or int(rank) > limit]
    if wrong:
        return f"Give '{question.label_of(wrong[0])}' a number from 1 to {limit} at '{title}'."
    by_rank = Counter(int(rank) for rank in typed.values())
    tied = sorted(rank for rank, times in by_rank.items() if times > 1)
    if tied:
        both = " and ".join(
            f"'{question.label_of(code)}'" for code, rank in typed.items() if int(rank) == tied[0]
        )
        return f"{both} have the number {tied[0]} at '{title}': give each number once."
    if (gap := next((rank for rank in range(1, len(typed) + 1) if rank not in by_rank), 0)) > 0:
        return f"Nothing has the number {gap} at '{title}': give the numbers without a gap."
    if question.required and len(typed) < limit:
        return f"Put {limit} options of '{title}' in order: you gave {len(typed)} a number."
    return ""
