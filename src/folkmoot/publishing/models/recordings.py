"""A recorded message: the words always, the picture and sound where there are any."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, RevisionMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from folkmoot.publishing.models.files import without_lost_files

# The player of a site that shows videos, from the address of a video there. Only players are
# named here whose makers offer one without advertising cookies.
PLAYERS = (
    (
        re.compile(
            r"https://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:.*&)?v=|embed/|live/)|youtu\.be/"
            r"|www\.youtube-nocookie\.com/embed/)([\w-]{11})(?:[?&#].*)?"
        ),
        "YouTube",
        "https://www.youtube-nocookie.com",
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    (
        re.compile(r"https://(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d+)(?:[?#].*)?"),
        "Vimeo",
        "https://player.vimeo.com",
        "https://player.vimeo.com/video/{}?dnt=1",
    ),
)


@register_snippet
class Recording(DraftStateMixin, RevisionMixin, index.Indexed, models.Model):
    """A message that somebody recorded, on video or as sound, with what is said as text."""

    title = models.CharField(max_length=120, help_text="Such as: A message from the deputy mayor.")
    speaker = models.CharField(max_length=120, blank=True)
    recorded_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Its length, rounded up."
    )
    media_file = models.ForeignKey(
        "publishing.UploadedFile",
        verbose_name="video or sound",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="MP4 or WebM for a video, MP3 for sound.",
    )
    captions = models.ForeignKey(
        "publishing.UploadedFile",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="A WebVTT file (.vtt): what is said and heard, for somebody who cannot hear it.",
    )
    poster = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name="picture before it plays",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    elsewhere_url = models.URLField(
        "address on YouTube or Vimeo",
        blank=True,
        help_text="Only where the file is not kept here. It loads once a visitor agrees.",
    )
    transcript = RichTextField(
        features=["h3", "bold", "ol", "ul", "link"],
        help_text="All that is said, word for word. It always stands on the page.",
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("title", "speaker", "recorded_on", "minutes")],
            "The message",
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("media_file", "captions", "poster", "elsewhere_url")],
            "Video or sound",
        ),
        FieldPanel("transcript"),
        PublishingPanel(),
    ]
    search_fields = [index.SearchField("title"), index.SearchField("transcript")]

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(media_file__isnull=True) | models.Q(elsewhere_url=""),
                name="recording_has_one_place",
                violation_error_message=(
                    "A recording is kept here or elsewhere, not both: "
                    "take out the file or the address."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Recording:
        """Return a recording as a draft keeps it, without files that were deleted since."""
        kept = without_lost_files(data, "media_file", "captions") if check_fks else data
        made: Recording = super().from_serializable_data(kept, check_fks, strict_fks)
        return made

    @property
    def player(self) -> tuple[str, str, str] | None:
        """Name of the site, its host with scheme, and the address of its player; None if none."""
        for pattern, name, host, address in PLAYERS:
            if found := pattern.fullmatch(self.elsewhere_url):
                return name, host, address.format(found[1])
        return None

    @property
    def player_address(self) -> str:
        """Address of this site's page that loads the player of the other site."""
        return reverse("recording", args=[self.pk])

    def clean(self) -> None:
        """Refuse a video without captions, files of the wrong type, and addresses unknown."""
        super().clean()
        wrong: dict[str, Any] = {}
        family = self.media_file.type.family if self.media_file else ""
        if self.media_file and family not in ("video", "audio"):
            wrong["media_file"] = (
                f"“{self.media_file.title}” is a {self.media_file.type.words} file: "
                "choose a video (MP4 or WebM) or sound (MP3)."
            )
        if self.captions and self.captions.kind != "vtt":
            wrong["captions"] = (
                f"“{self.captions.title}” is a {self.captions.type.words} file: "
                "choose captions in WebVTT (.vtt)."
            )
        elif family == "video" and not self.captions:
            wrong["captions"] = (
                "A video needs captions for people who cannot hear it: upload a .vtt file."
            )
        if self.elsewhere_url and self.player is None:
            wrong["elsewhere_url"] = (
                "This address is not that of a video on YouTube or Vimeo: copy the address of "
                "the video’s own page there, or upload the video here."
            )
        if wrong:
            raise ValidationError(wrong)
