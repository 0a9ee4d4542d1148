"""What people made of a former code frame, carried over into the one that replaces it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.db.models import Max

from folkmoot.themes.acts.settling import settle
from folkmoot.themes.models import (
    AssignedTheme,
    Assignment,
    Campaign,
    CodeFrame,
    Coding,
    Theme,
)
from folkmoot.themes.slugs import free_slugs

if TYPE_CHECKING:
    from collections.abc import Mapping

# A theme remains where this share of the answers in the one or the other is in both.
REMAINS = 0.5
WRITTEN = ("label", "description", "includes", "excludes", "is_accepted")


def carry_over(former: CodeFrame, frame: CodeFrame) -> None:
    """Carry over names and rules of themes that remain, every coding, and choices on campaigns.

    A theme that people coded with always remains, with or without the machine. Inside the
    caller's transaction.
    """
    successors = _successors(former, frame)
    _carry_codings(former, frame, successors)
    double = Assignment.objects.filter(frame=former, is_double=True).values("answer")
    Assignment.objects.filter(frame=frame, answer__in=double).update(is_double=True)
    frame.double_share = former.double_share
    frame.save(update_fields=["double_share"])
    chosen = {each.exemplar_id: each for each in former.campaigns.exclude(standing="suggested")}
    for campaign in Campaign.objects.filter(frame=frame, exemplar__in=chosen):
        before = chosen[campaign.exemplar_id]
        campaign.standing, campaign.counting = before.standing, before.counting
        campaign.save(update_fields=["standing", "counting"])


def _successors(former: CodeFrame, frame: CodeFrame) -> Mapping[int, Theme]:
    """Return the theme of the new frame that goes on for each former one, by its key."""
    themes = list(former.themes.standing())
    coded = _coded(former)
    found: dict[int, Theme] = {}
    new = {theme.pk: theme for theme in frame.themes.all()}
    if any(theme.is_accepted or theme.pk in coded for theme in themes):
        for old, remaining in _remaining(former, frame).items():
            found[old] = new[remaining]
    last = Theme.objects.filter(frame=frame).aggregate(last=Max("number"))["last"] or 0
    for theme in themes:
        if theme.pk in found:
            if theme.is_accepted or theme.pk in coded:
                for name in WRITTEN:
                    setattr(found[theme.pk], name, getattr(theme, name))
                found[theme.pk].save(update_fields=WRITTEN)
        elif theme.pk in coded:
            (slug,) = free_slugs(frame, [theme.label])
            last += 1
            kept = {name: getattr(theme, name) for name in WRITTEN}
            found[theme.pk] = Theme.objects.create(frame=frame, number=last, slug=slug, **kept)
    for theme in themes:
        if theme.parent_id in found and theme.pk in found:
            _put_under(found[theme.pk], found[theme.parent_id])
    _drop_empty_groups(frame)
    return found


def _put_under(theme: Theme, parent: Theme) -> None:
    """Put a theme where people put it; neither stands in a group of the machine's any more."""
    for changed, above in ((parent, None), (theme, parent)):
        changed.parent = above
        changed.save(update_fields=["parent"])


def _drop_empty_groups(frame: CodeFrame) -> None:
    """Delete groups that the machine made and that nothing stands under any more."""
    groups = Theme.objects.filter(frame=frame, keywords=[], cohesion=None, is_accepted=False)
    groups.filter(children=None, mentions=None).exclude(machine_label="").delete()


def _coded(former: CodeFrame) -> set[int]:
    """Return the themes that any person found in an answer."""
    rows = AssignedTheme.objects.filter(theme__frame=former, coding__isnull=False)
    return {
        root or theme
        for theme, root in rows.values_list("theme", "theme__stands_in").distinct().order_by()
    }


def _remaining(former: CodeFrame, frame: CodeFrame) -> dict[int, int]:
    """Return the new theme that holds mostly the same answers as each former one that has such."""
    place_of: dict[int, int] = {}
    was = AssignedTheme.objects.filter(theme__frame=former, stands=True, place=1)
    for answer, theme, root in was.values_list(
        "assignment__answer", "theme", "theme__stands_in"
    ).iterator():
        place_of[answer] = root or theme
    sizes_before = Counter(place_of.values())
    sizes_now: Counter[int] = Counter()
    both: Counter[tuple[int, int]] = Counter()
    now = AssignedTheme.objects.filter(theme__frame=frame, place=1)
    for answer, theme in now.values_list("assignment__answer", "theme").iterator():
        sizes_now[theme] += 1
        if answer in place_of:
            both[place_of[answer], theme] += 1
    found: dict[int, int] = {}
    # The largest overlap first; two themes of one half each could both claim a third.
    for (old, new), shared in both.most_common():
        either = sizes_before[old] + sizes_now[new] - shared
        if shared >= REMAINS * either and old not in found and new not in found.values():
            found[old] = new
    return found


def _carry_codings(former: CodeFrame, frame: CodeFrame, successors: Mapping[int, Theme]) -> None:
    codings = list(Coding.objects.filter(assignment__frame=former).select_related("assignment"))
    if not codings:
        return
    answers = {coding.assignment.answer_id for coding in codings}
    new = {
        each.answer_id: each
        for each in Assignment.objects.filter(frame=frame, answer__in=answers).exclude(
            status=Assignment.Status.EMPTY
        )
    }
    said: dict[int, list[AssignedTheme]] = defaultdict(list)
    rows = AssignedTheme.objects.filter(coding__in=codings).select_related("theme")
    for mention in rows.order_by("coding", "place"):
        said[mention.coding_id or 0].append(mention)
    for coding in codings:
        assignment = new.get(coding.assignment.answer_id)
        if assignment is None:
            continue
        mentions = said[coding.pk]
        coding.pk, coding.assignment = None, assignment
        coding.save(force_insert=True)
        AssignedTheme.objects.bulk_create(
            AssignedTheme(
                assignment=assignment,
                coding=coding,
                theme=successors[mention.theme.root_id],
                place=mention.place,
                stands=False,
            )
            for mention in mentions
        )
    settle([assignment.pk for assignment in new.values()])
