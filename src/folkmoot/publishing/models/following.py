"""People who follow pages by e-mail, what they follow, and what the site has told already."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models.functions import Lower
from wagtail.models import Page


def new_key() -> str:
    """Return a random name for a follower, which links are signed with (see following.tokens)."""
    return secrets.token_urlsafe(18)


class Follower(models.Model):
    """Somebody's e-mail address, kept for as long as they follow something and no longer.

    `digested_until` is the instant up to which they were told everything; `digested_on` the day
    of their last digest. `asks` counts today's confirmation e-mails, of which few are sent.
    """

    class Every(models.IntegerChoices):
        DAY = 1, "Once a day at most"
        WEEK = 7, "Once a week at most"

    email = models.EmailField()
    key = models.CharField(max_length=40, unique=True, default=new_key)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    every_days = models.PositiveSmallIntegerField(choices=Every, default=Every.DAY)
    paused_at = models.DateTimeField(null=True, blank=True)
    digested_until = models.DateTimeField(null=True, blank=True)
    digested_on = models.DateField(null=True, blank=True)
    asks_on = models.DateField(null=True, blank=True)
    asks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_follower_per_email_whatever_case"),
            models.CheckConstraint(
                condition=models.Q(every_days__in=[1, 7]), name="digest_every_day_or_week"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True)
                | models.Q(digested_until__isnull=False),
                name="confirmed_follower_is_told_from_an_instant_on",
            ),
        ]
        indexes = [models.Index(fields=["digested_until"], name="follower_digested_until")]

    def __str__(self) -> str:
        # Never the address: this stands in the audit record.
        return "a follower"


class Following(models.Model):
    """One page that a follower asked to follow, or the whole site where there is no page.

    `part` is the last step of the address of a part that has news of its own, such as a measure
    of a dashboard; empty for all of the page.
    """

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="followings")
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    part = models.SlugField(max_length=80, blank=True, default="")
    part_title = models.CharField(max_length=160, blank=True, default="")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        # Their counts are what the admin shows; see following.access.
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "page", "part"], name="a_page_is_followed_once"
            ),
            models.UniqueConstraint(
                fields=["follower"],
                condition=models.Q(page__isnull=True),
                name="the_site_is_followed_once",
            ),
        ]

    def __str__(self) -> str:
        return "a page that is followed" if self.page_id else "the whole site, followed"


class ToldNews(models.Model):
    """A piece of news, by the digest of its key, and the instant at which the site saw it first.

    What counts as new to a follower goes by that instant, whatever day an editor gave the news.
    """

    key = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key[:12]
