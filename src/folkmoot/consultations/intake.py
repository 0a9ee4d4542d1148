"""A port: how activities without a register of their own hand in what people said.

The register of responses is a higher room. It opens the port when the site starts; a workshop
hands its points in without knowing that room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation, Respondent


@dataclass(frozen=True, slots=True)
class Point:
    """Something that people said together; nobody's name belongs to it."""

    text: str
    is_generated: bool = False


class Register(Protocol):
    """What the register of responses offers through the port."""

    def record_points(
        self,
        consultation: Consultation,
        points: Sequence[Point],
        at: datetime,
        *,
        by: User | None,
    ) -> list[str]: ...

    def respondent_of(self, consultation: Consultation, reference: str) -> Respondent | None: ...


class RegisterClosedError(RuntimeError):
    """No register of responses is installed, so nothing can be handed in."""


_registers: list[Register] = []


def open_register(register: Register) -> None:
    """Let points be handed in to this register, in place of an earlier one."""
    _registers[:] = [register]


def record_points(
    consultation: Consultation, points: Sequence[Point], at: datetime, *, by: User | None
) -> list[str]:
    """Add points raised in a workshop to the register; return one reference each, in order.

    Raises ValueError, with a sentence that names the point, for one that is empty or cannot be
    kept, and RegisterClosedError where no register is installed. All are kept or none.
    """
    return _register().record_points(consultation, points, at, by=by)


def respondent_of(consultation: Consultation, reference: str) -> Respondent | None:
    """Return who sent the response with a reference; None for one that is unknown here."""
    return _register().respondent_of(consultation, reference)


def _register() -> Register:
    if not _registers:
        raise RegisterClosedError("This site keeps no register of responses.")
    return _registers[0]
