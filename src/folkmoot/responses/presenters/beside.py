"""What the fields beside the questions print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from folkmoot.responses.forms import Checked
from folkmoot.responses.questions import (
    AUTHORITY,
    CONTACT_NAME,
    CONTACT_ROLE,
    KIND,
    MONITORING_CONSENT,
    ORGANISATION,
    PUBLICATION,
    QUOTE,
    Answers,
)

ORGANISATION_KIND = "organisation"
# The fields of "About your response" in the order of the page, by the name that a template has.
NAMES = {
    "kind": KIND,
    "organisation": ORGANISATION,
    "name": CONTACT_NAME,
    "role": CONTACT_ROLE,
    "authority": AUTHORITY,
    "publication": PUBLICATION,
}
PUBLISHED = (
    ("unnamed", "Yes, without my name"),
    ("named", "Yes, with the name of the organisation (organisations only)"),
    ("not", "No"),
)
KINDS = (("individual", "Myself"), (ORGANISATION_KIND, "An organisation"))
AUTHORITIES = (("yes", "Yes"), ("no", "No, I write from within it"))


def extra_fields(
    extras: Sequence[str], checked: Checked, monitoring_text: str = ""
) -> dict[str, Any]:
    """Return what the fields beside the questions print; those not asked are absent.

    `monitoring_text` is what somebody agrees to before equality answers are kept.
    """
    said = {name: "".join(checked.answers.get(name, [])) for name in extras}
    errors = checked.errors
    return {
        "quote": {"checked": said[QUOTE] == "yes", "error": errors.get(QUOTE, "")}
        if QUOTE in extras
        else None,
        "agreed": {
            "checked": said[MONITORING_CONSENT] == "yes",
            "error": errors.get(MONITORING_CONSENT, ""),
            "text": monitoring_text,
        }
        if MONITORING_CONSENT in extras
        else None,
        "sender": _sender(said, errors) if KIND in extras else None,
    }


def extra_rows(extras: Sequence[str], answers: Answers, address: str) -> list[dict[str, str]]:
    """Return what was answered beside the questions, as rows of the summary."""
    said = {name: "".join(answers.get(name, ())).strip() for name in extras}
    rows = []
    if QUOTE in extras:
        quoted = "Yes" if said[QUOTE] == "yes" else "No"
        rows.append(
            _row("May we quote your words, without your name?", quoted, address, QUOTE)
            | {"change_label": "whether we may quote you"}
        )
    if MONITORING_CONSENT in extras:
        agreed = "Yes" if said[MONITORING_CONSENT] == "yes" else "No"
        rows.append(
            _row("May we keep these equality answers?", agreed, address, MONITORING_CONSENT)
            | {"change_label": "whether we may keep your equality answers"}
        )
    if KIND not in extras:
        return rows
    is_organisation = said[KIND] == ORGANISATION_KIND
    whom = said[ORGANISATION] if is_organisation else "Myself"
    rows.append(
        _row("Whom do you answer for?", whom, address, KIND)
        | {"change_label": "whom you answer for"}
    )
    if is_organisation:
        authority = dict(AUTHORITIES).get(said[AUTHORITY], "No answer")
        rows += [
            _row("Your name", said[CONTACT_NAME] or "No answer", address, CONTACT_NAME),
            _row("Your role", said[CONTACT_ROLE] or "No answer", address, CONTACT_ROLE),
            _row("May you answer for the organisation?", authority, address, AUTHORITY),
        ]
    published = dict(PUBLISHED).get(said[PUBLICATION], "No")
    rows.append(
        _row("May we publish your response?", published, address, PUBLICATION)
        | {"change_label": "whether we may publish your response"}
    )
    return rows


def _sender(said: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    values = {short: said.get(name, "") for short, name in NAMES.items()}
    return values | {
        "errors": {short: errors.get(name, "") for short, name in NAMES.items()},
        "kinds": _options(KINDS, values["kind"]),
        "authorities": _options(AUTHORITIES, values["authority"]),
        "publications": _options(PUBLISHED, values["publication"]),
    }


def _options(offered: Sequence[tuple[str, str]], chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": value, "label": label, "checked": value == chosen} for value, label in offered
    ]


def _row(term: str, value: str, address: str, name: str) -> dict[str, str]:
    return {
        "term": term,
        "value": value,
        "change_url": f"{address}#field-{name}",
        "change_label": f"the answer to: {term}",
    }
