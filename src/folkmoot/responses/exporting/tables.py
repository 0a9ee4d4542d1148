"""What an export is of: the responses to a survey, or what was written without one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from folkmoot.consultations.models import Consultation
from folkmoot.responses.exporting.columns import Column
from folkmoot.responses.exporting.layout import Row, forms_of, layout
from folkmoot.responses.exporting.rows import rows
from folkmoot.responses.exporting.written import COLUMNS, written_rows

if TYPE_CHECKING:
    from folkmoot.responses.exporting.selection import Selection
    from folkmoot.responses.models import Survey

Of: TypeAlias = "Survey | Consultation"


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table, and its rows, which are read as they are asked for."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]


def title_of(of: Of) -> str:
    """Return what the responses are, in words."""
    written = isinstance(of, Consultation)
    return f"{of.title}: letters, e-mails and points" if written else str(of.title)


def file_stem(of: Of) -> str:
    """Return what a file of them is called, but for its date and format."""
    return f"{of.slug}-letters" if isinstance(of, Consultation) else str(of.slug)


def table(of: Of, selection: Selection, key_of: Callable[[int], str] | None = None) -> Table:
    """Return the responses as a table; `key_of` as `layout` takes it, for a survey alone."""
    responses = selection.responses(of)
    if isinstance(of, Consultation):
        return Table(title_of(of), COLUMNS, written_rows(responses))
    laid_out = layout(of, selection, key_of)
    return Table(title_of(of), laid_out.columns, rows(laid_out, responses))


def columns_of(of: Of, selection: Selection) -> Sequence[Column]:
    """Return the columns alone, for the data dictionary."""
    return COLUMNS if isinstance(of, Consultation) else layout(of, selection).columns


def wordings_of(of: Of) -> dict[str, str]:
    """Return the wording of each question by its key, the newest where it was reworded."""
    if isinstance(of, Consultation):
        return {}
    forms, _ = forms_of(of)
    return {question.key: question.title for form in forms.values() for question in form.questions}
