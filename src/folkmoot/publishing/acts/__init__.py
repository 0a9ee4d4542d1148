"""Writes to what every site has: its front page, what is scheduled, and who follows it."""

from folkmoot.publishing.acts.following import (
    LinkExpiredError,
    ask_to_follow,
    change_following,
    confirm_following,
    forget_unconfirmed,
    stop_following,
)
from folkmoot.publishing.acts.scheduled import PublicationError, publish_due
from folkmoot.publishing.acts.site import begin_site

__all__ = [
    "LinkExpiredError",
    "PublicationError",
    "ask_to_follow",
    "begin_site",
    "change_following",
    "confirm_following",
    "forget_unconfirmed",
    "publish_due",
    "stop_following",
]
