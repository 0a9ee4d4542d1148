"""The boroughs of London as the London sources name them, with their codes."""

from __future__ import annotations

from folkmoot.sources.tables import SourceArea

# Office for National Statistics, codes of local authority districts; E12 is the region.
LONDON = SourceArea("E12000007", "London", "total")
_BOROUGHS = {
    "E09000001": "City of London",
    "E09000002": "Barking and Dagenham",
    "E09000003": "Barnet",
    "E09000004": "Bexley",
    "E09000005": "Brent",
    "E09000006": "Bromley",
    "E09000007": "Camden",
    "E09000008": "Croydon",
    "E09000009": "Ealing",
    "E09000010": "Enfield",
    "E09000011": "Greenwich",
    "E09000012": "Hackney",
    "E09000013": "Hammersmith and Fulham",
    "E09000014": "Haringey",
    "E09000015": "Harrow",
    "E09000016": "Havering",
    "E09000017": "Hillingdon",
    "E09000018": "Hounslow",
    "E09000019": "Islington",
    "E09000020": "Kensington and Chelsea",
    "E09000021": "Kingston upon Thames",
    "E09000022": "Lambeth",
    "E09000023": "Lewisham",
    "E09000024": "Merton",
    "E09000025": "Newham",
    "E09000026": "Redbridge",
    "E09000027": "Richmond upon Thames",
    "E09000028": "Southwark",
    "E09000029": "Sutton",
    "E09000030": "Tower Hamlets",
    "E09000031": "Waltham Forest",
    "E09000032": "Wandsworth",
    "E09000033": "Westminster",
}
BOROUGHS = tuple(SourceArea(code, name, "borough") for code, name in _BOROUGHS.items())
# The Metropolitan Police District leaves the City out: it has a police force of its own.
METROPOLITAN_POLICE_BOROUGHS = tuple(area for area in BOROUGHS if area.code != "E09000001")
_OTHER_SPELLINGS = {"city of westminster": "westminster"}
_BY_NAME = {area.name.lower(): area for area in BOROUGHS}


def borough_named(name: str) -> SourceArea | None:
    """Return the borough that a source means, whatever its spelling; None where it is none.

    Capitals, an ampersand for "and", and "City of Westminster" are known.
    """
    plain = " ".join(name.lower().replace("&", " and ").split())
    return _BY_NAME.get(_OTHER_SPELLINGS.get(plain, plain))
