"""What makes a response worth a second look. It is taken all the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from folkmoot.responses import arrivals, proofs
from folkmoot.responses.models import FlagKind
from folkmoot.responses.proofs import Proof

if TYPE_CHECKING:
    from collections.abc import Mapping

    from folkmoot.responses.models import Draft
    from folkmoot.responses.questions import SurveyForm

# Nobody reads a page and chooses an answer in less.
SECONDS_A_PAGE = 1.0
# A word or two is often the same; a sentence is not.
SHORTEST_TEXT = 40
OFTEN = 10


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A kind of flag and its reason, one sentence that tells nothing of who it was."""

    kind: FlagKind
    reason: str


def of_sending(
    posted: Mapping[str, str], proof: Proof, draft: Draft, form: SurveyForm, at: datetime
) -> list[Suspicion]:
    """Return what is odd about how a response was sent; `form` is what was asked."""
    found = []
    if posted.get(proofs.HONEYPOT, "").strip():
        found.append(
            Suspicion(
                FlagKind.HONEYPOT,
                "A field was filled in that people neither see nor come to by keyboard.",
            )
        )
    if proof is Proof.TOO_SOON_AGAIN:
        found.append(
            Suspicion(
                FlagKind.NO_PROOF,
                "It came without the work of a browser, and twice without the pause of "
                f"{proofs.PAUSE_SECONDS} seconds in its place.",
            )
        )
    seconds = (at - draft.begun_at).total_seconds()
    pages = len(form.steps)
    # The first page was filled in before the draft began; the check is a page as well.
    if draft.of_response_id is None and 0 <= seconds < SECONDS_A_PAGE * pages:
        found.append(
            Suspicion(
                FlagKind.TOO_FAST,
                f"{pages} pages were sent within {seconds:.1f} seconds of the first.",
            )
        )
    return found


def of_connection(address: str, at: datetime) -> list[Suspicion]:
    """Return what is odd about how much came over one connection; counts this one too."""
    if not arrivals.take(arrivals.UNREMARKABLE, address, at):
        return []
    allowance = arrivals.UNREMARKABLE
    return [
        Suspicion(
            FlagKind.SAME_ADDRESS,
            f"More than {allowance.at_once} responses came over one connection in a short time: "
            "it may be a library or an office.",
        )
    ]


def of_text(times: int) -> list[Suspicion]:
    """Return what is odd about a text that came that often, this one included."""
    if times < OFTEN:
        return []
    return [
        Suspicion(FlagKind.SAME_TEXT, f"It holds a text that had come {times - 1} times before.")
    ]
