"""The code with which somebody comes back: to a draft on another device, to a response later.

It is made from the key of the draft and the site's secret, so that it can be shown again to whom
the draft belongs, and lies nowhere. Kept is its keyed hash alone.
"""

from __future__ import annotations

from django.utils.crypto import salted_hmac

# No mark that is read as another, no vowel that would make a word.
MARKS = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH, GROUP = 12, 4
CODE_SALT = "folkmoot.responses.code"
DIGEST_SALT = "folkmoot.responses.code-digest"


def code_of(key: str) -> str:
    """Return the code of a draft, such as 7K3M-9QX2-H4BD: one of 1.5e17."""
    drawn = int.from_bytes(salted_hmac(CODE_SALT, key, algorithm="sha256").digest(), "big")
    marks = []
    for _ in range(LENGTH):
        drawn, at = divmod(drawn, len(MARKS))
        marks.append(MARKS[at])
    return "-".join("".join(marks[at : at + GROUP]) for at in range(0, LENGTH, GROUP))


def read_code(typed: str) -> str:
    """Return a code as it is written, from what somebody typed; empty where it is none.

    Small letters, spaces and missing hyphens are taken as meant.
    """
    marks = [mark for mark in typed.upper() if mark.isalnum()]
    if len(marks) != LENGTH or any(mark not in MARKS for mark in marks):
        return ""
    return "-".join("".join(marks[at : at + GROUP]) for at in range(0, LENGTH, GROUP))


def code_digest(code: str) -> str:
    """Return the keyed hash of a code, as it is kept."""
    said: str = salted_hmac(DIGEST_SALT, code, algorithm="sha256").hexdigest()
    return said
