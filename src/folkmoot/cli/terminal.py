"""What the command prints: sentences on standard error, results on standard output."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

console = Console(stderr=True, highlight=False, soft_wrap=True)


def stop(sentence: str) -> typer.Exit:
    """Print one sentence that says what is wrong and what to do; raise what is returned."""
    console.print(f"folkmoot: {sentence}", style="bold", markup=False)
    return typer.Exit(1)


@contextmanager
def plain_errors(*kinds: type[Exception]) -> Iterator[None]:
    """Turn errors that carry a sentence for a person into that sentence and exit code 1."""
    try:
        yield
    except kinds as error:
        raise stop(str(error)) from error
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise stop(f"{error.strerror or error}{where}.") from error


def print_json(value: object) -> None:
    """Print one JSON object on standard output, for another program to read."""
    print(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2))
