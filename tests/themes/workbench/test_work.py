"""Long work on a question's page: asked for, shown step by step, cancelled, started again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from tests import factories
from tests.themes.reading import make_taught

from folkmoot.themes import acts
from folkmoot.themes.acts.running import run_work
from folkmoot.themes.acts.working import LOST, Attempt, ask_for_work, heard_now
from folkmoot.themes.models import CodeFrame, Work

AT = factories.AFTER
ANALYST = ("themes.confirm_themes", "themes.code_answers")
QUERIES_OF_A_LOOK = 8


@pytest.fixture
def analyst(client):
    user = factories.make_user(*ANALYST, first_name="Ada", last_name="Obi")
    client.force_login(user)
    return user


def address(survey, name="question"):
    return reverse(f"themes:{name}", args=[survey.pk, "change"])


def shown(client, survey):
    return BeautifulSoup(client.get(address(survey)).content, "html.parser")


def words(found):
    return " ".join(found.get_text(" ").split())


def look(client, work):
    """Return what a page that asks again is sent."""
    url = reverse("themes:work", args=[work.pk])
    return BeautifulSoup(client.get(url, headers={"HX-Request": "true"}).content, "html.parser")


def begun(survey, kind=Work.Kind.SUGGEST):
    work = ask_for_work(survey, "change", kind, AT)
    return Attempt.begun(work.pk, 1)


def test_work_is_asked_for_done_and_told(client, survey, analyst):
    page = client.post(address(survey, "suggest"), follow=True)
    work = Work.objects.get()
    found = BeautifulSoup(page.content, "html.parser").select_one("#work")
    assert "Suggest themes Waiting It waits for the worker." in words(found)
    assert "by Ada Obi" in words(found)
    run_work(work.pk, 1)
    page = shown(client, survey)
    assert page.select_one("#work") is None
    assert "Suggest themes Done 84 answers read;" in words(page.select_one(".folkmoot-works"))


def test_the_step_and_the_share_stand_on_the_page(client, survey, analyst):
    begun(survey).tell("Looking for campaigns", 0.25)
    found = shown(client, survey).select_one("#work")
    assert "Looking for campaigns (25%)" in words(found)
    assert found.find("progress")["value"] == "25"
    assert found.find("a", href=address(survey))
    assert not found.find("meta")


def test_a_page_that_asks_again_is_sent_that_part_alone(
    client, survey, analyst, django_assert_num_queries
):
    attempt = begun(survey)
    attempt.tell("Forming themes", 0.5)
    found = look(client, attempt.work)
    assert "Forming themes (50%)" in words(found)
    assert found.select_one("#work")["hx-get"]
    assert found.select_one("#work-said") is None
    with django_assert_num_queries(QUERIES_OF_A_LOOK):
        look(client, attempt.work)


def test_the_end_is_announced_and_nothing_asks_again(client, survey, analyst):
    attempt = begun(survey)
    attempt.end(Work.State.DONE, "84 answers read.", AT)
    found = look(client, attempt.work)
    assert words(found.select_one("#work-said")) == "Suggest themes: Done. 84 answers read."
    assert not found.select_one("#work").has_attr("hx-get")
    assert found.find("a", href=address(survey))


def test_the_part_by_itself_leads_to_the_question(client, survey, analyst):
    attempt = begun(survey)
    response = client.get(reverse("themes:work", args=[attempt.work.pk]))
    assert response.url == address(survey)


def test_it_is_cancelled_and_nothing_is_changed(client, survey, analyst):
    attempt = begun(survey)
    url = reverse("themes:cancel_work", args=[attempt.work.pk])
    assert "Cancelled: nothing was changed." in client.post(url, follow=True).content.decode()
    assert Work.objects.get().state == "cancelled"
    assert "has ended" not in words(shown(client, survey))
    page = client.post(url, follow=True).content.decode()
    assert "not possible any more" in page
    assert not CodeFrame.objects.exists()


def test_who_asks_second_is_told_that_the_machine_is_at_work(client, survey, analyst):
    begun(survey)
    page = client.post(address(survey, "suggest"), follow=True).content.decode()
    assert "at work on this question already" in page
    assert Work.objects.count() == 1


def test_while_it_is_at_work_nothing_else_can_be_pressed(client, frame, analyst):
    begun(frame.survey)
    page = shown(client, frame.survey)
    assert page.find("button", string="Suggest themes").has_attr("disabled")
    row = BeautifulSoup(client.get(reverse("themes:questions")).content, "html.parser")
    assert "The machine is at work" in words(row.find("main") or row)


def test_a_worker_that_is_lost_is_told_so(client, survey, analyst):
    begun(survey)
    Work.objects.update(heard_at=heard_now() - LOST - timedelta(seconds=1))
    assert "Nothing was heard of its worker" in words(shown(client, survey).select_one("#work"))


def test_a_worker_that_never_comes_is_told_so(client, survey, analyst):
    ask_for_work(survey, "change", Work.Kind.SUGGEST, AT)
    Work.objects.update(heard_at=heard_now() - timedelta(minutes=3))
    assert "does not seem to run" in words(shown(client, survey).select_one("#work"))


def test_interrupted_work_is_told_so_and_started_again(client, survey, analyst):
    work = ask_for_work(survey, "change", Work.Kind.SUGGEST, AT, options={"replace_confirmed": 1})
    Work.objects.update(state="interrupted", outcome="Interrupted: stopped.", ended_at=AT)
    warning = shown(client, survey).select_one(".help-warning")
    assert "Suggest themes: interrupted. Interrupted: stopped." in words(warning)
    client.post(warning.find("form")["action"])
    again = Work.objects.get(state="waiting")
    assert (again.kind, again.options, again.asked_by) == (work.kind, work.options, analyst)


def test_new_answers_are_offered_to_be_placed_and_placed(client, frame, analyst):
    assert shown(client, frame.survey).find(id="place") is None
    factories.make_response(frame.survey, {"change": "Put officers on foot in the market."})
    page = shown(client, frame.survey)
    assert page.select_one(".folkmoot-next a.button").get_text() == "Place the 1 new answer"
    client.post(address(frame.survey, "place"))
    run_work(Work.objects.get().pk, 1)
    assert "1 new answer was placed." in words(shown(client, frame.survey))
    assert frame.assignments.count() == 21


def test_learning_is_offered_once_enough_is_read(client, frame, analyst):
    page = shown(client, frame.survey)
    assert "People have read 0; from 100 on it can learn from them" in words(page)
    assert page.find("button", string="Learn from what was read") is None


def test_the_machine_is_asked_to_learn(client, analyst):
    frame = make_taught()
    assert shown(client, frame.survey).find("button", string="Learn from what was read")
    client.post(address(frame.survey, "learn"))
    work = Work.objects.get()
    assert (work.kind, work.asked_by) == ("learn", analyst)
    run_work(work.pk, 1)
    assert "The machine learnt from 105 answers" in words(shown(client, frame.survey))


def test_answers_drawn_of_very_many_are_drawn_by_the_worker(client, frame, analyst):
    CodeFrame.objects.update(answers_read=5_001)
    client.post(address(frame.survey, "draw"), {"percent": "10"})
    work = Work.objects.get()
    assert (work.kind, work.options) == ("draw", {"share": 0.1})
    run_work(work.pk, 1)
    assert frame.assignments.filter(is_double=True).count() == 2
    refused = client.post(address(frame.survey, "draw"), {"percent": "101"}, follow=True)
    assert "between 0% and 100%" in refused.content.decode()


def test_a_reader_sees_how_far_it_is_and_no_button(client, survey):
    client.force_login(factories.make_user("themes.view_codeframe"))
    attempt = begun(survey)
    for page in (shown(client, survey).select_one("#work"), look(client, attempt.work)):
        assert "Begun" in words(page)
        assert page.find("form") is None


def test_the_history_says_who_asked_when_and_how_it_ended(client, survey, analyst):
    client.post(address(survey, "suggest"))
    run_work(Work.objects.get().pk, 1)
    frame = CodeFrame.objects.get()
    acts.confirm_frame(frame, analyst, AT)
    ask_for_work(survey, "change", Work.Kind.SUGGEST, AT)
    run_work(Work.objects.first().pk, 1)
    rows = [words(each) for each in shown(client, survey).select(".folkmoot-works li")]
    assert rows[0].startswith("Suggest themes Failed A person has confirmed the themes")
    assert "by the site, by itself" in rows[0]
    assert "by Ada Obi" in rows[1]
