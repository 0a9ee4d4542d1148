"""Named questions to answers, code frames and assignments. Each is a fixed number of queries."""

from folkmoot.themes.querysets.frames import ROOT, current_frames, mentions_of, with_themes
from folkmoot.themes.querysets.groups import alike_by_group
from folkmoot.themes.querysets.quotations import letters, quotations
from folkmoot.themes.querysets.responses import (
    Intake,
    answers_before,
    choice_counts,
    chosen_of,
    counted_before,
    counted_until,
    intake,
    monitoring_counts,
    not_counted,
    responses_before,
)
from folkmoot.themes.querysets.tallies import (
    Alike,
    Tally,
    answers_alike,
    counted_themes,
    letters_of,
    tallies,
    tally_of,
)

__all__ = [
    "ROOT",
    "Alike",
    "Intake",
    "Tally",
    "alike_by_group",
    "answers_alike",
    "answers_before",
    "choice_counts",
    "chosen_of",
    "counted_before",
    "counted_themes",
    "counted_until",
    "current_frames",
    "intake",
    "letters",
    "letters_of",
    "mentions_of",
    "monitoring_counts",
    "not_counted",
    "quotations",
    "responses_before",
    "tallies",
    "tally_of",
    "with_themes",
]
