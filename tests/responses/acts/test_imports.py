from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests import factories
from tests.factories import OPENS

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.models import Respondent
from folkmoot.responses.acts.erasure import erase_due
from folkmoot.responses.acts.imports import (
    MOST_WHILE_OPEN,
    ImportRefusedError,
    begin_check,
    begin_import,
    begin_rows,
    check_import,
    give_up_import,
    import_rows,
    keep_mapping,
)
from folkmoot.responses.acts.progress import ask_to_stop, progress_of
from folkmoot.responses.acts.undoing import undo_import, work_done
from folkmoot.responses.importing import BrokenTableError, ColumnMapping
from folkmoot.responses.models import (
    Answer,
    ImportMapping,
    ImportRun,
    MonitoringAnswer,
    MonitoringConsent,
    Response,
)
from folkmoot.responses.tasks import import_file

pytestmark = pytest.mark.django_db
AT = OPENS + timedelta(days=30)
HEADER = "ID,Start time,Completion time,Do you agree with agree?,What about change?,age-band\n"
FILE = (
    HEADER
    + "1,12/1/2021 9:00,12/1/2021 9:05,Agree,More lights.,One\n"
    + "2,12/2/2021 9:00,12/2/2021 9:05,,Fewer cars.,\n"
)


@pytest.fixture
def officer():
    return factories.make_user()


@pytest.fixture
def survey():
    return factories.make_survey(
        questions=[
            factories.choice("agree", required=True),
            factories.text("change"),
            factories.monitoring("age-band", options=[("one", "One"), ("two", "Two")]),
        ]
    )


