"""What Folkmoot's own columns of a workbook say; ODK and Kobo pass over them.

`folkmoot_kind` names a kind of question that XLSForm has no type for, `folkmoot_more` the rest,
written like XLSForm's `parameters`: "unit=minutes; sensitive=yes".
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

KIND_COLUMN, MORE_COLUMN = "folkmoot_kind", "folkmoot_more"
CONSENT, MINUTES = "folkmoot_consent", "folkmoot_minutes"
MONITORING, SCALE, POSTCODE, PLACE, STEP, GRID = (
    "monitoring",
    "scale",
    "postcode",
    "place",
    "step",
    "grid",
)
SURVEY_COLUMNS = (
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "appearance",
    "parameters",
    KIND_COLUMN,
    MORE_COLUMN,
)
CHOICE_COLUMNS = ("list_name", "name", "label")
SETTING_COLUMNS = ("form_title", "form_id", "version", "style", MINUTES, CONSENT)
_SAFE = " ,.:/()'-+£€%°²³"


def more(**said: object) -> str:
    """Return settings as a cell has them; those that are empty, false or None are left out."""
    return "; ".join(
        f"{name.replace('_', '-')}={'yes' if value is True else quote(str(value), safe=_SAFE)}"
        for name, value in said.items()
        if value not in ("", None, False, ())
    )


def read_more(cell: str) -> Mapping[str, str]:
    """Return what a cell says, by name; what is no "name=value" is passed over."""
    found = {}
    for part in cell.split(";"):
        name, sign, value = part.partition("=")
        if sign:
            found[name.strip().replace("-", "_")] = unquote(value.strip())
    return found
