"""The survey as a resident meets it.

Every refusal shows what was typed again. These pages are never cached. Posts reach them past
`middleware.SurveyTokenMiddleware`: the signed token in the form is what protects them.
"""

from folkmoot.responses.views.answering import start, step
from folkmoot.responses.views.changing import find_own, own_response, withdraw
from folkmoot.responses.views.copying import own_copy
from folkmoot.responses.views.pages import trial_over
from folkmoot.responses.views.returning import come_back, later
from folkmoot.responses.views.sending import check, received

__all__ = [
    "check",
    "come_back",
    "find_own",
    "later",
    "own_copy",
    "own_response",
    "received",
    "start",
    "step",
    "trial_over",
    "withdraw",
]
