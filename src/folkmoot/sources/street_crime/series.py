"""What the street-level files hold, and the series that are counted from them."""

from __future__ import annotations

from folkmoot.sources.tables import Series

KEY = "police-uk-street-crime"
COLUMNS = (
    *("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location"),
    *("LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context"),
)
ALL = "street-crime"
DISORDER = "street-anti-social-behaviour"
_TYPES = (
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)


def _series(key: str, title: str, unit: str, definition: str, *categories: str) -> Series:
    return Series(
        key=key, title=title, source=KEY, unit=unit, definition=definition, categories=categories
    )


SERIES = (
    _series(
        ALL,
        "Street-level crime",
        "crimes recorded",
        "Every crime in the street-level files; anti-social behaviour is no crime and not in it.",
    ),
    _series(
        DISORDER,
        "Anti-social behaviour",
        "incidents recorded",
        "Incidents of anti-social behaviour, which have no number and may be listed twice.",
        "Anti-social behaviour",
    ),
    *(
        _series(
            f"street-{each.lower().replace(' ', '-')}",
            f"{each} (street level)",
            "crimes recorded",
            f"Crimes of the type {each.lower()} in the street-level files.",
            each,
        )
        for each in _TYPES
    ),
)
KEY_OF_TYPE = {series.categories[0]: series.key for series in SERIES if series.categories}
TYPES = tuple(sorted(KEY_OF_TYPE))
MONTHS = tuple(f"{year}-{month:02}" for year in range(2010, 2050) for month in range(1, 13))
