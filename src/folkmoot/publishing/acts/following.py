"""Following pages by e-mail: asked, confirmed, changed, stopped.

Who a follower is stands in no audit record: only that somebody did, on which page, and how many
follow it then. That somebody asked is not recorded, since anybody can type any address.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from wagtail.models import Page, Site

from folkmoot.accounts.audit import record
from folkmoot.publishing import mail
from folkmoot.publishing.clock import local
from folkmoot.publishing.following.access import CONFIRMING, may_confirm
from folkmoot.publishing.following.news import TOLD_KEPT
from folkmoot.publishing.following.parts import Followed
from folkmoot.publishing.following.tokens import Purpose, confirming_link, link
from folkmoot.publishing.models import Follower, Following, OutgoingMail, ToldNews

LETTERS = "publishing/following/mail"
FOLLOWER = "a follower"
# So that nobody can fill somebody else's mailbox from this site.
MOST_ASKS_A_DAY = 5
ASKED_JUST_NOW = timedelta(minutes=10)


class LinkExpiredError(ValueError):
    """What was asked cannot be confirmed any more."""


def ask_to_follow(email: str, followed: Followed | None, at: datetime) -> None:
    """Ask the owner of an address, by e-mail, whether they mean to follow something (None: all).

    Known or not, paused or not, each address is asked the same way. Asked again within ten
    minutes, or more than five times a day, nothing is sent; nobody is told so.
    """
    with transaction.atomic():
        follower, _ = Follower.objects.get_or_create(
            email__iexact=email, defaults={"email": email, "asked_at": at}
        )
        follower = Follower.objects.select_for_update().get(pk=follower.pk)
        following, is_new = Following.objects.get_or_create(
            follower=follower,
            page=followed.page if followed else None,
            part=followed.part if followed else "",
            defaults={"asked_at": at, "part_title": followed.part_title if followed else ""},
        )
        today = local(at).date()
        asks = follower.asks if follower.asks_on == today else 0
        if asks >= MOST_ASKS_A_DAY or not (is_new or following.asked_at <= at - ASKED_JUST_NOW):
            return
        follower.asks_on, follower.asks = today, asks + 1
        follower.save(update_fields=["asks_on", "asks"])
        following.asked_at = at
        following.save(update_fields=["asked_at"])
        context = {
            "followed": followed,
            "is_followed": following.confirmed_at is not None,
            "confirm": confirming_link(following),
            "manage": link(Purpose.MANAGE, follower),
            "days": CONFIRMING.days,
        }
        mail.send(follower.email, f"{LETTERS}/confirm", context)


def confirm_following(following: Following, at: datetime) -> Follower:
    """Follow a page from now on, as its follower confirmed; they are paused no longer.

    Raises LinkExpiredError where more than seven days have passed. Confirmed twice, nothing
    changes.
    """
    with transaction.atomic():
        follower = Follower.objects.select_for_update().get(pk=following.follower_id)
        if following.confirmed_at is not None:
            return follower
        if not may_confirm(following, at):
            raise LinkExpiredError("The link is older than seven days.")
        following.confirmed_at = at
        following.save(update_fields=["confirmed_at"])
        if follower.confirmed_at is None or follower.paused_at is not None:
            follower.digested_until = at
        follower.confirmed_at, follower.paused_at = follower.confirmed_at or at, None
        follower.save(update_fields=["confirmed_at", "paused_at", "digested_until"])
        _record("following confirmed", following.page, at)
    return follower


def change_following(
    follower: Follower,
    *,
    keep: Collection[int],
    every_days: int,
    is_paused: bool,
    at: datetime,
) -> bool:
    """Keep following what is in `keep` (keys of followings), as often as wished; True if any.

    False where nothing is left: the address is erased then. What happened in a pause is not told
    after it.
    """
    with transaction.atomic():
        confirmed = follower.followings.filter(confirmed_at__isnull=False).select_related("page")
        left = [each for each in confirmed if each.pk not in keep]
        if len(left) == confirmed.count():
            stop_following(follower, at)
            return False
        for each in left:
            each.delete()
            _record("following stopped", each.page, at)
        if follower.paused_at is not None and not is_paused:
            follower.digested_until = at
        follower.paused_at = (follower.paused_at or at) if is_paused else None
        follower.every_days = every_days
        follower.save(update_fields=["paused_at", "every_days", "digested_until"])
    return True


def stop_following(follower: Follower, at: datetime) -> None:
    """End everything that somebody follows, and erase their address and what waits to be sent."""
    with transaction.atomic():
        followings = follower.followings.select_related("page")
        stopped = [each.page for each in followings if each.confirmed_at is not None]
        OutgoingMail.objects.filter(
            to__iexact=follower.email, kind__startswith=f"{LETTERS}/"
        ).delete()
        follower.delete()
        for page in stopped:
            _record("following stopped", page, at)


def forget_unconfirmed(at: datetime) -> int:
    """Erase what nobody confirmed in seven days, and who follows nothing; return how many.

    What the site told long ago, and no longer tells, goes as well.
    """
    with transaction.atomic():
        asked = Following.objects.filter(confirmed_at__isnull=True, asked_at__lte=at - CONFIRMING)
        asked.delete()
        forgotten = Follower.objects.filter(followings__isnull=True)
        many = forgotten.count()
        forgotten.delete()
        if many:
            _record("followers never confirmed erased", None, at, erased=many)
        ToldNews.objects.filter(seen_at__lt=at - TOLD_KEPT).delete()
    return many


def _record(act: str, page: Page | None, at: datetime, **counted: int) -> None:
    """Add a line to the audit record of the page, or of the site, with how many follow it now."""
    on = page or Site.objects.filter(is_default_site=True).first()
    if on is None:
        return
    confirmed = Following.objects.filter(page=page, confirmed_at__isnull=False)
    followers = confirmed.values("follower").distinct().count()
    by = "the site" if counted else FOLLOWER
    record(act, on, at, by_name=by, after=counted or {"followers": followers})
