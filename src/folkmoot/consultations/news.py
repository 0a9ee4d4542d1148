"""What has happened in consultations, as feeds and letters tell it: never what is still to come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.utils.text import Truncator, slugify
from django.utils.timezone import get_default_timezone, make_aware
from wagtail.rich_text import get_text_for_indexing

from folkmoot.consultations import timeline
from folkmoot.consultations.models import ClosingChange, Consultation, Update
from folkmoot.publishing.addresses import host
from folkmoot.publishing.clock import local
from folkmoot.publishing.feeds import Entry
from folkmoot.publishing.visibility import public_pages

if TYPE_CHECKING:
    from wagtail.models import Site

MOST_ENTRIES = 50
WORDS_OF_AN_ANSWER = 80


def public_consultations(site: Site, at: datetime) -> list[Consultation]:
    """Return the consultations of a site that the public may see, newest opening first."""
    public = public_pages(site, at).values("pk")
    return list(Consultation.objects.filter(pk__in=public).order_by("-opens_at", "-pk"))


def news(consultations: Sequence[Consultation], at: datetime) -> list[Entry]:
    """Return what happened in consultations by an instant, newest first, 50 entries at most.

    Openings, moved closings, closings, updates and answers. Two queries however many there are.
    """
    by_key = {each.pk: each for each in consultations}
    updates = Update.objects.filter(consultation__in=by_key, on__lte=local(at).date())
    changes = ClosingChange.objects.filter(consultation__in=by_key, at__lte=at)
    entries = [
        *(entry for each in consultations for entry in _turns(each, at)),
        *(_change(by_key[each.consultation_id], each) for each in changes),
        *_updates(by_key, updates.order_by("-on", "sort_order", "pk")[:MOST_ENTRIES]),
    ]
    entries.sort(key=lambda entry: (entry.at, entry.name), reverse=True)
    return entries[:MOST_ENTRIES]


def anchor(update: Update) -> str:
    """Return the fragment at which a consultation's page shows an update.

    Made of its day and title, as the keys of a page's parts change when it is published again.
    """
    return f"update-{update.on:%Y-%m-%d}-{slugify(update.title)[:60] or _digest(update.title)}"


def _turns(consultation: Consultation, at: datetime) -> Iterator[Entry]:
    """Give the opening, the closing and the answer of a consultation, once each has come."""
    title, url = consultation.title, consultation.url or ""
    closes = f"{_day(consultation.closes_at)} at {timeline.clock(consultation.closes_at)}"
    if consultation.opens_at <= at:
        yield Entry(
            name=_name(consultation, "opened"),
            title=f"Open: {title}",
            text=f"{consultation.summary} Take part until {closes}.".strip(),
            url=url,
            at=consultation.opens_at,
            kind="Opening",
        )
    if consultation.closes_at <= at:
        promised = consultation.answer_promised_on
        promise = f" An answer is promised by {timeline.day(promised)}." if promised else ""
        yield Entry(
            name=_name(consultation, "closed"),
            title=f"Closed: {title}",
            text=f"It closed on {closes}.{promise}",
            url=url,
            at=consultation.closes_at,
            kind="Closing",
        )
    if consultation.outcome_at is not None and consultation.outcome_at <= at:
        said = get_text_for_indexing(consultation.outcome).strip()
        yield Entry(
            name=_name(consultation, "answered"),
            title=f"Answered: {title}",
            text=Truncator(said).words(WORDS_OF_AN_ANSWER) or "The answer has been published.",
            url=url,
            at=consultation.outcome_at,
            kind="Outcome",
        )


def _change(consultation: Consultation, change: ClosingChange) -> Entry:
    after = f"{_day(change.after)} at {timeline.clock(change.after)}"
    return Entry(
        name=_name(consultation, f"closing-moved-{change.pk}"),
        title=f"New closing time: {consultation.title}",
        text=f"It closes on {after}. {change.reason}",
        url=consultation.url or "",
        at=change.at,
        kind="Closing",
    )


def _updates(by_key: dict[int, Consultation], updates: Iterable[Update]) -> Iterator[Entry]:
    for update in updates:
        consultation = by_key[update.consultation_id]
        yield Entry(
            name=_name(consultation, anchor(update)),
            title=f"{update.title}: {consultation.title}",
            text=get_text_for_indexing(update.text).strip(),
            url=f"{consultation.url}#{anchor(update)}",
            at=_first_instant(update),
            kind="Update",
        )


def _first_instant(update: Update) -> datetime:
    """Return the instant at which the day of an update begins in the body's time zone."""
    return make_aware(datetime.combine(update.on, time.min), get_default_timezone())


def _name(consultation: Consultation, what: str) -> str:
    """Return a name that lasts as long as the consultation's page (a tag URI, RFC 4151)."""
    return f"tag:{host()},2021:consultation/{consultation.pk}/{what}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _day(at: datetime) -> str:
    return timeline.day(local(at).date())
