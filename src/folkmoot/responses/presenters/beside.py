"""What the fields beside the questions print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from folkmoot.responses.forms import Checked
from folkmoot.responses.questions import KIND, ORGANISATION, QUOTE, Answers


def extra_fields(extras: Sequence[str], checked: Checked) -> dict[str, Any]:
    """Return what the fields beside the questions print; those not asked are absent."""
    answers = {name: "".join(checked.answers.get(name, [])) for name in extras}
    return {
        "quote": {"checked": answers[QUOTE] == "yes", "error": checked.errors.get(QUOTE, "")}
        if QUOTE in extras
        else None,
        "sender": {
            "kind": answers[KIND],
            "organisation": answers[ORGANISATION],
            "kind_error": checked.errors.get(KIND, ""),
            "organisation_error": checked.errors.get(ORGANISATION, ""),
        }
        if KIND in extras
        else None,
    }


def extra_rows(extras: Sequence[str], answers: Answers, address: str) -> list[dict[str, str]]:
    """Return what was answered beside the questions, as rows of the summary."""
    rows = []
    if QUOTE in extras:
        rows.append(
            {
                "term": "May we quote your words, without your name?",
                "value": "Yes" if list(answers.get(QUOTE, [])) == ["yes"] else "No",
                "change_url": f"{address}#field-{QUOTE}",
                "change_label": "whether we may quote you",
            }
        )
    if KIND in extras:
        organisation = "".join(answers.get(ORGANISATION, []))
        is_organisation = list(answers.get(KIND, [])) == ["organisation"]
        rows.append(
            {
                "term": "Whom do you answer for?",
                "value": organisation if is_organisation else "Myself",
                "change_url": f"{address}#field-{KIND}",
                "change_label": "whom you answer for",
            }
        )
    return rows
