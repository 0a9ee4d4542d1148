"""What people say in tests of themes: three subjects, one letter, one blank, one shrug."""

from __future__ import annotations

LETTER = (
    "I ask you to keep the police station in our town open, because without its front counter "
    "nobody can report a crime in person and older people will simply give up reporting."
)
# Openings and reasons share too few words in a row to look like copies of one letter.
OFFICERS = (
    (
        "More police officers should walk the {}",
        "I never see an officer patrol the {}",
        "Put officers back on foot patrol along the {}",
        "A police patrol on foot would calm the {}",
    ),
    (
        "Officers in cars see nothing.",
        "We had foot patrols until ten years ago.",
        "Nobody has met a police officer here.",
        "Patrols stop trouble before it starts.",
        "The last patrol I saw was in spring.",
        "A visible police officer makes people behave.",
    ),
)
YOUTH = (
    (
        "Youth clubs closed and teenagers drift round the {}",
        "Give young people a youth club by the {}",
        "Reopen the youth centre at the {}",
        "Teenagers hang about the {} with no youth worker",
    ),
    (
        "Young people need something to do.",
        "A youth worker keeps teenagers out of gangs.",
        "My teenage son has no club to join.",
        "Every youth club for miles has shut.",
        "Teenagers are bored after school.",
        "Youth work costs less than prison.",
    ),
)
LIGHTS = (
    (
        "The street lights on the {} are broken",
        "Mend the street lighting along the {}",
        "It is pitch dark at the {} without lights",
        "Better lighting is needed by the {}",
    ),
    (
        "Women walk home in the dark.",
        "The lamps have been out for months.",
        "I am afraid of the dark path.",
        "A bright street light costs little.",
        "We reported the dead lamps twice.",
        "After dark nobody dares to walk there.",
    ),
)
PLACES = ("high street", "station", "park gate", "estate", "canal path", "market", "library")
SPOKEN = 84


def spoken() -> list[str]:
    """Return 84 answers: 72 on three subjects, ten of one letter, one blank, one shrug."""
    said = []
    for openings, reasons in (OFFICERS, YOUTH, LIGHTS):
        for first, opening in enumerate(openings):
            for second, reason in enumerate(reasons):
                place = PLACES[(first * len(reasons) + second) % len(PLACES)]
                said.append(f"{opening.format(place)}. {reason}")
    return [*said, *[LETTER] * 10, " - ", "No comment"]
