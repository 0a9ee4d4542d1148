"""What the editor of a survey needs to let conditions be chosen instead of typed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.utils.html import format_html, json_script

from folkmoot.responses.questions import PREFER_NOT_TO_SAY, RESERVED
from folkmoot.responses.questions.areas import ELSEWHERE
from folkmoot.responses.questions.bank import TOPICS
from folkmoot.responses.questions.kinds import DECLINE_LABEL, Option
from folkmoot.responses.questions.scales import DO_NOT_KNOW, SCALES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

DECLINES = Option(PREFER_NOT_TO_SAY, DECLINE_LABEL)


def designing_script() -> SafeString:
    """Return the script of the editor, with what it cannot read from the form."""
    return format_html(
        '{}<link rel="stylesheet" href="{}"><script src="{}"></script>',
        json_script(_known(), "survey-designing"),
        static("responses/admin/designing.css"),
        static("responses/admin/designing.js"),
    )


@cache
def _known() -> dict[str, Any]:
    """Return ready scales, the questions of the bank, and the options that are added to others."""
    return {
        "scales": {name: _offered(points) for name, points in SCALES.items()},
        "bank": {
            topic.key: [
                {
                    "key": question.key,
                    "title": question.title,
                    "options": _offered((*question.options, DECLINES)) if question.options else [],
                }
                for question in topic.questions
            ]
            for topic in TOPICS
        },
        "doNotKnow": _offered([DO_NOT_KNOW])[0],
        "preferNotToSay": _offered([DECLINES])[0],
        "elsewhere": _offered([ELSEWHERE])[0],
        "reserved": list(RESERVED),
    }


def _offered(options: Iterable[Option]) -> list[dict[str, str]]:
    return [{"code": option.code, "label": option.label} for option in options]
