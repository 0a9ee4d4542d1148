"""What the pages of a plan print."""

from folkmoot.plans.presenters.commitments import (
    TONES,
    commitment_lines,
    milestones_table,
    standing_tag,
    standings_sentence,
    timing,
)
from folkmoot.plans.presenters.comparison import compare_page, version_to_keep
from folkmoot.plans.presenters.pages import (
    commitment_page,
    contents_list,
    plan_page,
    print_page,
    priority_page,
    section_page,
)
from folkmoot.plans.presenters.versions import version_page, versions_page
from folkmoot.plans.presenters.words import (
    commitment_url,
    compare_url,
    day,
    days,
    priority_url,
    version_url,
)

__all__ = [
    "TONES",
    "commitment_lines",
    "commitment_page",
    "commitment_url",
    "compare_page",
    "compare_url",
    "contents_list",
    "day",
    "days",
    "milestones_table",
    "plan_page",
    "print_page",
    "priority_page",
    "priority_url",
    "section_page",
    "standing_tag",
    "standings_sentence",
    "timing",
    "version_page",
    "version_to_keep",
    "version_url",
    "versions_page",
]
