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

__all__ = [
    "DraftGoneError",
    "IncomingResponse",
    "RegisterOfResponses",
    "ResponsesRefusedError",
    "begin_draft",
    "erase_due",
    "import_responses",
    "record_written_response",
    "save_step",
    "submit_response",
]
