"""A release is imported whole or not at all, once, and on the record."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import folkmoot.demo
from folkmoot.accounts.models import AuditRecord
from folkmoot.performance.acts import ImportRefusedError, import_release
from folkmoot.performance.models import Area, Observation, Release
from folkmoot.sources.errors import SourceError
from folkmoot.sources.stop_and_search import COLUMNS

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
FIGURES = Path(folkmoot.demo.__file__).parent / "london" / "figures"
SURVEY = FIGURES / "public-attitude-survey-2023-12.csv"

pytestmark = pytest.mark.django_db


def test_a_release_becomes_observations_with_its_source_and_hash() -> None:
    imported = import_release([SURVEY], at=AT, released_on=date(2024, 3, 31))
    release = imported.release
    assert imported.is_new
    assert release.source == "public-attitude-survey"
    assert release.released_on == date(2024, 3, 31)
    assert all(len(file["sha256"]) == 64 for file in release.files)
    assert "Open Government Licence" in release.licence
    london = Area.objects.get(kind=Area.Kind.TOTAL)
    shown = Observation.objects.get(
        release=release, series="good-job-local", area=london, period=date(2023, 12, 1)
    )
    assert shown.value == pytest.approx(0.47)
    assert shown.base
    assert f"{release.observations.count():,} observations" in imported.sentence


def test_the_same_release_twice_changes_nothing() -> None:
    first = import_release([SURVEY], at=AT, released_on=date(2024, 3, 31))
    before = (Release.objects.count(), Observation.objects.count(), AuditRecord.objects.count())
    again = import_release([SURVEY], at=AT, released_on=date(2025, 1, 1))
    assert not again.is_new
    assert again.release == first.release
    assert again.sentence.startswith("Nothing changed:")
    after = (Release.objects.count(), Observation.objects.count(), AuditRecord.objects.count())
    assert after == before


def test_an_import_is_on_the_record() -> None:
    imported = import_release([SURVEY], at=AT, released_on=date(2024, 3, 31))
    line = AuditRecord.objects.get(act="release imported")
    assert line.record_id == str(imported.release.pk)
    assert line.after["released_on"] == "2024-03-31"


def test_a_release_from_the_future_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(ImportRefusedError, match=r"dated 6 January 2026, which is still to come"):
        import_release([SURVEY], at=AT, released_on=date(2026, 1, 6))
    assert not Release.objects.exists()
    assert not Area.objects.exists()


def test_a_wrong_file_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("Name,Age\nAda,36\n")
    with pytest.raises(SourceError, match=r"wrong\.csv, row 1"):
        import_release([wrong], at=AT)
    assert not Release.objects.exists()
    assert not AuditRecord.objects.exists()


def test_a_cut_table_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    cut = tmp_path / SURVEY.name
    cut.write_bytes(SURVEY.read_bytes()[:20_000])
    with pytest.raises(SourceError, match=SURVEY.name):
        import_release([cut], at=AT)
    assert not Observation.objects.exists()


def test_an_import_tells_how_far_it_is() -> None:
    told: list[tuple[str, int, int]] = []
    imported = import_release([SURVEY], at=AT, progress=lambda *each: told.append(each))
    rows = imported.release.observations.count()
    assert told[-1] == ("Storing observations", rows, rows)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_the_day_that_a_file_tells_stands_before_that_of_its_server() -> None:
    imported = import_release([SURVEY], at=AT, served_on=date(2024, 3, 4))
    assert imported.release.released_on == date(2024, 2, 1)


def test_areas_of_one_name_have_addresses_of_their_own(tmp_path: Path) -> None:
    Area.objects.create(code="E05000001", slug="kent-police", name="Kent Police", kind="ward")
    path = tmp_path / "2024-01-kent-stop-and-search.csv"
    path.write_text(f"{','.join(COLUMNS)}\nPerson search,2024-01-05{',' * 13}\n")
    release = import_release([path], at=AT, released_on=date(2024, 3, 1)).release
    area = Area.objects.get(observations__release=release, observations__series="stop-and-search")
    assert (area.slug, area.kind) == ("kent-police-kent-police", "force")
    assert area.observations.get(series="stop-and-search").value == 1
