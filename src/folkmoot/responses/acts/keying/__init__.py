"""Forms on paper: batches, what is typed, and the responses that they become."""

from folkmoot.responses.acts.keying.forms import (
    finish_keying,
    form_to_repeat,
    keep_typed,
    open_batch,
    settle_form,
)
from folkmoot.responses.acts.keying.recording import erase_typed, undo_last
from folkmoot.responses.acts.keying.refusal import KeyingRefusedError
from folkmoot.responses.acts.keying.scans import SCAN_MEGABYTES, attach_scan

__all__ = [
    "SCAN_MEGABYTES",
    "KeyingRefusedError",
    "attach_scan",
    "erase_typed",
    "finish_keying",
    "form_to_repeat",
    "keep_typed",
    "open_batch",
    "settle_form",
    "undo_last",
]
