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
    """A sentence for the respondent, and the HTTP status that says the same.

    `wait_seconds` is how long to wait before it is worth sending again. `is_of_draft` says that
    the page was one of the sender's own draft, and only too old to be saved unseen.
    """

    sentence: str
    status: int
    wait_seconds: int = 0
    is_of_draft: bool = False


FORGED = Refusal(
    "This page was changed on its way to us, or did not come from this site, so nothing was "
    f"saved. {ONWARD}",
    403,
)
STALE = Refusal(
    f"This page had been open for more than a day, so nothing was saved yet. {ONWARD}",
    409,
    is_of_draft=True,
)
CHANGED = Refusal(
    "The questions of this survey were changed while you were answering, so nothing was saved "
    f"yet. {ONWARD}",
    409,
    is_of_draft=True,
)


def refusal_of(
    request: HttpRequest, token: Token | None, survey_id: int, step: str, revision: str
) -> Refusal | None:
    """Return why a post is not taken; None where it may be.

    `step` is the page that was posted to, `revision` that of the questions as published now.
    """
    if is_foreign(request):
        return FORGED
    if token is None or token.survey_id != survey_id or token.step != step:
        return FORGED
    if token.is_stale:
        return STALE
    return CHANGED if token.revision != revision else None


def is_foreign(request: HttpRequest) -> bool:
    """Whether a browser says that a form was sent from another site.

    A page that hides where it is says "null", which anybody's page may; what the browser itself
    adds (Sec-Fetch-Site) tells those apart. Else somebody could let a visitor go on, unknowing,
    in a draft that they know the code of.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    return bool(origin) and origin != "null" and urlsplit(origin).netloc != request.get_host()


def busy(seconds: int) -> Refusal:
    """Return the refusal of a post that came over a connection that sent very many."""
    wait = "a second" if seconds == 1 else f"{seconds} seconds"
    return Refusal(
        "Very many pages came over your connection in a short time, so nothing was saved yet. "
        f"Wait {wait}; your answers are below: then choose the button again.",
        429,
        seconds,
    )
