"""Exports and retention as a person types them."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from tests import factories
from typer.testing import CliRunner

from folkmoot.accounts.models import AuditRecord
from folkmoot.cli.main import app
from folkmoot.responses.acts import begin_draft
from folkmoot.responses.models import Draft

pytestmark = pytest.mark.django_db
runner = CliRunner()


@pytest.fixture
def survey():
    asked = factories.make_survey()
    factories.make_response(asked, {"agree": ["agree"]}, monitored={"age-band": "one"})
    return asked


def test_a_survey_is_exported_by_its_address_or_its_number(survey, tmp_path):
    for named in (survey.slug, str(survey.pk)):
        out = tmp_path / f"{named}.csv"
        result = runner.invoke(app, ["export", "responses", named, "--out", str(out)])
        assert result.exit_code == 0, result.output
        (row,) = csv.DictReader(io.StringIO(out.read_text("utf-8-sig")))
        assert row["agree"] == "agree"
    line = AuditRecord.objects.filter(act="responses exported").first()
    assert (line.by, line.after["responses"]) == (None, 1)


def test_a_package_has_equality_answers_and_dictionaries(survey, tmp_path):
    out = tmp_path / "all.zip"
    asked = ["export", "responses", survey.slug, "--out", str(out), "--format", "sav"]
    refused = runner.invoke(app, [*asked, "--monitoring", "apart"])
    assert refused.exit_code == 1
    assert "add --package" in refused.output
    assert runner.invoke(app, [*asked, "--package", "--monitoring", "apart"]).exit_code == 0
    with zipfile.ZipFile(out) as archive:
        assert {"responses.sav", "equality-answers.sav"} <= set(archive.namelist())


def test_a_survey_that_is_not_there_is_said_with_those_that_are(survey, tmp_path):
    out = str(tmp_path / "none.csv")
    result = runner.invoke(app, ["export", "responses", "nowhere", "--out", out])
    assert result.exit_code == 1
    assert f"There is no survey 'nowhere': name one by its number: {survey.pk}" in result.output


def test_a_dry_run_lists_what_goes_and_erases_nothing(survey, settings):
    begin_draft(survey, "old", factories.OPENS)
    settings.FOLKMOOT_AT = "2022-03-01"
    shown = runner.invoke(app, ["retention", "--dry-run"]).stdout
    assert "since 2021-12-16: due          1 drafts of " in shown
    assert Draft.objects.count() == 1
    assert "1 drafts" in runner.invoke(app, ["retention"]).stdout
    assert not Draft.objects.exists()
