"""What is held of somebody who follows pages, and e-mails that wait to be sent to them."""

from __future__ import annotations

from datetime import datetime

from folkmoot.publishing.acts.following import stop_following
from folkmoot.publishing.clock import local
from folkmoot.publishing.following.parts import followed_by
from folkmoot.publishing.models import Follower, OutgoingMail
from folkmoot.publishing.personal import Held, Holder, Subject, register_holder

NAME = "Following by e-mail"


def register() -> None:
    """Say what this room holds of a person."""
    register_holder(Holder(NAME, find, erase))


def find(subject: Subject) -> list[Held]:
    """Return what somebody follows, and which e-mails wait to be sent to them."""
    if not subject.email:
        return []
    found = []
    followers = Follower.objects.filter(email__iexact=subject.email)
    for follower in followers.prefetch_related("followings__page"):
        titles = [followed_by(each) for each in follower.followings.all()]
        pages = [each.title if each else "The whole site" for each in titles]
        fields = (
            ("E-mail address", follower.email),
            ("Asked on", f"{local(follower.asked_at):%-d %B %Y}"),
            ("How often", follower.get_every_days_display()),
            ("Follows", "; ".join(pages)),
        )
        found.append(Held("A follower of pages", fields))
    for mail in OutgoingMail.objects.filter(to__iexact=subject.email):
        waiting = (("E-mail address", mail.to), ("Subject", mail.subject), ("Text", mail.text))
        found.append(Held("An e-mail that waits to be sent", waiting))
    return found


def erase(subject: Subject, at: datetime) -> dict[str, int]:
    """Erase their address and what they follow, and e-mails that wait."""
    if not subject.email:
        return {}
    mails, _ = OutgoingMail.objects.filter(to__iexact=subject.email).delete()
    followers = list(Follower.objects.filter(email__iexact=subject.email))
    for follower in followers:
        stop_following(follower, at)
    return {"followers": len(followers), "e-mails that waited": mails}
