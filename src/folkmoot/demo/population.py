"""The population that the demonstration's respondents are compared with: real figures of London.

`london/population.csv` is derived from one published table, the census by ethnic group and
authority: the London boroughs (E09) and the two white groups summed for the ethnic group; and for
the part of London, as the survey asks for it, boroughs summed by sub-region of the London Plan.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from folkmoot.demo.building import Building
from folkmoot.demo.pack import LONDON, PackError
from folkmoot.publishing.clock import local
from folkmoot.responses.models import Survey
from folkmoot.themes.acts.population import import_population
from folkmoot.themes.acts.weighing import keep_weighting
from folkmoot.themes.population import comparable, read_population

# Before the census by ethnic group came out, nobody was compared with it.
PUBLISHED_ON = date(2022, 11, 29)


def add_population(
    building: Building, survey: Survey, path: Path = LONDON / "population.csv"
) -> bool:
    """Import the figures if they were out by then, weigh the responses; return whether they were.

    Raises PackError where the file does not fit the survey.
    """
    if local(building.at).date() < PUBLISHED_ON:
        return False
    read = read_population(path.read_bytes(), path.name, comparable(survey))
    if read.faults:
        fault = read.faults[0]
        raise PackError(f"{path.name}, {fault.place}: {fault.says}")
    import_population(survey, read, building.at, building.analyst)
    keep_weighting(survey, building.at)
    return True
