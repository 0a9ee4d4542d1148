"""Workshop: one session, its page, and where it stands by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from folkmoot.publishing.addresses import absolute
from folkmoot.publishing.models import RICH_TEXT, BasePage
from folkmoot.workshops.editing import WorkshopForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from folkmoot.consultations.models import Consultation


class Session(Enum):
    """Where a session stands by the clock; the value is the wording shown to the public."""

    COMING = "Coming up"
    NOW = "Happening now"
    OVER = "Happened"
    CALLED_OFF = "Called off"


class Workshop(RoutablePageMixin, BasePage):
    """An activity of a consultation: people talk to each other and to the body, at a set time.

    The joining link is no field of the page: what is no part of it cannot come into its source,
    its history, its search or the audit record (see `JoiningLink`).
    """

    class Held(models.TextChoices):
        ONLINE = "online", "Online"
        PLACE = "place", "In a place"

    asks = models.TextField(
        "what it asks of you",
        max_length=400,
        help_text="One or two plain sentences, such as: Talk about two questions in small groups.",
    )
    starts_at = models.DateTimeField("starts", db_index=True)
    ends_at = models.DateTimeField("ends")
    outside_because = models.CharField(
        "why it is outside the consultation's dates",
        max_length=200,
        blank=True,
        help_text="Needed only where it is; shown to the public.",
    )
    held = models.CharField("held", max_length=10, choices=Held, default=Held.ONLINE)
    address = models.TextField(
        max_length=400, blank=True, help_text="Needed in a place: building, street, postcode."
    )
    capacity = models.PositiveSmallIntegerField(
        "how many people it has room for",
        validators=[
            MinValueValidator(1, "A workshop has room for at least one person: write 1 or more.")
        ],
    )
    joins_from_minutes = models.PositiveSmallIntegerField(
        "minutes before the start at which people may join", default=30
    )
    access_notes = RichTextField(
        "access",
        features=RICH_TEXT,
        blank=True,
        help_text="Step-free ways, captions, signing, how to ask for something else.",
    )
    consent = RichTextField(
        features=RICH_TEXT,
        help_text="What the body does with names, addresses and what is said; kept with each.",
    )
    erase_after_days = models.PositiveSmallIntegerField(
        "days after the session at which registrations are erased", default=90
    )
    called_off_because = models.CharField(
        "called off, because",
        max_length=200,
        blank=True,
        help_text="Written here, everybody with a place is told, and nobody can register.",
    )
    said = RichTextField(
        "what was said",
        features=RICH_TEXT,
        blank=True,
        help_text="A short summary for the public, shown once the session is over.",
    )

    base_form_class = WorkshopForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("asks"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("starts_at", "ends_at", "outside_because")], "When"
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("held", "address", "access_notes")], "Where"
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("capacity", "joins_from_minutes", "consent", "erase_after_days")
            ],
            "Registration",
        ),
        MultiFieldPanel([FieldPanel("said"), FieldPanel("called_off_because")], "What came of it"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("asks"),
        index.SearchField("said"),
        index.FilterField("starts_at"),
    ]
    parent_page_types = ["consultations.Consultation"]
    subpage_types: list[str] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="workshop_ends_after_it_starts",
                violation_error_message=(
                    "The workshop ends before it starts: choose an end after its start."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1),
                name="workshop_has_room_for_someone",
                violation_error_message=(
                    "A workshop has room for at least one person: write 1 or more."
                ),
            ),
        ]

    @path("")
    def about(self, request: HttpRequest) -> HttpResponse:
        """Say what the session asks, when and where it is, and let people register."""
        from folkmoot.workshops import views

        return views.about(request, self)

    @path("register/")
    def register(self, request: HttpRequest) -> HttpResponse:
        """Ask for a name and an address, and give a place."""
        from folkmoot.workshops import views

        return views.register(request, self)

    @path("registered/")
    def registered(self, request: HttpRequest) -> HttpResponse:
        """Say that an e-mail is on its way."""
        from folkmoot.workshops import views

        return views.registered(request, self)

    @path("calendar/")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """Send the session as a calendar file."""
        from folkmoot.workshops import views

        return views.calendar(request, self)

    @path("place/<str:key>/")
    def place(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show somebody their own place, and near the time how to join."""
        from folkmoot.workshops import views

        return views.place(request, self, key)

    @path("place/<str:key>/cancel/")
    def cancel(self, request: HttpRequest, key: str) -> HttpResponse:
        """Ask whether to give a place back; on a post do it."""
        from folkmoot.workshops import views

        return views.cancel(request, self, key)

    @cached_property
    def consultation(self) -> Consultation:
        """The consultation that the workshop belongs to."""
        parent: Consultation = self.get_parent().specific
        return parent

    @property
    def is_online(self) -> bool:
        """Whether people join by a link."""
        return self.held == self.Held.ONLINE

    @property
    def where(self) -> str:
        """Where the session is, in one line."""
        lines = [line.strip() for line in self.address.splitlines() if line.strip()]
        return "Online" if self.is_online else ", ".join(lines)

    @property
    def joins_from(self) -> datetime:
        """The instant from which people may join and are ticked off at the door."""
        return self.starts_at - timedelta(minutes=self.joins_from_minutes)

    @property
    def erased_from(self) -> datetime:
        """The instant from which registrations are due to be erased."""
        return self.ends_at + timedelta(days=self.erase_after_days)

    def session(self, at: datetime) -> Session:
        """Return where the session stands at an instant; at its end it is over."""
        if self.called_off_because:
            return Session.CALLED_OFF
        if at < self.starts_at:
            return Session.COMING
        return Session.NOW if at < self.ends_at else Session.OVER

    def place_url(self, key: str) -> str:
        """Return the whole address of somebody's own page."""
        return absolute(f"{self.url}place/{key}/")

    def structured(self, at: datetime) -> list[dict[str, Any]]:
        """Return the session as an Event of schema.org."""
        from folkmoot.workshops import dates

        return dates.event(self, at)

    def seconds_unchanged(self, at: datetime) -> int | None:
        """Return how long the page stays as it is: until the session begins or ends."""
        ahead = (self.starts_at, self.ends_at)
        return min((int((each - at).total_seconds()) for each in ahead if each > at), default=None)
