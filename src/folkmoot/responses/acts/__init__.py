"""Every write to the register of responses."""

from folkmoot.responses.acts.changing import open_response, withdraw_response
from folkmoot.responses.acts.erasure import erase_due
from folkmoot.responses.acts.intake import (
    Agreed,
    RegisterOfResponses,
    import_responses,
)
from folkmoot.responses.acts.letters import ResponsesRefusedError, record_written_response
from folkmoot.responses.acts.submission import (
    ChangedElsewhereError,
    DraftGoneError,
    begin_draft,
    save_step,
    submit_response,
)
from folkmoot.responses.acts.trials import clear_trials, submit_trial
from folkmoot.responses.importing import IncomingResponse

__all__ = [
    "Agreed",
    "ChangedElsewhereError",
    "DraftGoneError",
    "IncomingResponse",
    "RegisterOfResponses",
    "ResponsesRefusedError",
    "begin_draft",
    "clear_trials",
    "erase_due",
    "import_responses",
    "open_response",
    "record_written_response",
    "save_step",
    "submit_response",
    "submit_trial",
    "withdraw_response",
]
