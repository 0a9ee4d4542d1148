"""The mail server in one setting: `smtp+tls://user:password@host:587`."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Port, and whether the connection is encrypted from its beginning or upgraded.
SCHEMES: dict[str, tuple[int, dict[str, bool]]] = {
    "smtp": (25, {}),
    "smtp+tls": (587, {"EMAIL_USE_TLS": True}),
    "smtps": (465, {"EMAIL_USE_SSL": True}),
}
BACKENDS = "django.core.mail.backends"
SECONDS = 15


def email_settings(url: str) -> dict[str, Any]:
    """Return Django's settings for a mail server; an empty address or "console:" prints e-mails.

    User and password are written as in any address: an @ within them is %40. Raises
    ImproperlyConfigured, never repeating the password, for an address that names no server.
    """
    if url in ("", "console:", "console://"):
        return {"EMAIL_BACKEND": f"{BACKENDS}.console.EmailBackend"}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ImproperlyConfigured(
            "FOLKMOOT_EMAIL_URL names no mail server: write it like "
            "smtp+tls://user:password@mail.example.org:587 (or smtps:// or smtp://, or console:), "
            "with %40 for an @ and %2F for a / in the password."
        )
    usual_port, encryption = SCHEMES[parts.scheme]
    return {
        "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or usual_port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_TIMEOUT": SECONDS,
        **encryption,
    }
