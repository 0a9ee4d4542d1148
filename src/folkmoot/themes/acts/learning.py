"""What people found in answers, learnt; and suggested for the answers that nobody has read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from folkmoot.accounts.audit import record
from folkmoot.publishing.purging import count_changed
from folkmoot.responses.models import Standing
from folkmoot.texts.coding import Coder, next_to_code
from folkmoot.themes.acts.versions import locked_frame
from folkmoot.themes.acts.working import Finish, Tell, silent, unasked, within
from folkmoot.themes.foretelling import (
    KEYS_AT_ONCE,
    Learnt,
    Taught,
    coder_of,
    suggestions_for,
    taught_by_people,
)
from folkmoot.themes.models import AssignedTheme, Assignment, CodeFrame, Theme

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

# So many are put in the very order in which they are best read, out of so many that are likely.
PUT_IN_ORDER, LIKELY = 200, 2_000
# What reading the first of those tells, against 0 to 1.5 for all others.
FIRST = 3.0
NEW_WEIGHT = 0.5
# A word is told as a reason where it spoke for the theme in so many answers; so many are kept.
FEWEST_TOLD, WORDS_KEPT = 3, 100


def learn_suggestions(
    frame: CodeFrame,
    at: datetime,
    by: User | None = None,
    *,
    tell: Tell = silent,
    finish: Finish = unasked,
) -> int:
    """Learn from what people found, and suggest themes for what nobody has read; return how many.

    What the machine suggested before for those answers is replaced; what it suggested for answers
    that somebody has read stays beside their reading, and nothing that people found is touched.
    The same readings give the same suggestions. Raises ThemesError where too little was read, and
    where the frame was replaced meanwhile.
    """
    tell("Fetching what people found", 0)
    taught = taught_by_people(frame)
    coder = coder_of(taught, tell=within(tell, 0.02, 0.3))
    unread = list(_unread(frame).order_by("pk").values_list("pk", "answer__text"))
    texts = dict(unread)
    learnt = suggestions_for(texts, coder, taught, tell=within(tell, 0.3, 0.85))
    words = words_told(learnt.values())
    tell("Choosing what is best read next", 0.85)
    priorities = _priorities(frame, learnt, texts, coder)
    tell(f"Keeping suggestions for {len(learnt):,} answers", 0.88)
    with transaction.atomic():
        locked = locked_frame(frame, frame.version)
        # What somebody has read meanwhile stays as it was before them.
        still = set(_unread(locked).values_list("pk", flat=True))
        roots = dict(locked.themes.values_list("pk", "stands_in"))
        kept = {key: each.rooted(roots) for key, each in learnt.items() if key in still}
        _replace(locked, kept, roots)
        _keep_fields(kept, priorities)
        _keep_foretold(taught, coder)
        _keep_words(locked, words)
        locked.learnt_at, locked.learnt_from = at, len(taught.keys)
        locked.learnt = _quality(coder)
        locked.save(update_fields=["learnt_at", "learnt_from", "learnt"])
        count_changed()
        told = {"learnt from": len(taught.keys), "suggested for": len(kept), **locked.learnt}
        record("suggestions learnt", locked, at, by=by, after=told)
        finish(
            f"Learnt from {len(taught.keys):,} answers read by people; suggestions for "
            f"{len(kept):,} that nobody has read."
        )
    return len(kept)


def _unread(frame: CodeFrame) -> Any:
    """Return the answers that stand as the machine suggests and that nobody has read."""
    return (
        Assignment.objects.filter(
            frame=frame,
            readings=0,
            by=Assignment.By.MACHINE,
            answer__response__standing=Standing.STANDS,
        )
        .exclude(status=Assignment.Status.EMPTY)
        .exclude(answer__text="")
    )


def words_told(learnt: Iterable[Learnt]) -> dict[int, list[str]]:
    """Return the words that spoke for each theme in several answers, those most often told first.

    Words of single answers are not kept: they would stay when the answer is erased.
    """
    told: dict[int, Counter[str]] = defaultdict(Counter)
    for each in learnt:
        for theme, words in each.words:
            told[theme].update(words)
    return {
        theme: [
            word
            for word, many in sorted(counted.items(), key=lambda each: (-each[1], each[0]))
            if many >= FEWEST_TOLD
        ][:WORDS_KEPT]
        for theme, counted in told.items()
    }


def _priorities(
    frame: CodeFrame, learnt: Mapping[int, Learnt], texts: Mapping[int, str], coder: Coder
) -> dict[int, float]:
    """Return how much reading each answer would tell: uncertain, rare and unlike any before first.

    Of a campaign only its exemplar is worth reading before all else is read.
    """
    letters = Assignment.objects.filter(frame=frame, campaign__isnull=False).exclude(
        campaign__standing="released"
    )
    copies = set(
        letters.exclude(answer__in=frame.campaigns.values("exemplar")).values_list("pk", flat=True)
    )
    most = max((each.doubt for each in learnt.values()), default=0) or 1.0
    worth = {
        key: 0.0
        if key in copies
        else round(each.doubt / most + NEW_WEIGHT * (1 - each.likeness), 2)
        for key, each in learnt.items()
    }
    likely = sorted((key for key in worth if worth[key]), key=lambda key: (-worth[key], key))
    likely = likely[:LIKELY]
    order = next_to_code([texts[key] for key in likely], coder, many=PUT_IN_ORDER)
    for place, at in enumerate(order):
        worth[likely[at]] = FIRST - place / PUT_IN_ORDER
    return worth


def _replace(
    frame: CodeFrame, learnt: Mapping[int, Learnt], roots: Mapping[int, int | None]
) -> None:
    """Put what was learnt in the place of what the machine suggested before.

    An answer that showed a theme best still does, where it is still suggested for it.
    """
    own = Q(assignment__frame=frame, coding=None)
    best = AssignedTheme.objects.filter(own, exemplar_rank__isnull=False)
    ranks = {
        (assignment, roots[theme] or theme): rank or 0
        for assignment, theme, rank in best.values_list("assignment", "theme", "exemplar_rank")
    }
    for keys in _in_parts(learnt):
        former = AssignedTheme.objects.filter(coding=None, assignment__in=keys)
        # Nothing refers to a mention, so that none need be fetched to be deleted.
        former._raw_delete(former.db)
    AssignedTheme.objects.bulk_create(
        (mention for key, each in learnt.items() for mention in suggested(key, each, ranks)),
        batch_size=1000,
    )


def suggested(
    key: int, learnt: Learnt, ranks: Mapping[tuple[int, int], int]
) -> Iterator[AssignedTheme]:
    """Give what is suggested for the answer of an assignment, as it is kept."""
    for place, each in enumerate(learnt.themes, 1):
        yield AssignedTheme(
            assignment_id=key,
            theme_id=each.theme,
            place=place,
            score=each.probability,
            nearest=list(each.nearest),
            exemplar_rank=ranks.get((key, each.theme)),
        )


def _keep_fields(learnt: Mapping[int, Learnt], priorities: Mapping[int, float]) -> None:
    """Keep how answers stand now. Few different things are found in many answers."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    worth: dict[float, list[int]] = defaultdict(list)
    for key, each in learnt.items():
        alike[each.status, each.found].append(key)
        worth[priorities[key]].append(key)
    none = Assignment.Status.NONE.value
    for (status, found), keys in alike.items():
        for some in _in_parts(keys):
            Assignment.objects.filter(pk__in=some).update(
                status=status, found=found, machine_status=none if status == none else ""
            )
    for priority, keys in worth.items():
        for some in _in_parts(keys):
            Assignment.objects.filter(pk__in=some).update(priority=priority)


