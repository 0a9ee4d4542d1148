"""Which answers two people read, drawn by lot that can be drawn again."""

from __future__ import annotations

import hashlib
import math
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.versions import locked_frame
from folkmoot.themes.acts.working import Finish, unasked
from folkmoot.themes.models import Assignment, CodeFrame

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

SEED = 20


def draw_double(
    frame: CodeFrame, share: float, by: User | None, at: datetime, *, finish: Finish = unasked
) -> int:
    """Draw a share of the answers (0 to 1) to be read by two people; return how many.

    The lot depends on the answers' keys alone: a larger share has the smaller within it. Answers
    that two people have read stay drawn. Raises ThemesError for a share outside 0 to 1.
    """
    check_share(share)
    with transaction.atomic():
        locked = locked_frame(frame, frame.version)
        answers = Assignment.objects.filter(frame=locked).exclude(status=Assignment.Status.EMPTY)
        lots = sorted(answers.values_list("pk", "answer_id"), key=lambda each: _lot(each[1]))
        drawn = [pk for pk, _ in lots[: math.ceil(share * len(lots))]]
        answers.filter(is_double=True).update(is_double=False)
        for start in range(0, len(drawn), 500):
            answers.filter(pk__in=drawn[start : start + 500]).update(is_double=True)
        answers.filter(readings__gte=2).update(is_double=True)
        before, locked.double_share = locked.double_share, share
        locked.save(update_fields=["double_share"])
        record(
            "double coding drawn",
            locked,
            at,
            by=by,
            before={"share": before},
            after={"share": share, "answers": len(drawn), "seed": SEED},
        )
        finish(f"{len(drawn):,} answers are drawn to be read by two people.")
    return len(drawn)


def check_share(share: float) -> None:
    """Raise ThemesError for a share of the answers that there is not."""
    if not 0 <= share <= 1:
        raise ThemesError("The share read by two people lies between 0% and 100%.")


def is_drawn(answer: int, share: float) -> bool:
    """Whether an answer that came after the drawing (its key) is drawn as well, by its own lot."""
    return int.from_bytes(_lot(answer)) < share * 2**256


def _lot(answer: int) -> bytes:
    return hashlib.sha256(f"{SEED}:{answer}".encode()).digest()
