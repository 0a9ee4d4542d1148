"""The checklist before a consultation opens: what the software sees, and what people vouch for.

Sources: R v Brent London Borough Council, ex parte Gunning (1985) 84 LGR 168, whose four
principles the Supreme Court endorsed in R (Moseley) v Haringey London Borough Council [2014]
UKSC 56; Cabinet Office, Consultation principles (2018); Equality Act 2010, section 149.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags

from folkmoot.consultations.calendar import warnings_between
from folkmoot.consultations.models import (
    ChecklistTick,
    Consultation,
    EqualityImpactAssessment,
    State,
)
from folkmoot.consultations.timeline import day, last_day
from folkmoot.publishing.clock import local
from folkmoot.publishing.models import DocumentFormat
from folkmoot.publishing.presenters.documents import documents_of

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR = timedelta(days=14)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
EMAIL_OR_TELEPHONE = re.compile(r"[\w.+-]+@[\w.-]+\.\w+|\b0[\d ]{8,}\d\b|\+\d[\d ]{8,}\d\b")
LINKED = re.compile(r'href="(?:mailto|tel):([^"?]+)')


class Group(Enum):
    """What a line of the checklist is about; the value is the heading above it."""

    FORMATIVE = "The proposals are still at a formative stage"
    INFORMATION = "People have enough information"
    TIME = "People have adequate time"
    CONSIDERATION = "What they say will be conscientiously considered"
    EQUALITY = "Everybody can take part"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the software saw: met, wanting, or (None) a matter that only a person can judge."""

    is_met: bool | None
    seen: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the checklist, and how the software looks at it.

    `look` is given the newest draft of the page.
    """

    key: str
    group: Group
    title: str
    look: Callable[[Consultation], Finding]
    order: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a line stands: what was seen, and who vouches for it."""

    line: Line
    finding: Finding
    tick: ChecklistTick | None

    @property
    def title(self) -> str:
        """The line's own words."""
        return self.line.title

    @property
    def seen_to(self) -> bool:
        """Whether the software can see by itself that the line is met."""
        return self.finding.is_met is True

    @property
    def is_wanting(self) -> bool:
        """Whether the software can see that something is missing."""
        return self.finding.is_met is False

    @property
    def is_open(self) -> bool:
        """Whether neither the software nor a person says that the line is met."""
        return not self.seen_to and self.tick is None


_LINES: dict[str, Line] = {}


def register_line(line: Line) -> None:
    """Add a line; a higher room does so in `AppConfig.ready()`. The same key replaces a line."""
    _LINES[line.key] = line


def lines() -> list[Line]:
    """Return the lines in the order of their groups, and of their `order` within one."""
    groups = list(Group)
    return sorted(_LINES.values(), key=lambda line: (groups.index(line.group), line.order))


def standings(consultation: Consultation) -> list[Standing]:
    """Return where each line stands for the newest draft of a consultation."""
    draft = consultation.get_latest_revision_as_object()
    ticks = {tick.line: tick for tick in consultation.checklist_ticks.select_related("by")}
    return [Standing(line, line.look(draft), ticks.get(line.key)) for line in lines()]


def standing_of(consultation: Consultation, key: str) -> Standing | None:
    """Return where one line stands; None for a line that there is not."""
    return next((each for each in standings(consultation) if each.line.key == key), None)


def opens_soon(consultation: Consultation, at: datetime) -> bool:
    """Whether a consultation is to open within 14 days."""
    return consultation.state(at) is State.COMING and consultation.opens_at - at <= NEAR


def _formative(draft: Consultation) -> Finding:
    plan = draft.statutory_plan
    if plan.stage == plan.Stage.PUBLISHED:
        return Finding(
            False, f"The plan “{plan.title}” is published: nothing is left to be formed."
        )
    return Finding(None, f"The plan “{plan.title}” is at the stage “{plan.get_stage_display()}”.")


def _texts(draft: Consultation) -> Finding:
    names = {
        "background": "the background",
        "challenge": "the challenge",
        "what_to_share": "what people can share",
    }
    missing = [words for name, words in names.items() if not written(getattr(draft, name))]
    if missing:
        return Finding(False, f"Not written yet: {', '.join(missing)}.")
    return Finding(True, "The background, the challenge and what people can share are written.")


def _documents(draft: Consultation) -> Finding:
    listed = _listed_at_opening(draft)
    if not listed:
        return Finding(False, f"No document is listed on {_opening(draft)}, when it opens.")
    titles = ", ".join(f"“{title}”" for title in dict.fromkeys(each["title"] for each in listed))
    return Finding(True, f"Listed on the day it opens: {titles}.")


