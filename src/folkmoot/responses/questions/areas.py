"""Areas to choose from, as an officer writes them."""

from __future__ import annotations

from django.utils.text import slugify

from folkmoot.responses.questions.kinds import Option

LONGEST_CODE = 60
ELSEWHERE = Option("elsewhere", "Somewhere else", asks_text=True)


def area_options(written: str) -> tuple[Option, ...]:
    """Return the options of a list with one area a line: "Camden", or "Camden | e09000007".

    The code of an area without one is made of its name; it is empty where none can be made.
    """
    found = []
    for line in written.splitlines():
        label, _, code = (part.strip() for part in line.partition("|"))
        if label:
            made = slugify(code or label).replace("_", "-")[:LONGEST_CODE].strip("-")
            found.append(Option("-".join(filter(None, made.split("-"))), label))
    return tuple(found)
