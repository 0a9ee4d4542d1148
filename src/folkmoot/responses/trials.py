"""A survey tried as a respondent before anybody answers it: the signed link that leads there."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core import signing

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey

SALT = "folkmoot.responses.trial"
VALID = timedelta(days=14)
# The part of the address between a survey and its test pages.
TRIAL = "test"


@dataclass(frozen=True, slots=True)
class Trial:
    """One try of a survey: the mark in its address, and the officer who made the link.

    A preview beside the editor shows every page and question, and for whom each is.
    """

    mark: str
    officer: int
    is_preview: bool = False


def trial_address(survey: Survey, officer: int) -> str:
    """Return the address of a survey's test pages, good for 14 days, for colleagues too."""
    return f"{survey.url}{TRIAL}/{sign(survey.pk, officer)}/"


def sign(survey_id: int, officer: int) -> str:
    """Return the mark that opens the test pages of one survey."""
    signed = signing.dumps([survey_id, officer], salt=SALT)
    # Addresses of pages are letters, digits, hyphens and underlines only.
    return urlsafe_b64encode(signed.encode()).decode().rstrip("=")


def read(mark: str, survey_id: int) -> Trial | None:
    """Return what a mark says; None where it is forged, too old or of another survey."""
    try:
        signed = urlsafe_b64decode(mark + "=" * (-len(mark) % 4)).decode()
        said = signing.loads(signed, salt=SALT, max_age=VALID)
    except (signing.BadSignature, ValueError):
        return None
    match said:
        case [int(of_survey), int(officer)] if of_survey == survey_id:
            return Trial(mark, officer)
    return None
