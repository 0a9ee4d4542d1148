"""What the public reads of responses: from closing on, only what was approved, no few apart."""

from __future__ import annotations

import csv
import io

import pytest
from tests import factories

from folkmoot.consultations.models import Respondent
from folkmoot.responses.acts import handling, reviewing
from folkmoot.responses.acts.reviewing import Verdict
from folkmoot.responses.models import Decision, Publication, PublicResponse, Publishing
from folkmoot.responses.publishable import Span

pytestmark = pytest.mark.django_db
AT = factories.CLOSES
AFTER = "2022-02-01 12:00"


@pytest.fixture(autouse=True)
def _after_closing(settings):
    settings.FOLKMOOT_AT = AFTER
    settings.PUBLIC_CACHE_SECONDS = 0


@pytest.fixture
def survey():
    survey = factories.make_survey()
    Publishing.objects.create(survey=survey, changed_at=AT)
    return survey


@pytest.fixture
def officer():
    return factories.make_user(is_superuser=True)


def publish(survey, officer, text="More lights.", *, name="", publication=None, **fields):
    respondent = factories.make_respondent(
        survey.consultation,
        kind=Respondent.Kind.ORGANISATION if name else Respondent.Kind.INDIVIDUAL,
        organisation=name,
    )
    response = factories.make_response(
        survey,
        {"agree": ["agree"], "change": text},
        monitored={"age-band": "one"},
        respondent=respondent,
        publication=publication or Publication.UNNAMED,
        **fields,
    )
    verdicts = {each.pk: Verdict(Decision.APPROVED) for each in response.answers.all()}
    reviewing.review(response, verdicts, officer, AT)
    return response


def read(client, survey, where="", **asked):
    page = client.get(f"{survey.url}responses/{where}", asked)
    return page, page.content.decode()


def test_nothing_is_public_before_closing_nor_where_it_is_off(client, survey, officer, settings):
    publish(survey, officer)
    assert read(client, survey)[0].status_code == 200
    settings.FOLKMOOT_AT = "2021-12-01 12:00"
    for where in ("", "1/", "responses.csv"):
        assert read(client, survey, where)[0].status_code == 404
    Publishing.objects.update(from_at=factories.OPENS)
    assert read(client, survey)[0].status_code == 200
    settings.FOLKMOOT_AT = AFTER
    Publishing.objects.all().delete()
    assert read(client, survey)[0].status_code == 404


def test_a_response_reads_as_it_was_approved_with_nothing_of_who_sent_it(client, survey, officer):
    response = publish(survey, officer, "I am Ada. More lights.")
    change = response.answers.get(question="change")
    redacted = Verdict(Decision.REDACTED, [Span("", 5, 8, "name")])
    reviewing.review(response, {change.pk: redacted}, officer, AT)
    for where in ("", "1/"):
        page, said = read(client, survey, where)
        assert page.status_code == 200
        assert "[name removed]" in said
        for hidden in ("Ada", response.reference, "age-band", "One group", "individual"):
            assert hidden not in said.replace("Names of individuals", ""), (where, hidden)


def test_organisations_are_named_as_they_chose(client, survey, officer):
    publish(survey, officer, name="Tenants of Bow", publication=Publication.NAMED)
    publish(survey, officer, name="Friends of Roding")
    publish(survey, officer, publication=Publication.NAMED)
    _, said = read(client, survey)
    assert "Tenants of Bow" in said
    assert "Friends of Roding" not in said


def test_a_withdrawn_or_merged_response_is_gone_at_once(client, survey, officer):
    kept, gone, merged = (publish(survey, officer, f"Words {each}.") for each in "xyz")
    handling.withdraw_on_request(gone, "Asked.", officer, AT)
    handling.merge(kept, [merged], "One person.", officer, AT)
    _page, said = read(client, survey)
    assert "Words x." in said
    assert "Words y." not in said
    assert "Words z." not in said
    assert [read(client, survey, f"{each}/")[0].status_code for each in (1, 2, 3)] == [
        200,
        404,
        404,
    ]


def test_a_filter_that_leaves_few_lists_none_and_does_not_say_how_many(client, survey, officer):
    for number in range(6):
        publish(survey, officer, "More buses." if number < 5 else "A helipad.")
    _, many = read(client, survey, q="buses")
    assert "5 responses match" in many
    for asked in ("helipad", "nothing-like-it"):
        _page, few = read(client, survey, q=asked)
        assert "Fewer than 5 published responses match" in few
        assert "helipad." not in few
        assert "<h2><a" not in few
        assert read(client, survey, "responses.csv", q=asked)[0].status_code == 404
    assert read(client, survey, q="helipad")[1].replace("helipad", "") == read(
        client, survey, q="hovercraft"
    )[1].replace("hovercraft", "")


def test_kinds_are_told_apart_only_where_neither_is_few(client, survey, officer):
    for _ in range(5):
        publish(survey, officer)
    for number in range(4):
        publish(survey, officer, name=f"Body {number}")
    _, said = read(client, survey, kind="organisation")
    assert 'name="kind"' not in said
    assert "An individual" not in said
    assert "9 responses" in said
    publish(survey, officer, name="Body 5")
    _, said = read(client, survey, kind="organisation")
    assert 'name="kind"' in said
    assert "5 responses match" in said
    assert "An organisation" in said
    assert "Body 5" not in said


def test_a_filter_by_question_leaves_those_with_a_published_answer(client, survey, officer):
    responses = [publish(survey, officer, f"Words {number}.") for number in range(6)]
    change = responses[0].answers.get(question="change")
    refused = Verdict(Decision.REFUSED, reason="Names others.")
    reviewing.review(responses[0], {change.pk: refused}, officer, AT)
    _, said = read(client, survey, question="change")
    assert "5 responses match" in said
    assert "Words 0." not in said
    assert "Words 5." in said


def test_the_csv_holds_what_the_pages_show_and_no_formula(client, survey, officer):
    for number in range(6):
        publish(survey, officer, f"=cmd {number}")
    _page, said = read(client, survey, "responses.csv", question="change")
    rows = list(csv.DictReader(io.StringIO(said.lstrip("\ufeff"))))
    assert [row["answer"] for row in rows] == [f"'=cmd {number}" for number in range(6)]
    assert {row["question number"] for row in rows} == {"2"}
    assert "FM-" not in said


def test_the_start_page_and_the_consultation_lead_to_the_responses(client, survey, officer):
    publish(survey, officer)
    address = f"{survey.url}responses/"
    assert address in client.get(survey.url).content.decode()
    assert address in client.get(survey.consultation.url).content.decode()


def test_the_list_costs_as_many_queries_for_one_as_for_ten(
    client, survey, officer, django_assert_max_num_queries
):
    def queries(where=""):
        with django_assert_max_num_queries(60) as asked:
            read(client, survey, where)
        return len(asked)

    publish(survey, officer)
    read(client, survey)
    assert read(client, survey, "responses.csv")[0].status_code == 200
    few = [queries(where) for where in ("", "1/", "responses.csv")]
    for _ in range(10):
        publish(survey, officer)
    assert [queries(where) for where in ("", "1/", "responses.csv")] == few
    assert PublicResponse.objects.count() == 11
