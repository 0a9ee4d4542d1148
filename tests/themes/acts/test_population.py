"""Population tables put in use, replaced and taken back, each in the audit record."""

from __future__ import annotations

import pytest
from tests import factories
from tests.themes.peoples import make_population, read_of

from folkmoot.accounts.models import AuditRecord
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.population import import_population, undo_population
from folkmoot.themes.models import PopulationTable

AT = factories.AFTER


@pytest.fixture
def survey():
    return factories.make_survey()


def in_use(survey):
    return {
        table.question: {margin.level: margin.figure for margin in table.margins.all()}
        for table in survey.population_tables.filter(standing="current")
    }


def test_a_file_is_put_in_use_and_recorded(survey):
    by = factories.make_user()
    (table,) = import_population(
        survey, read_of(survey, {"age-band": {"one": 7, "other": 3}}), AT, by
    )
    assert in_use(survey) == {"age-band": {"one": 7, "other": 3}}
    assert (table.imported_by, table.imported_at, table.unit) == (by, AT, "people")
    told = AuditRecord.objects.get(act="population figures imported")
    assert (told.by, told.before) == (by, None)
    assert told.after["figures"] == {"one": 7, "other": 3}
    assert told.after["sha256"] == table.sha256


def test_a_later_file_takes_the_place_of_an_earlier_one(survey):
    make_population(survey, {"age-band": {"one": 7, "other": 3}})
    make_population(survey, {"age-band": {"one": 5, "other": 5}})
    assert in_use(survey) == {"age-band": {"one": 5, "other": 5}}
    assert [table.standing for table in survey.population_tables.all()] == ["current", "replaced"]
    told = AuditRecord.objects.filter(act="population figures imported").latest("pk")
    assert told.before["figures"] == {"one": 7, "other": 3}


def test_a_file_of_one_question_leaves_others_alone(survey):
    make_population(survey, {"age-band": {"one": 7, "other": 3}})
    make_population(survey, {"agree": {"agree": 1, "neither": 1, "disagree": 0}})
    assert set(in_use(survey)) == {"age-band", "agree"}


def test_what_is_taken_back_leaves_its_place_to_the_one_before(survey):
    by = factories.make_user()
    make_population(survey, {"age-band": {"one": 7, "other": 3}})
    (later,) = make_population(survey, {"age-band": {"one": 5, "other": 5}})
    former = undo_population(later, AT, by)
    assert in_use(survey) == {"age-band": {"one": 7, "other": 3}}
    assert undo_population(former, AT, by) is None
    assert in_use(survey) == {}
    assert set(PopulationTable.objects.values_list("standing", flat=True)) == {"undone"}
    told = AuditRecord.objects.filter(act="population figures undone")
    assert [(each.by, each.after["in use"]) for each in told.order_by("pk")] == [
        (by, former.pk),
        (by, None),
    ]


def test_what_is_not_in_use_cannot_be_taken_back(survey):
    (former,) = make_population(survey, {"age-band": {"one": 7, "other": 3}})
    make_population(survey, {"age-band": {"one": 5, "other": 5}})
    told = AuditRecord.objects.count()
    with pytest.raises(ThemesError, match="not in use any more"):
        undo_population(former, AT)
    assert in_use(survey) == {"age-band": {"one": 5, "other": 5}}
    assert AuditRecord.objects.count() == told


def test_a_file_with_faults_changes_nothing(survey):
    read = read_of(survey, {"age-band": {"one": 7}})
    assert read.faults
    with pytest.raises(ThemesError, match="not right yet"):
        import_population(survey, read, AT)
    assert not PopulationTable.objects.exists()
