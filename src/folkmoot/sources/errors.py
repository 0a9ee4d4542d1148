"""What is wrong with a published file, in one sentence."""

from __future__ import annotations


class SourceError(ValueError):
    """A file was refused; its text says what, where (file, row, column) and what to do.

    `row` counts the lines of the file from 1, the header included; `column` is the name in the
    header. Either is None where the problem has no such place. `problem` and `remedy` carry no
    full stop.
    """

    def __init__(
        self,
        file: str,
        problem: str,
        remedy: str,
        *,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        self.file = file
        self.row = row
        self.column = column
        self.problem = problem
        self.remedy = remedy
        place = [file]
        if row is not None:
            place.append(f"row {row}")
        if column is not None:
            place.append(f"column {column}")
        super().__init__(f"{', '.join(place)}: {problem}; {remedy}.")
