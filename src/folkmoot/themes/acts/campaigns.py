"""Campaigns reviewed by a person: confirmed, split, released; how their copies count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from folkmoot.accounts.audit import record
from folkmoot.publishing.purging import count_changed
from folkmoot.texts.wording import plain_text, words
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.models import Assignment, Campaign

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.responses.models import Answer

# What reading one more copy tells, against 0 for a copy in a campaign.
FREED_PRIORITY = 0.5


def confirm_campaign(campaign: Campaign, counting: str, by: User, at: datetime) -> Campaign:
    """Confirm that answers are one letter, and choose how they count in themes.

    Raises ThemesError for a way of counting that there is not, or a campaign of former themes.
    """
    if counting not in Campaign.Counting.values:
        raise ThemesError("Choose how its copies count: once, or by signatory.")
    with transaction.atomic():
        kept = _locked(campaign)
        before = {"standing": kept.standing, "counting": kept.counting}
        kept.standing, kept.counting = Campaign.Standing.CONFIRMED, counting
        kept.save(update_fields=["standing", "counting"])
        after = {"standing": kept.standing, "counting": kept.counting}
        record("campaign confirmed", kept, at, by=by, before=before, after=after)
    return kept


def release_campaign(campaign: Campaign, by: User, at: datetime) -> Campaign:
    """Say that answers are no campaign: each is an answer like every other.

    Which answers were in it stays known, so that confirming it again takes this back.
    """
    with transaction.atomic():
        kept = _locked(campaign)
        before = {"standing": kept.standing, "counting": kept.counting}
        kept.standing, kept.counting = (
            Campaign.Standing.RELEASED,
            Campaign.Counting.BY_SIGNATORY,
        )
        kept.save(update_fields=["standing", "counting"])
        kept.assignments.filter(priority=0).update(priority=FREED_PRIORITY)
        record("campaign released", kept, at, by=by, before=before)
    return kept


def split_campaign(
    campaign: Campaign, answers: Collection[int], by: User, at: datetime, *, is_campaign: bool
) -> Campaign | None:
    """Take some answers (keys of assignments) out of a campaign.

    They become a campaign of their own, which is returned, to be reviewed in its turn; or single
    answers. Raises ThemesError where none of them is in it, or nothing would be left.
    """
    with transaction.atomic():
        kept = _locked(campaign)
        members = list(kept.assignments.select_related("answer").order_by("pk"))
        taken = [each for each in members if each.pk in set(answers)]
        left = [each for each in members if each.pk not in set(answers)]
        if not taken:
            raise ThemesError("Tick the answers that are to be taken out of the campaign.")
        if not left:
            raise ThemesError("Leave at least one answer in the campaign, or release it whole.")
        made = _new_campaign(kept, taken) if is_campaign else None
        for each in taken:
            each.campaign, each.priority = made, FREED_PRIORITY
        Assignment.objects.bulk_update(taken, ["campaign", "priority"], batch_size=500)
        if kept.exemplar_id in {each.answer_id for each in taken}:
            kept.exemplar = _exemplar(left)
        kept.identical_share = _identical(kept.exemplar, left)
        kept.save(update_fields=["exemplar", "identical_share"])
        count_changed()
        after = {"taken out": len(taken), "left": len(left), "into": made.number if made else None}
        record("campaign split", kept, at, by=by, after=after)
    return made


def _locked(campaign: Campaign) -> Campaign:
    kept = Campaign.objects.select_for_update(of=("self",)).select_related("frame", "exemplar")
    found = kept.get(pk=campaign.pk)
    if not found.frame.is_current:
        raise ThemesError(
            "The answers have been read again since you opened this: look at the new campaigns."
        )
    return found


def _new_campaign(campaign: Campaign, taken: Sequence[Assignment]) -> Campaign:
    last = campaign.frame.campaigns.aggregate(last=Max("number"))["last"]
    exemplar = _exemplar(taken)
    return Campaign.objects.create(
        frame=campaign.frame,
        number=last + 1,
        exemplar=exemplar,
        identical_share=_identical(exemplar, taken),
    )


def _wording(answer: Answer) -> str:
    return " ".join(words(plain_text(answer.text)))


def _exemplar(members: Sequence[Assignment]) -> Answer:
    """Return the first answer of the wording that most members have."""
    wordings = [_wording(each.answer) for each in members]
    most, _ = Counter(wordings).most_common(1)[0]
    return members[wordings.index(most)].answer


def _identical(exemplar: Answer, members: Sequence[Assignment]) -> float:
    wording = _wording(exemplar)
    return sum(_wording(each.answer) == wording for each in members) / len(members)
