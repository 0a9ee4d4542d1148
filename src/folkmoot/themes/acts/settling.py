"""Let answers stand as their readings say, inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from folkmoot.themes.models import AssignedTheme, Assignment, Coding
from folkmoot.themes.settling import Reading, in_dispute, standing_reading

AT_ONCE = 500


def settle(assignments: Collection[int]) -> None:
    """Let answers stand as resolved, as people found, or as the machine suggests, in that order.

    `assignments` are their keys. What stands is counted, all other mentions are kept beside it.
    """
    keys = sorted(assignments)
    for start in range(0, len(keys), AT_ONCE):
        _settle(keys[start : start + AT_ONCE])


def _settle(keys: list[int]) -> None:
    readings = readings_of(keys)
    mentions = list(AssignedTheme.objects.filter(assignment__in=keys).order_by("assignment"))
    suggested = {each.assignment_id for each in mentions if each.coding_id is None}
    settled = list(Assignment.objects.filter(pk__in=keys))
    chosen: dict[int, int | None] = {}
    for assignment in settled:
        found = readings.get(assignment.pk, [])
        stands = standing_reading(found)
        chosen[assignment.pk] = stands.key if stands else None
        assignment.readings = sum(not each.is_resolution for each in found)
        assignment.in_dispute = in_dispute(found)
        if stands is not None:
            assignment.status = stands.status
            assignment.by = Assignment.By.RESOLVED if stands.is_resolution else Assignment.By.PERSON
        else:
            assignment.status = (
                Assignment.Status.ASSIGNED
                if assignment.pk in suggested
                else assignment.machine_status or Assignment.Status.CANNOT_TELL
            )
            assignment.by = Assignment.By.MACHINE
    changed = []
    standing: dict[int, list[int]] = defaultdict(list)
    for mention in mentions:
        stands_now = mention.coding_id == chosen[mention.assignment_id]
        if stands_now:
            standing[mention.assignment_id].append(mention.theme_id)
        if mention.stands != stands_now:
            mention.stands = stands_now
            changed.append(mention)
    for assignment in settled:
        assignment.found = found_of(standing[assignment.pk])
    Assignment.objects.bulk_update(settled, ["status", "by", "readings", "in_dispute", "found"])
    AssignedTheme.objects.bulk_update(changed, ["stands"])


def found_of(themes: Iterable[int]) -> str:
    """Return the keys of the themes that stand for an answer as its assignment keeps them."""
    return " ".join(str(theme) for theme in sorted(set(themes)))


def mentions_moved(mentions: Collection[int]) -> None:
    """Keep anew what was found in the answers of mentions (their keys) that name another theme."""
    keys = sorted(mentions)
    for start in range(0, len(keys), AT_ONCE):
        moved = AssignedTheme.objects.filter(pk__in=keys[start : start + AT_ONCE])
        standing: dict[int, list[int]] = defaultdict(list)
        rows = AssignedTheme.objects.filter(assignment__in=moved.values("assignment"), stands=True)
        for assignment, theme in rows.values_list("assignment", "theme").order_by():
            standing[assignment].append(theme)
        # Few different things are found in many answers.
        alike: dict[str, list[int]] = defaultdict(list)
        for assignment, themes in standing.items():
            alike[found_of(themes)].append(assignment)
        for found, assignments in alike.items():
            Assignment.objects.filter(pk__in=assignments).update(found=found)


def readings_of(keys: Collection[int]) -> dict[int, list[Reading]]:
    """Return the readings of answers by the key of their assignment, the first before the second.

    Themes that were merged are the same as what they were merged into.
    """
    said: dict[int, set[int]] = defaultdict(set)
    mentions = AssignedTheme.objects.filter(assignment__in=keys, coding__isnull=False)
    for coding, theme, root in mentions.values_list("coding", "theme", "theme__stands_in"):
        said[coding].add(root or theme)
    found: dict[int, list[Reading]] = defaultdict(list)
    codings = Coding.objects.filter(assignment__in=keys).order_by("id")
    for pk, assignment, round_, status in codings.values_list(
        "pk", "assignment", "round", "status"
    ):
        found[assignment].append(
            Reading(pk, round_ == Coding.Round.RESOLVED, status, frozenset(said[pk]))
        )
    for readings in found.values():
        readings.sort(key=lambda reading: reading.key)
    return found
