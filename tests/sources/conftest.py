"""Small files in the publishers' own formats, made here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from folkmoot.sources.london_boroughs import METROPOLITAN_POLICE_BOROUGHS
from folkmoot.sources.public_attitude_survey import SERIES as SURVEY_SERIES

AIRPORTS = "London Heathrow and London City Airports"
OLD_CATEGORIES = [
    ("Arson and Criminal Damage", "Arson"),
    ("Arson and Criminal Damage", "Criminal Damage"),
    ("Burglary", "Burglary Business and Community"),
    ("Burglary", "Domestic Burglary"),
    ("Possession of Weapons", "Possession of Article with Blade or Point"),
    ("Possession of Weapons", "Possession of Other Weapon"),
    ("Public Order Offences", "Racially or Religiously Aggravated Public Fear, Al"),
    ("Robbery", "Robbery of Business Property"),
    ("Robbery", "Robbery of Personal Property"),
    ("Sexual Offences", "Other Sexual Offences"),
    ("Sexual Offences", "Rape"),
    ("Theft", "Bicycle Theft"),
    ("Theft", "Other Theft"),
    ("Theft", "Shoplifting"),
    ("Theft", "Theft from Person"),
    ("Vehicle Offences", "Theft from a Motor Vehicle"),
    ("Vehicle Offences", "Theft or Taking of a Motor Vehicle"),
    ("Violence Against the Person", "Homicide"),
    ("Violence Against the Person", "Violence with Injury"),
    ("Violence Against the Person", "Violence without Injury"),
]
NEW_CATEGORIES = [
    ("ARSON AND CRIMINAL DAMAGE", "ARSON"),
    ("ARSON AND CRIMINAL DAMAGE", "CRIMINAL DAMAGE"),
    ("BURGLARY", "BURGLARY - RESIDENTIAL"),
    ("BURGLARY", "BURGLARY BUSINESS AND COMMUNITY"),
    ("BURGLARY", "BURGLARY IN A DWELLING"),
    ("NFIB FRAUD", "NFIB"),
    ("POSSESSION OF WEAPONS", "POSSESSION OF WEAPONS"),
    ("PUBLIC ORDER OFFENCES", "RACE OR RELIGIOUS AGG PUBLIC FEAR"),
    ("ROBBERY", "ROBBERY OF BUSINESS PROPERTY"),
    ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY"),
    ("SEXUAL OFFENCES", "OTHER SEXUAL OFFENCES"),
    ("SEXUAL OFFENCES", "RAPE"),
    ("THEFT", "BICYCLE THEFT"),
    ("THEFT", "OTHER THEFT"),
    ("THEFT", "SHOPLIFTING"),
    ("THEFT", "THEFT FROM THE PERSON"),
    ("VEHICLE OFFENCES", "THEFT FROM A VEHICLE"),
    ("VEHICLE OFFENCES", "THEFT OR UNAUTH TAKING OF A MOTOR VEH"),
    ("VIOLENCE AGAINST THE PERSON", "HOMICIDE"),
    ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITH INJURY"),
    ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITHOUT INJURY"),
]


@dataclass
class CrimeFile:
    """A wide crime file in the making: change `lines` (header first), then `write` it."""

    path: Path
    lines: list[str]
    end: str

    def row(self, area: str, minor: str) -> int:
        """Return the place in `lines` of an area's row for a category."""
        return next(place for place, line in enumerate(self.lines) if f",{minor},{area}," in line)

    def set(self, area: str, minor: str, column: int, cell: str) -> int:
        """Put `cell` into a month (0 is the first) of a row; return the row's line, from 1."""
        place = self.row(area, minor)
        cells = self.lines[place].split(",")
        cells[3 + column] = cell
        self.lines[place] = ",".join(cells)
        return place + 1

    def write(self) -> Path:
        """Write the file and return its path."""
        self.path.write_bytes((self.end.join(self.lines) + self.end).encode())
        return self.path


@pytest.fixture
def crime_file(tmp_path: Path) -> Callable[..., CrimeFile]:
    """Return a maker of crime files: all boroughs, one made-up count a category and month."""

    def make(months: Sequence[str], *, old: bool = False, name: str = "crime.csv") -> CrimeFile:
        areas = sorted([area.name for area in METROPOLITAN_POLICE_BOROUGHS] + [AIRPORTS])
        if not old:
            areas = sorted([*areas, "Unknown"])
        column = "LookUp_BoroughName" if old else "BoroughName"
        lines = [",".join(["MajorText", "MinorText", column, *months])]
        for rank, area in enumerate(areas):
            for place, (major, minor) in enumerate(OLD_CATEGORIES if old else NEW_CATEGORIES):
                if '"' not in minor and "," in minor:
                    minor = f'"{minor}"'
                counts = [str((rank * 7 + place * 3 + int(month)) % 50) for month in months]
                lines.append(",".join([major, minor, area, *counts]))
        return CrimeFile(tmp_path / name, lines, "\r\n" if old else "\n")

    return make


