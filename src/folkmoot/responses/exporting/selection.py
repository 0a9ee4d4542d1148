"""What is exported: which responses, and which of their columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from folkmoot.consultations.models import Consultation, Respondent
from folkmoot.responses.models import Channel, Response

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from folkmoot.responses.models import Survey


@dataclass(frozen=True, slots=True)
class Selection:
    """Which responses are exported, and how.

    Empty `questions`, `channels` or `kind` mean all. `since` and `until` are days in the body's
    time zone, both included. `in_words` gives the wording of an option in place of its code,
    `with_files` the files that were sent beside the table.
    """

    questions: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    kind: str = ""
    since: date | None = None
    until: date | None = None
    in_words: bool = False
    with_files: bool = False

    def responses(self, of: Survey | Consultation) -> QuerySet[Response]:
        """Return the responses to a survey that stand and are chosen, in no order.

        Of a consultation they are those that answer none of its surveys.
        """
        found = Response.objects.standing()
        if isinstance(of, Consultation):
            found = found.filter(consultation=of, survey__isnull=True)
        else:
            found = found.filter(survey=of)
        if self.channels:
            found = found.filter(channel__in=self.channels)
        if self.kind:
            found = found.filter(respondent__kind=self.kind)
        if self.since:
            found = found.filter(submitted_at__gte=_midnight(self.since))
        if self.until:
            found = found.filter(submitted_at__lt=_midnight(self.until + timedelta(days=1)))
        return found

    def written(self) -> dict[str, Any]:
        """Return it as plain values, for the database and the audit record."""
        return {
            "questions": sorted(self.questions),
            "channels": sorted(self.channels),
            "kind": self.kind,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "in_words": self.in_words,
            "with_files": self.with_files,
        }


def read_selection(written: Mapping[str, Any]) -> Selection:
    """Return the selection that `Selection.written` wrote."""
    since, until = (written.get(name) for name in ("since", "until"))
    return Selection(
        questions=frozenset(written.get("questions", ())),
        channels=frozenset(written.get("channels", ())),
        kind=written.get("kind", ""),
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
        in_words=bool(written.get("in_words")),
        with_files=bool(written.get("with_files")),
    )


def _midnight(day: date) -> datetime:
    naive = datetime.combine(day, time.min)
    return timezone.make_aware(naive, timezone.get_default_timezone()).astimezone(UTC)


CHANNELS = dict(Channel.choices)
KINDS = dict(Respondent.Kind.choices)
