"""The survey as a resident meets it.

Every refusal shows what was typed again. These pages are never cached. Posts reach them past
`middleware.SurveyTokenMiddleware`: the signed token in the form is what protects them.
"""

from folkmoot.responses.views.answering import start, step
from folkmoot.responses.views.pages import trial_over
from folkmoot.responses.views.sending import check, received

__all__ = ["check", "received", "start", "step", "trial_over"]
