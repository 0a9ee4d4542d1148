"""The London Datastore's list of a data set's files, of which each release has new addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from folkmoot.sources.offers import Offer
from folkmoot.sources.pulling.answers import ask, chunks
from folkmoot.sources.pulling.download import MOST_FRUITLESS, USER_AGENT, Line
from folkmoot.sources.pulling.errors import InterruptedPullError, PullError
from folkmoot.sources.tables import listed

MOST_BYTES = 10_000_000


def offered(offer: Offer, line: Line) -> list[tuple[str, str]]:
    """Return address and name of the newest file of each title. Raises PullError."""
    resources = _resources(offer, line)
    found = []
    for title in offer.titles:
        fitting = [each for each in resources if re.fullmatch(title, _title(each), re.IGNORECASE)]
        if not fitting:
            shown = listed(sorted({_title(each) for each in resources}), 5)
            raise PullError(
                f"{offer.page} has no file named like “{title}” any more (it has {shown}): give "
                "the address of the file with --from."
            )
        newest = max(
            fitting,
            key=lambda each: (
                str(each.get("temporal_coverage_to") or ""),
                str(each.get("check_timestamp") or ""),
            ),
        )
        address = str(newest["url"])
        found.append((address, _title(newest) if "." in _title(newest) else ""))
    return found


def _title(resource: Mapping[str, Any]) -> str:
    return str(resource.get("title", "")).strip()


def _resources(offer: Offer, line: Line) -> list[Mapping[str, Any]]:
    content = _fetched(offer, line)
    try:
        listing = json.loads(content)["resources"]
        listing = list(listing.values()) if isinstance(listing, dict) else list(listing)
    except (ValueError, KeyError, TypeError) as error:
        raise PullError(
            f"{offer.catalogue} no longer answers with a list of files: look at {offer.page} where "
            "they are, and give the address of each with --from."
        ) from error
    return [each for each in listing if isinstance(each, dict) and each.get("url")]


def _fetched(offer: Offer, line: Line) -> bytes:
    headers = {"User-Agent": USER_AGENT, "Accept": "application/json"}
    for attempt in range(MOST_FRUITLESS):
        try:
            with ask(offer.catalogue, headers, offer.page) as answer:
                content = b""
                for chunk in chunks(answer, urlsplit(offer.catalogue).netloc, MOST_BYTES):
                    content += chunk
                    if len(content) > MOST_BYTES:
                        raise PullError(f"{offer.catalogue} is too long for a list of files.")
                return content
        except InterruptedPullError as problem:
            seconds = problem.retry_after if problem.retry_after is not None else 2.0**attempt
            line.say(f"{problem}: again in {seconds:.0f} s.")
            line.wait(min(seconds, 60))
    raise PullError(
        f"{urlsplit(offer.catalogue).netloc} does not answer: pull again later, or download the "
        f"files from {offer.page} by hand."
    )
