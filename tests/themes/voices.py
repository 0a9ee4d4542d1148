"""What people say in tests of themes: three subjects, one letter, one blank, one shrug."""

from __future__ import annotations

LETTER = (
    "I ask you to keep the police station in our town open, because without its front counter "
    "nobody can report a crime in person and older people will simply give up reporting."
)
OFFICERS = (
    "More police officers should walk the beat on our {}",
    "I never see an officer on foot on the {}",
    "Put police officers back on patrol along the {} in the evening",
    "Officers on foot patrol would make the {} feel safer",
)
YOUTH = (
    "Youth clubs closed and teenagers have nowhere to go near the {}",
    "Give young people a youth club by the {} and something to do after school",
    "Reopen the youth centre at the {}, teenagers need activities",
    "Young people hang about the {} because every youth club has shut",
)
LIGHTS = (
    "The street lights on the {} are broken and it is dark at night",
    "Mend the broken street lighting on the {}, I am afraid after dark",
    "Better street lighting along the {} would help women walking home at night",
    "Street lights at the {} have been out for months and the path is pitch dark",
)
PLACES = ("high street", "station road", "park gate", "estate")


def spoken() -> list[str]:
    """Return 60 answers: 48 on three subjects, ten of one letter, one blank, one shrug."""
    subjects = [
        f"{said.format(place)}. It has been so for years."
        for subject in (OFFICERS, YOUTH, LIGHTS)
        for said in subject
        for place in PLACES
    ]
    return [*subjects, *[LETTER] * 10, " - ", "No comment"]
