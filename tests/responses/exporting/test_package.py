"""What is asked for, who may, and that equality answers lead to nobody."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from tests import factories

from folkmoot.accounts.models import AuditRecord
from folkmoot.publishing.clock import now
from folkmoot.responses.acts.erasure import erase_due
from folkmoot.responses.acts.exporting import begin_export, make_export
from folkmoot.responses.exporting.selection import Selection
from folkmoot.responses.models import Export

pytestmark = pytest.mark.django_db
READS, EXPORTS = "responses.view_response", "responses.add_export"
EQUALITY, JOINS = "responses.view_monitoringanswer", "responses.join_monitoring"


@pytest.fixture
def survey():
    asked = factories.make_survey()
    for place in range(6):
        given = {"agree": ["agree" if place % 2 else "disagree"], "change": f"=Answer {place}"}
        group = ["one", "other", "prefer-not-to-say"][place % 3]
        factories.make_response(asked, given, monitored={"age-band": group} if place else None)
    return asked


def made(survey, user, monitoring="none", chosen="csv"):
    export = begin_export(survey, chosen, Selection(), now(), user, monitoring=monitoring)
    return make_export(export, now())


def table(export, name):
    with zipfile.ZipFile(export.file.open("rb")) as archive:
        text = archive.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_equality_answers_are_apart_with_nothing_that_leads_to_an_answer(survey):
    user = factories.make_user(READS, EXPORTS, EQUALITY)
    export = made(survey, user, "apart")
    rows = table(export, "equality-answers.csv")
    assert len(rows) == 5
    assert set(rows[0]) == {"age_band", "age_band__other__text"}
    assert sorted(row["age_band"] for row in rows) == [
        "[prefer not to say]",
        "[prefer not to say]",
        "one",
        "other",
        "other",
    ]
    assert "age_band" not in table(export, "responses.csv")[0]


def test_a_key_joins_them_and_then_no_row_has_a_reference(survey):
    user = factories.make_user(READS, EXPORTS, EQUALITY, JOINS)
    export = made(survey, user, "keyed")
    answers, equality = (table(export, f"{name}.csv") for name in ("responses", "equality-answers"))
    assert "reference" not in answers[0]
    assert "organisation" not in answers[0]
    by_key = {row["export_key"]: row for row in answers}
    joined = [(by_key[row["export_key"]]["change"], row["age_band"]) for row in equality]
    assert sorted(joined)[0] == ("'=Answer 1", "other")
    again = table(made(survey, user, "keyed"), "responses.csv")
    assert not {row["export_key"] for row in again} & set(by_key)


@pytest.mark.parametrize("chosen", ["xlsx", "parquet", "sav"])
def test_a_package_has_the_file_and_its_dictionary(survey, chosen):
    export = made(survey, factories.make_user(READS, EXPORTS), chosen=chosen)
    assert (export.state, export.written, export.total) == ("made", 6, 6)
    with zipfile.ZipFile(export.file.open("rb")) as archive:
        assert archive.namelist() == [
            f"responses.{chosen}",
            "responses-dictionary.csv",
            "responses-dictionary.html",
        ]
        assert "Do you agree with agree?" in archive.read("responses-dictionary.html").decode()


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        ((), ()),
        ((READS,), ()),
        ((EXPORTS,), ()),
        ((READS, EXPORTS), ("none",)),
        ((READS, EXPORTS, JOINS), ("none",)),
        ((READS, EXPORTS, EQUALITY), ("none", "apart")),
        ((READS, EXPORTS, EQUALITY, JOINS), ("none", "apart", "keyed")),
    ],
)
def test_who_may_export_what(survey, permissions, may):
    user = factories.make_user(*permissions)
    for monitoring in Export.Monitoring.values:
        if monitoring in may:
            begin_export(survey, "csv", Selection(), now(), user, monitoring=monitoring)
        else:
            with pytest.raises(PermissionDenied):
                begin_export(survey, "csv", Selection(), now(), user, monitoring=monitoring)
    assert AuditRecord.objects.filter(act="responses exported").count() == len(may)


def test_the_page_sends_a_csv_at_once_and_notes_it(client, survey):
    user = factories.make_user(READS, EXPORTS)
    client.force_login(user)
    address = reverse("responses:export", args=[survey.pk])
    assert "6 responses count." in client.get(address).content.decode()
    sent = client.post(address, {"format": "csv", "bom": "on", "questions": ["change"]})
    assert sent["Content-Type"] == "text/csv; charset=utf-8"
    assert sent.streaming
    text = b"".join(sent.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["change"] for row in rows] == [f"'=Answer {place}" for place in range(6)]
    assert "agree" not in rows[0]
    line = AuditRecord.objects.get(act="responses exported")
    assert (line.by, line.after["responses"], line.after["format"]) == (user, 6, "csv")


def test_the_page_makes_others_in_the_background_and_hands_them_over_once_made(client, survey):
    client.force_login(factories.make_user(READS, EXPORTS))
    address = reverse("responses:export", args=[survey.pk])
    client.post(address, {"format": "sav"})
    export = Export.objects.get()
    assert "Being made: 0 of 6 responses" in client.get(address).content.decode()
    make_export(export, now())
    fetched = client.post(reverse("responses:download_export", args=[export.pk]))
    assert b"".join(fetched.streaming_content)[:2] == b"PK"
    assert AuditRecord.objects.filter(act="export downloaded").count() == 1
    client.force_login(factories.make_user())
    refused = client.post(reverse("responses:download_export", args=[export.pk]))
    assert refused.status_code != 200


def test_who_may_not_see_equality_answers_may_not_fetch_them_either(client, survey):
    export = made(survey, factories.make_user(READS, EXPORTS, EQUALITY), "apart")
    client.force_login(factories.make_user(READS, EXPORTS))
    client.post(reverse("responses:download_export", args=[export.pk]))
    assert not AuditRecord.objects.filter(act="export downloaded").exists()


def test_a_last_day_before_the_first_is_refused_and_what_was_typed_is_kept(client, survey):
    client.force_login(factories.make_user(READS, EXPORTS))
    address = reverse("responses:export", args=[survey.pk])
    days = {"format": "csv", "since": "2021-12-02", "until": "2021-12-01"}
    page = client.post(address, days)
    assert page.status_code == 422
    assert "The last day is before the first" in page.content.decode()
    assert 'value="2021-12-02"' in page.content.decode()
    assert not Export.objects.exists()


def test_the_file_of_an_export_goes_when_its_time_is_over(
    survey, django_capture_on_commit_callbacks
):
    export = made(survey, factories.make_user(READS, EXPORTS))
    path = Path(export.file.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_due(now() + timedelta(days=8))["exports"] == 1
    export.refresh_from_db()
    assert (export.state, export.file.name, export.total) == ("expired", "", 6)
    assert not path.exists()
