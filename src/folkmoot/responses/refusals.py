"""Why a post to a survey is not taken as it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.responses.tokens import Token

ONWARD = "Your answers are below: check them and choose the button again."


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sentence for the respondent, and the HTTP status that says the same."""

    sentence: str
    status: int


FORGED = Refusal(
    "This page was changed on its way to us, or did not come from this site, so nothing was "
    f"saved. {ONWARD}",
    403,
)
STALE = Refusal(
    f"This page had been open for more than a day, so nothing was saved yet. {ONWARD}", 409
)
CHANGED = Refusal(
    "The questions of this survey were changed while you were answering, so nothing was saved "
    f"yet. {ONWARD}",
    409,
)


def refusal_of(
    request: HttpRequest, token: Token | None, survey_id: int, step: str, revision: str
) -> Refusal | None:
    """Return why a post is not taken; None where it may be.

    `step` is the page that was posted to, `revision` that of the questions as published now.
    """
    origin = request.headers.get("Origin")
    # A browser that hides where a form was says "null"; the token speaks for it.
    if origin and origin != "null" and urlsplit(origin).netloc != request.get_host():
        return FORGED
    if token is None or token.survey_id != survey_id or token.step != step:
        return FORGED
    if token.is_stale:
        return STALE
    return CHANGED if token.revision != revision else None
