"""The signed token in every form of a survey: the draft it belongs to, the step, the questions.

It takes the place of a CSRF token, which would need a cookie before the first answer: another
site cannot make one, and it alone is enough to find a draft whose cookie was lost.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core import signing

SALT = "folkmoot.responses.draft"
SECONDS_VALID = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Token:
    """What a form knows of its draft. `is_stale` is true of one too old to be accepted.

    `revision` is that of the questions as the respondent saw them (see `questions.revision`).
    """

    draft_key: str
    survey_id: int
    step: str
    revision: str
    is_stale: bool = False


def new_key() -> str:
    """Return a new key of a draft, which nobody can guess."""
    return secrets.token_urlsafe(32)


def sign(token: Token) -> str:
    """Return a token as a form carries it; the instant of signing is within."""
    said = [token.draft_key, token.survey_id, token.step, token.revision]
    return signing.dumps(said, salt=SALT)


def read(text: str) -> Token | None:
    """Return the token that a form carried; None where it is missing or was changed."""
    for longest, is_stale in ((SECONDS_VALID, False), (None, True)):
        try:
            said = signing.loads(text, salt=SALT, max_age=longest)
        except signing.SignatureExpired:
            continue
        except (signing.BadSignature, ValueError):
            return None
        match said:
            case [str(key), int(survey_id), str(step), str(revision)]:
                return Token(key, survey_id, step, revision, is_stale)
        return None
    return None
