"""How one person is known again in several activities without their name being kept."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

SALT = "folkmoot.consultations.email"


def email_digest(email: str) -> str:
    """Return the keyed hash of an e-mail address, the same however it is capitalised.

    Keyed by the site's secret, so that nobody who has the database alone can try addresses. An
    empty address, of somebody who gave none, has no digest and is returned as it is.
    """
    said = email.strip().casefold()
    return salted_hmac(SALT, said, algorithm="sha256").hexdigest() if said else ""
