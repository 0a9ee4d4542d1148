"""Every write to the register of responses."""

from folkmoot.responses.acts.erasure import erase_due
from folkmoot.responses.acts.intake import (
    IncomingResponse,
    RegisterOfResponses,
    ResponsesRefusedError,
    import_responses,
    record_written_response,
)
from folkmoot.responses.acts.submission import (
    DraftGoneError,
    begin_draft,
    save_step,
    submit_response,
)
from folkmoot.responses.acts.trials import clear_trials, submit_trial

__all__ = [
    "DraftGoneError",
    "IncomingResponse",
    "RegisterOfResponses",
    "ResponsesRefusedError",
    "begin_draft",
    "clear_trials",
    "erase_due",
    "import_responses",
    "record_written_response",
    "save_step",
    "submit_response",
    "submit_trial",
]
