"""Answers read by people: claimed, coded, taken back, resolved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.publishing.purging import count_changed
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.settling import settle
from folkmoot.themes.coding import Order, to_be_read
from folkmoot.themes.models import AssignedTheme, Assignment, Claim, CodeFrame, Coding, Theme
from folkmoot.themes.quoting import Span, find_words

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

# An answer is somebody's for so long; then it is offered to others again.
CLAIMED = timedelta(minutes=10)
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody found in an answer, as it was typed or ticked.

    `quotation` is words of the answer, `near` the place at which they were marked, if known.
    """

    themes: tuple[int, ...] = ()
    status: str = ""
    quotation: str = ""
    near: int | None = None
    is_flagged: bool = False
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ticked or typed."""
        return self == Found(near=self.near)


def claim_next(
    frame: CodeFrame,
    coder: User,
    at: datetime,
    *,
    many: int = 1,
    order: Order = Order.BEST,
    left: Collection[int] = (),
) -> list[Assignment]:
    """Return the next answers for somebody to read, claimed for them for ten minutes.

    Those that they had before them come first. `left` are those they left for later. Nobody else
    has one of them before them, and none was read by them.
    """
    with transaction.atomic():
        Claim.objects.filter(until__lte=at).delete()
        Claim.objects.filter(coder=coder, assignment__in=left).delete()
        found = to_be_read(frame, coder, many, order, left)
        until = at + CLAIMED
        claims = [Claim(assignment=each, coder=coder, until=until) for each in found]
        # Who was faster by a moment has it.
        Claim.objects.bulk_create(claims, ignore_conflicts=True)
        own = Claim.objects.filter(assignment__in=found, coder=coder)
        own.update(until=until)
        kept = set(own.values_list("assignment_id", flat=True))
    return [each for each in found if each.pk in kept]


def claim_answer(assignment: Assignment, coder: User, at: datetime) -> Found:
    """Claim one answer for somebody who chose it, and return what they found in it before, if so.

    Raises ThemesError where they cannot read it: others have, or somebody has it before them now.
    """
    with transaction.atomic():
        locked = _locked(assignment)
        own = Coding.objects.filter(assignment=locked, coder=coder).exclude(
            round=Coding.Round.RESOLVED
        )
        coding = own.first()
        if locked.status == Assignment.Status.EMPTY:
            raise ThemesError("This answer says nothing: there is nothing to code.")
        if locked.by == Assignment.By.RESOLVED:
            raise ThemesError("This answer has been resolved: what stands of it is decided.")
        if coding is None and locked.readings >= 2:
            raise ThemesError("Two others have read this answer: here is the next one.")
        Claim.objects.filter(assignment=locked, until__lte=at).delete()
        claim, _ = Claim.objects.get_or_create(
            assignment=locked, defaults={"coder": coder, "until": at + CLAIMED}
        )
        if claim.coder_id != coder.pk:
            raise ThemesError("Somebody has this answer before them now: here is the next one.")
        claim.until = at + CLAIMED
        claim.save(update_fields=["until"])
        return found_in(coding) if coding else Found()


def code_answer(assignment: Assignment, coder: User, found: Found, at: datetime) -> Coding:
    """Keep what somebody found in an answer; a second time it changes what they found before.

    Raises ThemesError for what cannot be kept, and where two others have read it meanwhile.
    """
    with transaction.atomic():
        locked = _locked(assignment)
        status, themes, span = _checked(locked, found)
        own = Coding.objects.filter(assignment=locked, coder=coder).exclude(
            round=Coding.Round.RESOLVED
        )
        coding = own.first()
        if coding is None:
            coding = Coding(assignment=locked, coder=coder, round=_free_round(locked))
        elif locked.by == Assignment.By.RESOLVED:
            raise ThemesError(
                "This answer has been resolved since you read it: what you found is kept as it was."
            )
        _keep(coding, status, themes, span, found, at)
        Claim.objects.filter(assignment=locked, coder=coder).delete()
    return coding


def take_back(coding: Coding, by: User, at: datetime) -> Found:
    """Take back what somebody found last, claim the answer for them again, and return it.

    Raises ThemesError where it is not theirs, or has been resolved since.
    """
    with transaction.atomic():
        locked = _locked(coding.assignment)
        if coding.coder_id != by.pk or coding.round == Coding.Round.RESOLVED:
            raise ThemesError("Only your own reading can be taken back.")
        if locked.by == Assignment.By.RESOLVED:
            raise ThemesError("This answer has been resolved since: it cannot be taken back.")
        found = found_in(coding)
        record("coding taken back", coding, at, by=by, before=_told(coding))
        coding.delete()
        settle([locked.pk])
        count_changed()
        Claim.objects.update_or_create(
            assignment=locked, defaults={"coder": by, "until": at + CLAIMED}
        )
    return found


def resolve(assignment: Assignment, by: User, found: Found, at: datetime) -> Coding:
    """Decide what stands of an answer in which two people differ; again, to change it.

    Raises ThemesError for what cannot be kept, and for an answer that nobody disputes.
    """
    with transaction.atomic():
        locked = _locked(assignment)
        coding = Coding.objects.filter(assignment=locked, round=Coding.Round.RESOLVED).first()
        if coding is None and not locked.in_dispute:
            raise ThemesError("Nobody differs on this answer any more: there is nothing to do.")
        status, themes, span = _checked(locked, found)
        if coding is None:
            coding = Coding(assignment=locked, round=Coding.Round.RESOLVED)
        coding.coder = by
        _keep(coding, status, themes, span, found, at)
    return coding


def found_in(coding: Coding) -> Found:
    """Return a reading as a form shows it; a merged theme as the one in its place."""
    mentions = coding.mentions.select_related("theme").order_by("place")
    text = coding.assignment.answer.text
    near, end = coding.quote_start, coding.quote_end
    return Found(
        themes=tuple(dict.fromkeys(each.theme.root_id for each in mentions)),
        status="" if coding.status == Coding.Status.ASSIGNED else coding.status,
        quotation="" if near is None or end is None else text[near:end],
        near=near,
        is_flagged=coding.is_flagged,
        note=coding.note,
    )


def _keep(
    coding: Coding,
    status: str,
    themes: list[Theme],
    span: Span | None,
    found: Found,
    at: datetime,
) -> None:
    before = _told(coding) if coding.pk else None
    coding.status, coding.at = status, at
    coding.quote_start, coding.quote_end = span or (None, None)
    coding.is_flagged, coding.note = found.is_flagged, found.note.strip()
    coding.save()
    coding.mentions.all().delete()
    AssignedTheme.objects.bulk_create(
        AssignedTheme(
            assignment_id=coding.assignment_id,
            coding=coding,
            theme=theme,
            place=place,
            stands=False,
        )
        for place, theme in enumerate(themes, 1)
    )
    settle([coding.assignment_id])
    act = "answer resolved" if coding.round == Coding.Round.RESOLVED else "answer coded"
    record(act, coding, at, by=coding.coder, before=before, after=_told(coding))
    count_changed()


def _told(coding: Coding) -> dict[str, Any]:
    """Return a reading as the audit record keeps it: nothing of what the answer says."""
    themes = coding.mentions.order_by("place").values_list("theme__label", flat=True)
    return {"status": coding.status, "themes": list(themes), "flag": coding.is_flagged}


def _checked(assignment: Assignment, found: Found) -> tuple[str, list[Theme], Span | None]:
    """Return status, themes and the place of the quotation; raises ThemesError."""
    if assignment.status == Assignment.Status.EMPTY:
        raise ThemesError("This answer says nothing: there is nothing to code.")
    if len(found.note) > LONGEST_NOTE:
        raise ThemesError(
            f"The note has {len(found.note)} characters: write it in at most {LONGEST_NOTE}."
        )
    themes = _themes(assignment, found.themes)
    others = (Coding.Status.NONE, Coding.Status.CANNOT_TELL)
    if found.status and found.status not in others:
        raise ThemesError("Choose themes, “none of these” or “cannot tell”.")
    if themes and found.status:
        raise ThemesError("Choose either themes, or “none of these”, or “cannot tell”.")
    if not themes and not found.status:
        raise ThemesError(
            "Choose at least one theme, or “none of these”, or “cannot tell”: every answer is "
            "accounted for."
        )
    span = find_words(assignment.answer.text, found.quotation, found.near)
    if found.quotation.strip() and span is None:
        raise ThemesError(
            "These words do not stand in the answer: copy a quotation as it was written."
        )
    return found.status or Coding.Status.ASSIGNED, themes, span


def _themes(assignment: Assignment, keys: Collection[int]) -> list[Theme]:
    """Return themes in the order chosen; one merged meanwhile is the one in its place."""
    offered = Theme.objects.filter(frame=assignment.frame_id, pk__in=keys)
    by_key = {theme.pk: theme.root for theme in offered.select_related("stands_in")}
    if unknown := [key for key in keys if key not in by_key]:
        raise ThemesError(f"Theme {unknown[0]} is not of this question: choose those offered.")
    return list({by_key[key].pk: by_key[key] for key in keys}.values())


def _locked(assignment: Assignment) -> Assignment:
    found = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("answer", "frame")
        .get(pk=assignment.pk)
    )
    if not found.frame.is_current:
        raise ThemesError(
            "The answers have been read again since you opened this: what was coded before is "
            "carried over, this reading is not. Open the coding screen again."
        )
    return found


def _free_round(assignment: Assignment) -> str:
    """Return which reading a new one is. An unplanned second one is kept as well."""
    taken = set(Coding.objects.filter(assignment=assignment).values_list("round", flat=True))
    for round_ in (Coding.Round.FIRST, Coding.Round.SECOND):
        if round_ not in taken:
            return round_
    raise ThemesError("Two others have read this answer since you opened it: take the next one.")
