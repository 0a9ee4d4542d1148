"""A publisher on this machine, and a clock that does not wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from tests.publisher import Publisher, published

from folkmoot.sources.pulling.download import Line


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with published() as offering:
        yield offering


@dataclass
class Told:
    """What a download said and how long it would have waited: the clock is not real here."""

    waited: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    progress: list[tuple[int, int | None]] = field(default_factory=list)

    @property
    def line(self) -> Line:
        return Line(
            self.waited.append,
            self.said.append,
            lambda _, done, of: self.progress.append((done, of)),
        )


@pytest.fixture
def told() -> Told:
    return Told()
