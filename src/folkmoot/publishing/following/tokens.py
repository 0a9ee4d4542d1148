"""The secret links in a follower's e-mails: signed, and each good for one purpose only.

A link names the follower by a random key and carries a signature under the site's secret, so that
neither the database alone nor one link gives another. Erasing the follower ends all of them.
"""

from __future__ import annotations

from enum import Enum

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from folkmoot.publishing.addresses import absolute
from folkmoot.publishing.models import Follower, Following

SALT = "folkmoot.publishing.following"
# 160 bits, so that a link is not longer than it need be.
SIGNED = 40


class Purpose(Enum):
    """What a link is good for; the value is the name of its address."""

    CONFIRM = "follow-confirm"
    MANAGE = "follow-manage"
    STOP = "follow-stop"


def link(purpose: Purpose, follower: Follower) -> str:
    """Return the absolute address of a follower's page for a purpose."""
    return absolute(reverse(purpose.value, args=[token(purpose, follower.key)]))


def confirming_link(following: Following) -> str:
    """Return the absolute address at which a follower confirms what they asked for."""
    key = f"{following.follower.key}~{following.pk}"
    return absolute(reverse(Purpose.CONFIRM.value, args=[token(Purpose.CONFIRM, key)]))


def token(purpose: Purpose, key: str) -> str:
    """Return a key with its signature for one purpose."""
    return f"{key}.{_signature(purpose, key)}"


def follower_of(purpose: Purpose, text: str) -> Follower | None:
    """Return the follower whom a link names; None where it was changed or they are gone."""
    key = _key_of(purpose, text)
    return Follower.objects.filter(key=key).first() if key else None


def following_of(text: str) -> Following | None:
    """Return what a confirming link is about; None where it was changed or that is gone."""
    key, _, number = (_key_of(Purpose.CONFIRM, text) or "").partition("~")
    if not number.isdecimal():
        return None
    asked = Following.objects.filter(pk=int(number), follower__key=key)
    return asked.select_related("follower", "page").first()


def _key_of(purpose: Purpose, text: str) -> str | None:
    key, _, signature = text.rpartition(".")
    if not key or not constant_time_compare(signature, _signature(purpose, key)):
        return None
    return key


def _signature(purpose: Purpose, key: str) -> str:
    whole = salted_hmac(f"{SALT}.{purpose.value}", key, algorithm="sha256").hexdigest()
    return whole[:SIGNED]
