"""Paper forms and what was typed of them to what the keying screens print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum

from folkmoot.responses.keying.comparing import agreement, differences
from folkmoot.responses.keying.lines import LETTERS, Line, Way, asked_steps, is_declining
from folkmoot.responses.keying.typed import DECLINES, ILLEGIBLE, KeyedWrongError, codes_typed
from folkmoot.responses.presenters import moment
from folkmoot.responses.questions import SurveyForm

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.responses.models import Batch, PaperForm

HOW = {
    Way.ONE: "Number of the option",
    Way.SEVERAL: "Numbers of all that are ticked",
    Way.RANK: "Rank",
    Way.NUMBER: "Number",
    Way.DATE: "Day month year",
    Way.POSTCODE: "Postcode",
    Way.SHORT: "Words",
    Way.LONG: "Words",
}


def screen(
    form: SurveyForm, typed: Mapping[str, str], remarks: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the steps of a keying screen with what was typed and what was noticed."""
    return [
        {
            "title": each.step.title,
            "asked": [
                {
                    "number": asked.number,
                    "title": asked.title,
                    "has_rows": bool(asked.lines) and asked.lines[0].number != asked.number,
                    "lines": [line_shown(line, typed, remarks) for line in asked.lines],
                }
                for asked in each.asked
                if asked.lines
            ],
        }
        for each in asked_steps(form)
    ]


def line_shown(line: Line, typed: Mapping[str, str], remarks: Mapping[str, str]) -> dict[str, Any]:
    """Return one line as the screen prints it."""
    is_text = not line.number
    return {
        "id": f"line-{line.name}",
        "name": line.name,
        # The text beside an option is not told again what is told at its question.
        "part": "" if is_text else line.part,
        "number": line.number,
        "label": f"Beside “{line.label}”" if is_text else line.label,
        "how": HOW[line.way],
        "is_long": line.way is Way.LONG,
        "is_wide": line.way is Way.SHORT,
        "options": [
            {"number": number, "label": option.label, "declines": is_declining(option)}
            for number, option in line.numbered
        ],
        "goes_on_with": _whole_answers(line),
        "declines": DECLINES if line.may_decline else "",
        "value": typed.get(line.name, ""),
        "remark": remarks.get(line.name) or ("" if is_text else remarks.get(line.part, "")),
    }


def _whole_answers(line: Line) -> str:
    """Return the marks each of which is a whole answer by itself; none where there can be more."""
    many = len(line.options)
    if line.way is not Way.ONE or not 0 < many < 10:
        return ""
    numbers = "".join(str(number) for number, _ in line.numbered)
    return f"{numbers}{LETTERS[:many]}{ILLEGIBLE}"


def differing(
    form: SurveyForm, first: Mapping[str, str], second: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the lines that two people typed differently, with both."""
    return [
        line_shown(each.line, {}, {})
        | {
            "first": each.first,
            "second": each.second,
            "first_words": _words(each.line, each.first),
            "second_words": _words(each.line, each.second),
        }
        for each in differences(form, first, second)
    ]


def _words(line: Line, value: str) -> str:
    """Return the options that were typed by number; empty where none were."""
    if line.way not in (Way.ONE, Way.SEVERAL):
        return ""
    try:
        codes = codes_typed(line, value)
    except KeyedWrongError:
        return ""
    return "; ".join(option.label for option in line.options if option.code in codes)


def form_rows(forms: Iterable[PaperForm], batch: Batch, by: User) -> list[dict[str, Any]]:
    """Return the forms of a batch as its page lists them."""
    return [
        {
            "number": form.number,
            "response": form.response,
            "standing": _standing(form, batch),
            "waits": form.response is None and bool(form.differing),
            "keyed_by": ", ".join(str(each.by) for each in form.keyings.all() if each.by),
            "scans": form.scans,  # type: ignore[attr-defined]
            "differing": len(form.differing),
        }
        for form in forms
    ]


def _standing(form: PaperForm, batch: Batch) -> str:
    if form.response is not None and form.recorded_at:
        return f"Recorded on {moment(form.recorded_at)}"
    if form.differing:
        return "Keyed twice, differently: to be settled"
    finished = [each for each in form.keyings.all() if each.finished_at]
    if batch.is_double and finished:
        return "Keyed once: to be keyed again by somebody else"
    return "Begun, not finished"


def batch_counts(batch: Batch) -> dict[str, int]:
    """Return how many forms a batch has, how many are recorded, and how many wait."""
    return batch.forms.aggregate(
        forms=Count("pk"),
        recorded=Count("pk", filter=Q(response__isnull=False)),
    )


def agreement_sentence(batch: Batch) -> str:
    """Return in words how far two people agreed; empty for a batch keyed once."""
    if not batch.is_double:
        return ""
    compared = batch.forms.filter(compared__isnull=False)
    fields = compared.aggregate(fields=Sum("compared"))["fields"] or 0
    differing = sum(len(each) for each in compared.values_list("differing", flat=True))
    share = agreement(fields, differing)
    if share is None:
        return "No form has been keyed twice yet."
    forms = compared.count()
    return (
        f"Two people typed the same in {fields - differing:,} of {fields:,} fields of {forms:,} "
        f"form{'' if forms == 1 else 's'} ({share:.1%})."
    )
