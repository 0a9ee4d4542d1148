"""Pages of the register that cost the same wherever they lie: by key, never by counting off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from folkmoot.responses.models import Response
from folkmoot.responses.register.filters import MOST_COUNTED, Sort

if TYPE_CHECKING:
    from folkmoot.responses.register.filters import Filter

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Order:
    """The fields that responses stand by, and whether the last come first."""

    fields: tuple[str, ...]
    is_descending: bool

    def names(self, *, backwards: bool = False) -> list[str]:
        """Return the fields as `order_by` takes them."""
        sign = "-" if self.is_descending != backwards else ""
        return [f"{sign}{field}" for field in self.fields]

    def beyond(self, key: tuple[object, ...], *, backwards: bool = False) -> Q:
        """Return what stands after a key, or before it."""
        sign = "lt" if self.is_descending != backwards else "gt"
        first, *rest = self.fields
        if not rest:
            return Q((f"{first}__{sign}", key[0]))
        # The first condition says nothing new: by it a database finds its place in an index.
        return Q((f"{first}__{sign}e", key[0])) & (
            Q((f"{first}__{sign}", key[0])) | Q((f"{rest[0]}__{sign}", key[1]))
        )

    def key_of(self, response: Response) -> tuple[object, ...]:
        """Return the key of a response."""
        return tuple(getattr(response, field) for field in self.fields)


ORDERS = {
    Sort.NEWEST: Order(("submitted_at", "id"), is_descending=True),
    Sort.OLDEST: Order(("submitted_at", "id"), is_descending=False),
    Sort.REFERENCE: Order(("reference",), is_descending=False),
}


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of responses, and the marks that lead to the next and the one before; "" for none."""

    rows: list[Response]
    after: str
    before: str


def page(responses: QuerySet[Response], chosen: Filter, data: Mapping[str, str]) -> ShownPage:
    """Return the page that `after` or `before` of an address names; the first without either."""
    order = ORDERS[chosen.sort]
    after, before = (_read(data.get(name, ""), order) for name in ("after", "before"))
    backwards = before is not None and after is None
    if key := after or before:
        responses = responses.filter(order.beyond(key, backwards=backwards))
    rows = list(responses.order_by(*order.names(backwards=backwards))[: A_PAGE + 1])
    more = len(rows) > A_PAGE
    rows = rows[:A_PAGE]
    if backwards:
        rows.reverse()
    has_after = bool(rows) and (backwards or more)
    has_before = bool(rows) and (after is not None or (backwards and more))
    return ShownPage(
        rows,
        after=_mark(order.key_of(rows[-1])) if has_after else "",
        before=_mark(order.key_of(rows[0])) if has_before else "",
    )


def neighbours(
    responses: QuerySet[Response], chosen: Filter, response: Response
) -> tuple[Response | None, Response | None]:
    """Return the responses before and after one in the order of a filter. Two queries."""
    order = ORDERS[chosen.sort]
    key = order.key_of(response)
    before, after = (
        responses.filter(order.beyond(key, backwards=backwards))
        .order_by(*order.names(backwards=backwards))
        .only("pk", "reference")
        .first()
        for backwards in (True, False)
    )
    return before, after


def count_words(responses: QuerySet[Response], *, is_common: bool = False) -> str:
    """Return how many responses there are, counted no further than 10,000.

    Where the words looked for are common, the answers that have them are what is counted.
    """
    if is_common:
        return f"Answers with these words: more than {MOST_COUNTED:,}"
    counted = responses.order_by()[: MOST_COUNTED + 1].count()
    if counted > MOST_COUNTED:
        return f"More than {MOST_COUNTED:,} responses"
    return "1 response" if counted == 1 else f"{counted:,} responses"


def _mark(key: tuple[object, ...]) -> str:
    return "_".join(each.isoformat() if isinstance(each, datetime) else str(each) for each in key)


def _read(mark: str, order: Order) -> tuple[object, ...] | None:
    """Return the key that a mark stands for; None where it is none."""
    if not mark or len(mark) > 80:
        return None
    if len(order.fields) == 1:
        return (mark,)
    text, _, number = mark.partition("_")
    try:
        at = parse_datetime(text)
        return None if at is None or at.tzinfo is None else (at, int(number))
    except ValueError:
        return None
