"""When things of a consultation happen, in words: state, promises, and the timeline."""

from folkmoot.consultations.timeline.days import (
    SMALLEST,
    clock,
    day,
    day_count,
    day_in_year,
    last_day,
    short_day,
    weekday,
)
from folkmoot.consultations.timeline.events import (
    Status,
    begin_and_end,
    status,
    status_word,
    timeline,
    when,
)
from folkmoot.consultations.timeline.standing import (
    closing_move,
    days_late,
    promise,
    promise_sentence,
    state_sentence,
)

__all__ = [
    "SMALLEST",
    "Status",
    "begin_and_end",
    "clock",
    "closing_move",
    "day",
    "day_count",
    "day_in_year",
    "days_late",
    "last_day",
    "promise",
    "promise_sentence",
    "short_day",
    "state_sentence",
    "status",
    "status_word",
    "timeline",
    "weekday",
    "when",
]
