"""Where sources are offered: on sealed lines, and under the titles that publishers have used."""

from __future__ import annotations

import re

import pytest

from folkmoot.sources.published import PUBLISHED, source_with_key

# As the London Datastore listed them between 2024 and 2026, the newest last.
TITLES = {
    "mps-borough-crime": [
        "MPS Borough Level Crime (Historical)",
        "MPS Borough Level Crime (most recent 24 months)",
        "MPS Borough Level Crime (Historical).csv",
        "MPS Borough Level Crime.csv",
    ],
    "mps-ward-crime": ["MPS Ward Level Crime (Historical).csv", "MPS Ward Level Crime.csv"],
    "mps-lsoa-crime": ["MPS LSOA Level Crime (Historical).csv", "MPS LSOA Level Crime.csv"],
    "mps-monthly-dashboard": ["M1045_MonthlyCrimeDashboard_TNOCrimeData.csv"],
    "public-attitude-survey": ["PAS_Dashboard_Borough.csv"],
}
OTHERS = [
    "MPS Borough Level Crime (Historical earlier).csv",
    "M1045_MonthlyCrimeDashboard_TNOCrimeData.xlsx",
    "M1045_MonthlyCrimeDashboard_KnifeCrimeData.csv",
    "PAS_T&Cdashboard_toQ3 23-24.xlsx",
]


def test_offers_are_on_sealed_lines_and_say_which_files() -> None:
    for source in PUBLISHED:
        if source.offer is None:
            continue
        addresses = [address for address, _ in source.offer.files]
        listed = [source.offer.catalogue] if source.offer.catalogue else []
        assert all(each.startswith("https://") for each in [source.offer.page, *addresses, *listed])
        assert bool(addresses) != bool(listed and source.offer.titles), source.key


@pytest.mark.parametrize(("key", "titles"), TITLES.items(), ids=TITLES)
def test_each_title_is_that_of_one_file_of_its_source(key: str, titles: list[str]) -> None:
    source = source_with_key(key)
    assert source is not None
    assert source.offer is not None
    for title in titles:
        fitting = [each for each in source.offer.titles if re.fullmatch(each, title)]
        assert len(fitting) == 1, title
    strange = [title for others in TITLES.values() if others is not titles for title in others]
    for title in [*strange, *OTHERS]:
        assert not any(re.fullmatch(each, title) for each in source.offer.titles), title