def _keep_foretold(taught: Taught, coder: Coder) -> None:
    """Keep what was suggested for each answer that people read by what was learnt without it."""
    if coder.foretold is None:
        return
    foretold = dict(zip(taught.keys, coder.foretold, strict=True))
    for keys in _in_parts(list(foretold)):
        rows = list(Assignment.objects.filter(pk__in=keys))
        for row in rows:
            row.foretold = [int(code) for code in foretold[row.pk]]
        Assignment.objects.bulk_update(rows, ["foretold"])


def _keep_words(frame: CodeFrame, words: Mapping[int, list[str]]) -> None:
    themes = list(Theme.objects.filter(frame=frame, pk__in=words))
    for theme in themes:
        theme.learnt_words = words[theme.pk]
    Theme.objects.bulk_update(themes, ["learnt_words"])


def _quality(coder: Coder) -> dict[str, Any]:
    if coder.quality is None:
        return {}
    kept = {
        name: [each.value, each.lower, each.upper]
        for name, each in (
            ("samples f1", coder.quality.samples_f1),
            ("micro f1", coder.quality.micro_f1),
            ("macro f1", coder.quality.macro_f1),
        )
    }
    return {**kept, "top 3 recall": coder.quality.top3_recall, "folds": coder.quality.folds}


def _in_parts(keys: Collection[int]) -> Iterator[Sequence[int]]:
    ordered = list(keys)
    for start in range(0, len(ordered), KEYS_AT_ONCE):
        yield ordered[start : start + KEYS_AT_ONCE]