def _enough(draft: Consultation) -> Finding:
    return Finding(
        None, "Read the page as somebody who knows nothing of it: reasons, options, what is open."
    )


def _time(draft: Consultation) -> Finding:
    cautions = warnings_between(draft.opens_at, draft.closes_at)
    if cautions:
        return Finding(False, " ".join(caution.sentence for caution in cautions))
    days = (last_day(draft.closes_at) - local(draft.opens_at).date()).days + 1
    return Finding(
        True, f"{days} days, across no public holiday on a working day and no pre-election period."
    )


def _considered(draft: Consultation) -> Finding:
    promised_on = draft.answer_promised_on
    by = f"An answer is promised by {day(promised_on)}. " if promised_on else ""
    if not written(draft.what_happens_next):
        return Finding(False, f"{by}“What happens next” is not written yet.")
    return Finding(None, f"{by}“What happens next” is written: read whether it says who decides.")


def _equality(draft: Consultation) -> Finding:
    near = EqualityImpactAssessment.objects.live().order_by("-version")
    found = near.child_of(draft).first() or near.child_of(draft.statutory_plan).first()
    if found is None:
        return Finding(
            False, "No equality impact assessment is published below this page or the plan."
        )
    count = found.impacts.count()
    groups = f"{count} protected characteristic{'' if count == 1 else 's'}"
    return Finding(
        count > 0,
        f"“{found.title}”, version {found.version} of {day(found.assessed_on)}: {groups}.",
    )


def _easy_read(draft: Consultation) -> Finding:
    easy = [
        document["title"]
        for document in _listed_at_opening(draft)
        if any(each["kind"] == DocumentFormat.Kind.EASY_READ for each in document["formats"])
    ]
    if not easy:
        return Finding(False, "No document in easy read is listed on the day it opens.")
    return Finding(True, f"“{easy[0]}” is there in easy read.")


def _contact(draft: Consultation) -> Finding:
    found = [*EMAIL_OR_TELEPHONE.findall(_plain(draft.contact)), *LINKED.findall(draft.contact)]
    if not found:
        return Finding(False, "“Contact” gives no e-mail address and no telephone number.")
    return Finding(True, f"“Contact” gives {found[0]}.")


def _paper(draft: Consultation) -> Finding:
    text = f"{_plain(draft.contact)} {_plain(draft.formats_and_languages)}"
    found = POSTCODE.search(text)
    if found is None:
        return Finding(
            False, "Neither “Contact” nor “Formats and languages” gives a postal address."
        )
    return Finding(
        None, f"An address at {found.group()} is given: are paper forms there, and sent on request?"
    )


def _privacy(draft: Consultation) -> Finding:
    if not written(draft.how_we_use_answers):
        return Finding(False, "“How we use your data” is not written yet.")
    return Finding(True, "“How we use your data” is written.")


def written(html: str) -> bool:
    """Whether rich text says anything."""
    return bool(_plain(html))


def _plain(html: str) -> str:
    return strip_tags(html.replace("<", " <").replace("&nbsp;", " ")).strip()


def _opening(draft: Consultation) -> str:
    return day(local(draft.opens_at).date())


def _listed_at_opening(draft: Consultation) -> Sequence[dict[str, Any]]:
    return documents_of(draft, draft.opens_at)


def _own_lines() -> Iterator[Line]:
    yield Line("formative", Group.FORMATIVE, "Nothing that we ask about is decided yet", _formative)
    yield Line("texts", Group.INFORMATION, "The page says what it is about", _texts, 10)
    yield Line(
        "documents", Group.INFORMATION, "The documents are there from the start", _documents, 20
    )
    yield Line(
        "information",
        Group.INFORMATION,
        "They can be understood, and answered with reasons, by people who know nothing of it",
        _enough,
        30,
    )
    yield Line("time", Group.TIME, "The time is long enough, and not at a bad time", _time)
    yield Line(
        "consideration",
        Group.CONSIDERATION,
        "It is settled who reads the answers, and how they reach those who decide",
        _considered,
    )
    yield Line(
        "equality", Group.EQUALITY, "An equality impact assessment is attached", _equality, 10
    )
    yield Line("easy-read", Group.EQUALITY, "An easy read version is there", _easy_read, 20)
    yield Line("contact", Group.EQUALITY, "People can write to or call somebody", _contact, 30)
    yield Line("paper", Group.EQUALITY, "People can take part on paper", _paper, 40)
    yield Line(
        "privacy", Group.EQUALITY, "People are told what happens to their data", _privacy, 50
    )


for _line in _own_lines():
    register_line(_line)