def sent(content: str = FILE, name: str = "forms.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def checked_run(survey, officer, content=FILE) -> ImportRun:
    run = begin_import(survey, sent(content), AT, officer)
    keep_mapping(run, ColumnMapping.read(run.mapping), AT, officer)
    begin_check(run)
    check_import(run, AT)
    return run


def imported_run(survey, officer, content=FILE) -> ImportRun:
    run = checked_run(survey, officer, content)
    import_rows(run, begin_rows(run, officer), AT)
    return run


def test_a_file_becomes_responses_that_know_it(survey, officer):
    run = imported_run(survey, officer)
    assert (run.state, run.failure, run.counts["responses"]) == ("imported", "", 2)
    first, second = Response.objects.order_by("submitted_at")
    assert first.import_run == second.import_run == run
    assert (first.reference_there, first.survey, first.channel) == ("1", survey, "web")
    assert {each.question: each.text or each.choices for each in first.answers.all()} == {
        "agree": ["agree"],
        "change": "More lights.",
    }
    assert [each.question for each in second.answers.all()] == ["change"]
    assert MonitoringAnswer.objects.get().choice == "one"
    assert run.counts["skipped"] == 1
    acts = list(AuditRecord.objects.order_by("id").values_list("act", flat=True))
    assert acts[-3:] == ["import begun", "import columns matched", "responses imported"]
    assert run.file.open("rb").read() == FILE.encode()


def test_the_worker_does_what_the_officer_asked_for(survey, officer):
    run = checked_run(survey, officer)
    assert import_file.func(run.pk, begin_rows(run, officer)) == 2


def test_what_was_imported_before_is_left_out_and_the_rest_comes(survey, officer):
    imported_run(survey, officer)
    run = imported_run(survey, officer, FILE + "3,12/3/2021 9:00,12/3/2021 9:05,Agree,,\n")
    assert (run.counts["already"], run.counts["responses"]) == (2, 1)
    assert Response.objects.count() == 3


def test_another_form_that_numbers_alike_is_not_taken_for_the_same(survey, officer):
    imported_run(survey, officer)
    other = HEADER + "1,12/5/2021 9:00,12/5/2021 9:05,Disagree,,\n"
    assert imported_run(survey, officer, other).counts["responses"] == 1


def test_columns_are_remembered_for_the_next_file_of_the_kind(survey, officer):
    run = begin_import(survey, sent(), AT, officer)
    mapping = ColumnMapping.read(run.mapping)
    mapping = replace(mapping, columns=mapping.columns | {"What about change?": "ignore"})
    keep_mapping(run, mapping, AT, officer)
    assert ImportMapping.objects.get().dialect == "microsoft-forms"
    again = begin_import(survey, sent(), AT, officer)
    assert again.mapping["columns"]["What about change?"] == "ignore"


def test_each_table_is_remembered_by_its_own_headings(survey, officer):
    tables = ("Person,Views\n1,Yes\n", "Number,Agree?,Remarks\n1,Agree,No\n")
    uses = ({"Views": "question|change"}, {"Remarks": "question|change"})
    for content, chosen in zip(tables, uses, strict=True):
        run = begin_import(survey, sent(content, "table.csv"), AT, officer)
        mapping = ColumnMapping.read(run.mapping)
        settings = {"separator": "|"} if "Views" in chosen else {"month_first": True}
        columns = dict.fromkeys(mapping.columns, "ignore") | chosen
        keep_mapping(run, replace(mapping, columns=columns, **settings), AT, officer)
    assert set(ImportMapping.objects.values_list("dialect", flat=True)) == {"plain"}
    first, second = (
        begin_import(survey, sent(content, "again.csv"), AT, officer).mapping for content in tables
    )
    assert (first["columns"]["Views"], first["separator"]) == ("question|change", "|")
    assert (second["columns"]["Remarks"], second["month_first"]) == ("question|change", True)
    assert second["separator"] != "|"
    more = begin_import(survey, sent("Person,Views,Ward\n1,Yes,N1\n", "more.csv"), AT, officer)
    assert more.mapping["columns"]["Views"] == "question|change"


def test_a_file_with_a_fault_changes_nothing(survey, officer):
    run = checked_run(survey, officer, FILE + "3,12/3/2021 9:00,12/3/2021 9:05,Perhaps,,\n")
    assert (run.counts["faulty"], run.faults[0]["row"], run.faults[0]["column"]) == (1, 4, "D")
    with pytest.raises(ImportRefusedError, match="imported whole or not at all"):
        begin_rows(run, officer)
    assert not Response.objects.exists()


def test_a_survey_that_changed_after_the_check_stops_the_import_whole(survey, officer):
    run = checked_run(survey, officer)
    survey.steps[0].value["questions"][0].value["options"][0]["code"] = "yes"
    survey.steps[0].value["questions"][0].value["options"][0]["label"] = "Certainly"
    survey.save()
    run.refresh_from_db()
    assert import_rows(run, begin_rows(run, officer), AT) == 0
    assert run.state == "checked"
    assert run.failure.startswith("Row 2, column D: “Agree” is none of the options")
    assert not Response.objects.exists()
    assert not Respondent.objects.exists()


def test_what_is_no_table_is_refused_and_not_kept(survey, officer):
    with pytest.raises(BrokenTableError):
        begin_import(survey, sent("", "empty.csv"), AT, officer)
    assert not ImportRun.objects.exists()


def test_a_fault_behind_a_thousand_rows_that_are_written_takes_them_back(survey, officer):
    line = "{0},12/1/2021 9:00,12/1/2021 9:05,Agree,More lights.,One\n"
    content = HEADER + "".join(line.format(number) for number in range(1, 2_050))
    run = checked_run(survey, officer, content)
    assert run.counts["responses"] == 2_049
    survey.steps[0].value["questions"][0].value["options"][0]["label"] = "Certainly"
    survey.save()
    run.refresh_from_db()
    attempt = begin_rows(run, officer)
    # As if the option had been renamed while the last of the rows were read.
    content = content.replace("2049,12/1/2021 9:00,12/1/2021 9:05,Agree", "2049,x,12/1/2021 9:05,?")
    run.file.storage.delete(run.file.name)
    run.file.storage.save(run.file.name, sent(content.replace(",Agree,", ",Certainly,")))
    assert import_rows(run, attempt, AT) == 0
    assert run.failure.startswith("Row 2,050, column D: “?” is none of the options")
    assert not Response.objects.exists()
    assert not Answer.objects.exists()


def test_equality_answers_come_with_the_agreement_under_which_they_were_gathered(survey, officer):
    run = begin_import(survey, sent(), AT, officer)
    agreed = replace(ColumnMapping.read(run.mapping), monitoring_consent="Kept\tfor a year.\\.")
    keep_mapping(run, agreed, AT, officer)
    begin_check(run)
    check_import(run, AT)
    import_rows(run, begin_rows(run, officer), AT)
    consent = MonitoringConsent.objects.get()
    assert (consent.text, consent.given_at) == (
        "Kept\tfor a year.\\.",
        MonitoringAnswer.objects.get().response.submitted_at,
    )


def test_an_import_is_stopped_until_its_end(survey, officer):
    run = checked_run(survey, officer)
    attempt = begin_rows(run, officer)
    ask_to_stop(run)
    assert import_rows(run, attempt, AT) == 0
    assert (run.state, run.failure) == (
        "checked",
        "The import was stopped. Nothing was written.",
    )
    assert not Response.objects.exists()
    assert progress_of(run).rows == 0


def test_of_two_attempts_the_last_counts(survey, officer):
    run = checked_run(survey, officer)
    lost = begin_rows(run, officer)
    second = begin_rows(run, officer, again=True)
    assert import_rows(run, lost, AT) == 0
    assert not Response.objects.exists()
    assert import_rows(run, second, AT) == 2
    assert run.state == "imported"


def test_an_import_is_undone_whole_and_its_file_stays(survey, officer):
    before = factories.make_response(survey)
    run = imported_run(survey, officer)
    assert undo_import(run, AT, officer) == 2
    assert Response.objects.get() == before
    assert Respondent.objects.get() == before.respondent
    assert Answer.objects.exclude(response=before).count() == 0
    assert (run.state, run.undone_by) == ("undone", officer)
    assert run.file.open("rb").read() == FILE.encode()
    assert AuditRecord.objects.get(act="import undone").before == {"responses": 2}
    assert imported_run(survey, officer).counts["responses"] == 2


def test_an_import_that_somebody_worked_on_is_not_undone(survey, officer):
    run = imported_run(survey, officer)
    assert work_done(run) == ""
    response = run.responses.first()
    response.standing = "withdrawn"
    response.save()
    with pytest.raises(ImportRefusedError, match="1 response of this import was withdrawn"):
        undo_import(run, AT, officer)
    assert Response.objects.count() == 2


def test_an_act_on_one_response_keeps_the_import(survey, officer):
    run = imported_run(survey, officer)
    AuditRecord.objects.create(
        at=AT,
        act="response flagged",
        by=officer,
        by_name=str(officer),
        record_type="responses.Response",
        record_id=str(run.responses.first().pk),
        record_name="x",
    )
    assert "was worked on, as the audit record says" in work_done(run)


def test_a_file_that_is_kept_no_longer_is_said_to_be_gone_and_nothing_is_written(survey, officer):
    run = checked_run(survey, officer)
    attempt = begin_rows(run, officer)
    erase_due(AT + timedelta(days=400))
    run.refresh_from_db()
    run.file.storage.delete(run.file.name)
    assert import_rows(run, attempt, AT) == 0
    assert run.failure.startswith("“forms.csv” is not kept here any more: choose the file again.")
    erase_due(AT + timedelta(days=400))
    run.refresh_from_db()
    assert not run.file
    begin_check(run)
    check_import(run, AT)
    assert (run.state, run.failure[:35]) == ("mapping", "“forms.csv” is not kept here any mo")


def test_a_file_given_up_goes_no_further(survey, officer):
    run = checked_run(survey, officer)
    give_up_import(run, AT, officer)
    for act in (
        lambda: begin_rows(run, officer),
        lambda: begin_check(run),
        lambda: keep_mapping(run, ColumnMapping.read(run.mapping), AT, officer),
        lambda: undo_import(run, AT, officer),
    ):
        with pytest.raises(ImportRefusedError):
            act()


@pytest.mark.parametrize(("at", "is_open"), [("2021-12-01 12:00", True), ("2022-02-01", False)])
def test_a_large_file_waits_on_sqlite_until_nobody_answers(survey, officer, settings, at, is_open):
    settings.FOLKMOOT_AT = at
    run = checked_run(survey, officer)
    run.counts |= {"responses": MOST_WHILE_OPEN + 1}
    if is_open and connection.vendor == "sqlite":
        with pytest.raises(ImportRefusedError, match=r"5,001 rows .* once it has closed"):
            begin_rows(run, officer)
        run.refresh_from_db()
        assert run.state == ImportRun.State.CHECKED
        run.counts |= {"responses": MOST_WHILE_OPEN}
    assert begin_rows(run, officer) == run.attempt
    assert not Response.objects.exists()
