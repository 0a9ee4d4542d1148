"""Two versions of a plan beside each other, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from folkmoot.core.comparison.passages import passages
from folkmoot.core.comparison.rows import Change, Row, compare_passages


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a version: `key` is the same in every version, `html` what it says."""

    key: str
    number: str
    title: str
    slug: str
    html: str


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """A section before and after; None where it was not there. No rows where it says the same."""

    old: Part | None
    new: Part | None
    rows: tuple[Row, ...]

    @property
    def change(self) -> Change:
        if self.old is None:
            return Change.ADDED
        if self.new is None:
            return Change.REMOVED
        return Change.REWORDED if self.rows else Change.KEPT

    @property
    def current(self) -> Part:
        """The section as it is after, or as it was where it has gone."""
        part = self.new or self.old
        assert part is not None
        return part

    @property
    def is_renumbered(self) -> bool:
        return self.old is not None and self.new is not None and self.old.number != self.new.number

    @property
    def is_renamed(self) -> bool:
        return self.old is not None and self.new is not None and self.old.title != self.new.title

    @property
    def is_as_before(self) -> bool:
        """Whether text, number and title are all the same."""
        return self.change is Change.KEPT and not self.is_renumbered and not self.is_renamed

    def passages(self, change: Change) -> int:
        """Return how many passages were added, removed or reworded."""
        return sum(row.change is change for row in self.rows)


def compare_parts(old: Iterable[Part], new: Iterable[Part]) -> tuple[ComparedPart, ...]:
    """Compare two versions section by section, in the order of the new one.

    A section is known by its key, else by its slug. One that has gone stands after the section
    that it followed.
    """
    before, after = list(old), list(new)
    matched = _matched(before, after)
    gone: dict[int | None, list[Part]] = {}
    last: int | None = None
    places = {id(was): place for place, was in enumerate(matched) if was is not None}
    for part in before:
        if id(part) in places:
            last = places[id(part)]
        else:
            gone.setdefault(last, []).append(part)
    compared = [_removed_part(part) for part in gone.get(None, [])]
    for place, part in enumerate(after):
        compared.append(compare_part(matched[place], part))
        compared += [_removed_part(each) for each in gone.get(place, [])]
    return tuple(compared)


def compare_part(old: Part | None, new: Part) -> ComparedPart:
    """Compare one section with what it was; None where it is new."""
    if old is not None and old.html == new.html:
        return ComparedPart(old, new, ())
    rows = compare_passages(passages(old.html) if old else (), passages(new.html))
    same = old is not None and all(row.change is Change.KEPT for row in rows)
    return ComparedPart(old, new, () if same else rows)


def _removed_part(part: Part) -> ComparedPart:
    return ComparedPart(part, None, compare_passages(passages(part.html), ()))


def _matched(before: Sequence[Part], after: Sequence[Part]) -> list[Part | None]:
    """Return what each section of the new version was in the old one."""
    by_key = {part.key: part for part in before}
    found: list[Part | None] = [by_key.get(part.key) for part in after]
    known = {part.key for part in found if part is not None}
    by_slug = {part.slug: part for part in before if part.key not in known}
    return [
        was if was is not None else by_slug.pop(part.slug, None)
        for was, part in zip(found, after, strict=True)
    ]