LATEST_CATEGORIES = [
    pair
    for pair in NEW_CATEGORIES
    if not pair[1].startswith(("BURGLARY - ", "BURGLARY IN", "NFIB"))
] + [
    ("BURGLARY", "RES BURGLARY OF A HOME"),
    ("BURGLARY", "RES BURGLARY OF UNCONNECTED BUILDING"),
    ("VIOLENCE AGAINST THE PERSON", "DEATH SERIOUS INJURY ILLEGAL DRIVING"),
    ("VIOLENCE AGAINST THE PERSON", "STALKING AND HARASSMENT"),
]
NOT_OF_LSOAS = ("HOMICIDE", "RAPE", "OTHER SEXUAL OFFENCES")


@dataclass
class SmallAreaFile:
    """A wide file of wards or LSOAs in the making, in the publisher's layout of early 2026.

    The figures are made here: two places a borough, one count for each category and month.
    """

    path: Path
    lines: list[str]

    def place(self, code: str, minor: str) -> int:
        """Return the place in `lines` of a place's row for a category."""
        return next(
            place
            for place, line in enumerate(self.lines)
            if f",{minor}," in line and code in line.split(",")
        )

    def write(self) -> Path:
        """Write the file and return its path."""
        self.path.write_text("\n".join(self.lines) + "\n")
        return self.path


@pytest.fixture
def ward_file(tmp_path: Path) -> Callable[..., SmallAreaFile]:
    """Return a maker of ward files; wards are Abbey and Manor in each borough."""

    def make(
        months: Sequence[str], *, heads: str = "MajorText,MinorText", name: str = "wards.csv"
    ) -> SmallAreaFile:
        lines = [",".join([heads, "WardName,WardCode,LookUp_BoroughName", *months])]
        for rank, area in enumerate(METROPOLITAN_POLICE_BOROUGHS):
            for ward, title in enumerate(("Abbey", "Manor")):
                code = f"E05{rank * 2 + ward + 9000:06}"
                for place, (major, minor) in enumerate(LATEST_CATEGORIES):
                    counts = [str((rank + ward + place + int(month)) % 9) for month in months]
                    lines.append(",".join([major, minor, title, code, area.name, *counts]))
        return SmallAreaFile(tmp_path / name, lines)

    return make


@pytest.fixture
def lsoa_file(tmp_path: Path) -> Callable[..., SmallAreaFile]:
    """Return a maker of LSOA files: 001A and 001B of each borough."""

    def make(
        months: Sequence[str],
        *,
        heads: str = "LSOA Code,LSOA Name,Borough,Major Category,Minor Category",
        name: str = "lsoas.csv",
    ) -> SmallAreaFile:
        lines = [",".join([heads, *months])]
        named = "LSOA Name" in heads
        for rank, area in enumerate(METROPOLITAN_POLICE_BOROUGHS):
            for small, letter in enumerate("AB"):
                code = f"E01{rank * 2 + small + 6:06}"
                keys = [code, f"{area.name} 001{letter}", area.code]
                for place, (major, minor) in enumerate(LATEST_CATEGORIES):
                    if minor in NOT_OF_LSOAS:
                        continue
                    counts = [str((rank + small + place + int(month)) % 4) for month in months]
                    kept = keys if named else [code, area.name]
                    lines.append(",".join([*kept, major, minor, *counts]))
        return SmallAreaFile(tmp_path / name, lines)

    return make


@dataclass
class SurveyFile:
    """A survey file in the making: change `lines` (header first), then `write` it."""

    path: Path
    lines: list[str]

    def write(self) -> Path:
        """Write the file, without a last end of line as the publisher does, and return its path."""
        self.path.write_bytes("\n".join(self.lines).encode())
        return self.path


@pytest.fixture
def survey_file(tmp_path: Path) -> Callable[..., SurveyFile]:
    """Return a maker of survey files: all boroughs and measures, made-up shares."""

    def make(days: Sequence[str] = ("30/9/2023", "31/12/2023")) -> SurveyFile:
        lines = ["Date,Survey,Borough,Measure,Proportion,MPS,,,,"]
        for place, series in enumerate(SURVEY_SERIES):
            measure = series.categories[0]
            if '"' in measure:
                measure = '"' + measure.replace('"', '""') + '"'
            for day in days:
                for rank, area in enumerate(METROPOLITAN_POLICE_BOROUGHS):
                    name = "City of Westminster" if area.name == "Westminster" else area.name
                    share = f'"0,{30 + rank + place}"'
                    lines.append(f'{day},PAS,{name},{measure},{share},"0,{40 + place}",,,,')
        return SurveyFile(tmp_path / "survey.csv", lines)

    return make
