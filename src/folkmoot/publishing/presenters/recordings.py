"""A recorded message as a page prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.safestring import mark_safe
from wagtail.rich_text import expand_db_html

if TYPE_CHECKING:
    from folkmoot.publishing.models import Recording

POSTER = "fill-1280x720|format-jpeg"


def recording_shown(recording: Recording | None) -> dict[str, Any] | None:
    """Return what `components/recording.html` prints; None for one that is not published.

    `media` has the address and media type of a file kept here; `elsewhere` the name of another
    site and the address of the page of ours that loads its player; both are None where only the
    transcript is there.
    """
    if recording is None or not recording.live:
        return None
    media = recording.media_file
    player = recording.player
    return {
        "title": recording.title,
        "speaker": recording.speaker,
        "recorded_on": recording.recorded_on,
        "minutes": recording.minutes,
        "media": {
            "url": media.url,
            "media_type": media.content_type,
            "is_video": media.type.family == "video",
            "captions": recording.captions.url if recording.captions else "",
            "poster": recording.poster.get_rendition(POSTER).url if recording.poster else "",
        }
        if media
        else None,
        "elsewhere": {"name": player[0], "url": recording.player_address} if player else None,
        "transcript": mark_safe(expand_db_html(recording.transcript)),
    }
