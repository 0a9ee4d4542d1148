"""How much one connection may take at a time, without its address being kept.

A library, an office or a mobile network sends many people over one address, so that the
allowances are wide, and who is over one is asked to wait and loses nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Greatest

from folkmoot.publishing.clock import local
from folkmoot.responses.models import AddressKey, Bucket

if TYPE_CHECKING:
    from django.http import HttpRequest

# A household has a network of this size of IPv6, and may choose any address in it.
IPV6_HOUSEHOLD = 64


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one connection or mailbox may take at once, and the seconds in which one grows back."""

    name: str
    at_once: int
    seconds: float


STEPS = Allowance("steps", 600, 0.1)
SENDS = Allowance("sends", 200, 1)
CODES = Allowance("codes", 30, 10)
MAILS = Allowance("mails", 20, 60)
MAILBOX = Allowance("mailbox", 3, 1200)
# Nobody waits for this one: a response beyond it is flagged.
UNREMARKABLE = Allowance("unremarkable", 20, 60)

_keys: dict[date, bytes] = {}


def address_of(request: HttpRequest) -> str:
    """Return the address that a request came from; empty where it cannot be known.

    What proxies say of it is believed of as many as `FOLKMOOT_PROXIES` counts, and only where the
    last one is in `FOLKMOOT_PROXY_NETWORKS`. Of a request from this machine, or one that a proxy
    nobody told us about passed on, the sender is not known: all would share one allowance.
    """
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    said = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    said = [part for part in said if part]
    hops: int = settings.FOLKMOOT_PROXIES
    is_proxy = peer is None or any(
        peer in network for network in _networks(tuple(settings.FOLKMOOT_PROXY_NETWORKS))
    )
    if hops and said and is_proxy:
        return _named(_parsed(said[-min(hops, len(said))]))
    if peer is None or peer.is_loopback or (said and is_proxy):
        return ""
    return _named(peer)


def take(allowance: Allowance, whose: str, at: datetime) -> int:
    """Take one use of an allowance; return the seconds to wait for it, 0 where it was free.

    `whose` is an address, or what else has the allowance; without any all is free. One statement,
    two at the first use of a day. It counts in the transaction that it stands in.
    """
    size = settings.FOLKMOOT_ALLOWANCE
    if not whose or size <= 0:
        return 0
    one = allowance.seconds / size
    worth = allowance.at_once * allowance.seconds
    instant = at.timestamp()
    digest, day = _digest(allowance, whose, at)
    mine = Bucket.objects.filter(digest=digest)
    if mine.filter(full_at__lte=instant + worth - one).update(
        full_at=Greatest(F("full_at"), Value(instant)) + one
    ):
        return 0
    bucket, is_new = Bucket.objects.get_or_create(
        digest=digest, defaults={"day": day, "full_at": instant + one}
    )
    if is_new:
        return 0
    wait = bucket.full_at - (instant + worth - one)
    if wait > worth:
        # The clock was put back, as that of a demonstration is.
        mine.update(full_at=instant + one)
        return 0
    return max(1, int(wait + 1))


def forget_addresses(at: datetime) -> dict[str, int]:
    """Delete the keys and the buckets of days that are over; return how many."""
    today = local(at).date()
    keys, _ = AddressKey.objects.exclude(day=today).delete()
    buckets, _ = Bucket.objects.exclude(day=today).delete()
    return {"address keys": keys, "buckets": buckets}


def _digest(allowance: Allowance, whose: str, at: datetime) -> tuple[str, date]:
    day = local(at).date()
    said = f"{allowance.name}:{whose}".encode()
    return hmac.new(_key(day), said, hashlib.sha256).hexdigest(), day


def _key(day: date) -> bytes:
    """Return the key of a day: the same in every process, and random, so that nothing makes it.

    The site's secret is part of what is hashed with, so that the database alone tells nothing.
    """
    if (key := _keys.get(day)) is None:
        row, _ = AddressKey.objects.get_or_create(day=day, defaults={"key": secrets.token_hex(32)})
        _keys.clear()
        key = _keys[day] = f"{row.key}{settings.SECRET_KEY}".encode()
    return key


@lru_cache(maxsize=4)
def _networks(
    written: tuple[str, ...],
) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(text) for text in written)


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return an address from its text, perhaps with a port; None where it is none."""
    text = text.strip().removeprefix("[").split("]")[0].split("%")[0]
    if text.count(":") == 1:
        text = text.split(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _named(address: ipaddress.IPv4Address | ipaddress.IPv6Address | None) -> str:
    if address is None:
        return ""
    if address.version == 6:
        return str(ipaddress.ip_network((address, IPV6_HOUSEHOLD), strict=False))
    return str(address)
