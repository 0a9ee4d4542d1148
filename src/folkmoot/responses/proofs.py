"""That a browser did some work before it sent a response, or that somebody paused instead.

The work is a search for a number by SHA-256, as ALTCHA defines it: no puzzle, no third party, a
second on a telephone while the answers are read. It is bound to the draft, which can be sent only
once, so that no proof serves twice. Without JavaScript a page asks for a pause. Neither keeps a
response out: one that has neither is taken, and flagged.
"""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from altcha import ChallengeOptionsV1, create_challenge_v1, extract_params_v1, verify_solution_v1
from django.core import signing
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELD, PAUSE_FIELD, HONEYPOT = "altcha", "pause", "website"
SALT = "folkmoot.responses.proof"
PAUSE_SALT = "folkmoot.responses.pause"
VALID = timedelta(hours=2)
# A browser tries half of this many numbers, on average.
MOST = 50_000
LONGEST = 2_000
PAUSE_SECONDS = 5


class Proof(Enum):
    """What came with a response that is sent."""

    WORK = "the browser did the work"
    PAUSED = "somebody waited"
    NONE = "neither"
    TOO_SOON = "somebody did not wait"
    TOO_SOON_AGAIN = "somebody did not wait twice"


@dataclass(frozen=True, slots=True)
class Pause:
    """The signed field of the page that asks for a pause, and from when on it may be sent."""

    signed: str
    seconds: int


def challenge(key: str, at: datetime) -> dict[str, Any]:
    """Return the work for a draft, as the browser is given it; valid for two hours."""
    return create_challenge_v1(
        ChallengeOptionsV1(
            max_number=MOST,
            hmac_key=_secret(),
            expires=at + VALID,
            params={"draft": _mark(key)},
        )
    ).to_dict()


def proof(posted: Mapping[str, str], key: str, at: datetime) -> Proof:
    """Return what came with a draft that is sent."""
    if _is_solved(posted.get(FIELD, ""), key, at):
        return Proof.WORK
    if (paused := _read(posted.get(PAUSE_FIELD, ""), key)) is None:
        return Proof.NONE
    began, tries = paused
    if at.timestamp() - began >= PAUSE_SECONDS:
        return Proof.PAUSED
    return Proof.TOO_SOON if tries == 0 else Proof.TOO_SOON_AGAIN


def pause(posted: Mapping[str, str], key: str, at: datetime) -> Pause:
    """Return the field for the page that asks for a pause; one that was begun already goes on."""
    began, tries = at.timestamp(), 0
    if (paused := _read(posted.get(PAUSE_FIELD, ""), key)) is not None:
        began, tries = paused[0], paused[1] + 1
    left = PAUSE_SECONDS - (at.timestamp() - began)
    signed = signing.dumps([_mark(key), began, tries], salt=PAUSE_SALT)
    return Pause(signed, max(1, int(left + 0.999)))


def _read(text: str, key: str) -> tuple[float, int] | None:
    try:
        said = signing.loads(text, salt=PAUSE_SALT, max_age=VALID)
    except (signing.BadSignature, ValueError):
        return None
    match said:
        case [str(mark), int() | float() as began, int(tries)] if mark == _mark(key):
            return float(began), tries
    return None


def _is_solved(text: str, key: str, at: datetime) -> bool:
    """Whether a text is the solved work of a draft, in time by the site's own clock."""
    if not text or len(text) > LONGEST:
        return False
    try:
        payload = json.loads(b64decode(text, validate=True))
        if not isinstance(payload, dict) or not isinstance(payload.get("salt"), str):
            return False
        said = extract_params_v1(payload)  # type: ignore[arg-type]
        if said.get("draft") != [_mark(key)] or int(said["expires"][0]) < at.timestamp():
            return False
        is_right, _ = verify_solution_v1(payload, _secret(), check_expires=False)  # type: ignore[call-overload]
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return bool(is_right)


def _mark(key: str) -> str:
    mark: str = salted_hmac(SALT, key, algorithm="sha256").hexdigest()[:32]
    return mark


def _secret() -> str:
    secret: str = salted_hmac(SALT, "secret", algorithm="sha256").hexdigest()
    return secret
