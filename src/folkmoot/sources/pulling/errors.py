"""Why a file could not be fetched, in one sentence."""

from __future__ import annotations


class PullError(ValueError):
    """A file was not fetched; the text says why and what to do. Nothing was written."""


class InterruptedPullError(Exception):
    """An attempt failed in a way that may pass; the text is the beginning of a sentence.

    `retry_after` holds the seconds that the publisher asks to wait, where it asks.
    """

    def __init__(self, problem: str, retry_after: float | None = None) -> None:
        super().__init__(problem)
        self.retry_after = retry_after
