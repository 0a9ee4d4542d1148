"""The coding screen as a plain form: one answer or ten, nothing typed lost, readers blind."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from tests import factories

from folkmoot.responses.models import Answer
from folkmoot.themes.acts.coding import Found, code_answer
from folkmoot.themes.acts.double import draw_double
from folkmoot.themes.acts.editing import describe_theme
from folkmoot.themes.models import Coding

AT = factories.AFTER
QUERIES = 26


@pytest.fixture
def coder(client):
    user = factories.make_user("themes.code_answers")
    client.force_login(user)
    return user


def address(frame, name="code"):
    return reverse(f"themes:{name}", args=[frame.survey_id, frame.question])


def shown(client, frame, **query):
    return BeautifulSoup(client.get(address(frame), query).content, "html.parser")


def answers_on(page):
    return [int(each["value"]) for each in page.select("[data-coding] input[name=answer]")]


def words(found):
    return " ".join(found.get_text(" ").split())


def test_one_answer_is_shown_with_every_theme_and_its_key(client, frame, coder):
    page = shown(client, frame)
    (answer,) = answers_on(page)
    ticks = page.select(f"input[name='{answer}-theme']")
    assert len(ticks) == frame.themes.count()
    assert [each["data-key"] for each in ticks[:3]] == ["1", "2", "3"]
    assert "None of these" in words(page)
    assert "Cannot tell" in words(page)


def test_rules_of_a_theme_stand_beside_it(client, frame, coder):
    theme = frame.themes.first()
    describe_theme(theme, {"includes": "Foot patrols", "excludes": "Cars"}, 1, coder, AT)
    assert "Belongs: Foot patrols Does not: Cars" in words(shown(client, frame))


def test_the_machine_says_what_led_to_its_suggestion(client, frame, coder):
    page = shown(client, frame, grid="yes")
    suggestions = [words(each) for each in page.select(".folkmoot-suggested li")]
    assert len(suggestions) >= 9
    assert all("Like the answer “" in each for each in suggestions)
    assert any("It says: " in each for each in suggestions)
    assert page.select(".folkmoot-said mark")


def test_what_was_ticked_is_kept_and_the_next_answer_comes(client, frame, coder):
    (answer,) = answers_on(shown(client, frame))
    first, second = frame.themes.order_by("number")[:2]
    response = client.post(
        address(frame),
        {"answer": answer, f"{answer}-theme": [second.pk, first.pk], f"{answer}-note": "Odd"},
    )
    assert response.status_code == 302
    kept = Coding.objects.get()
    assert [each.theme for each in kept.mentions.order_by("place")] == [second, first]
    assert (kept.coder, kept.note) == (coder, "Odd")
    assert answers_on(shown(client, frame)) != [answer]


def test_what_cannot_be_kept_is_said_and_everything_typed_is_kept(client, frame, coder):
    (answer,) = answers_on(shown(client, frame))
    theme = frame.themes.first()
    given = {
        "answer": answer,
        f"{answer}-theme": [theme.pk],
        f"{answer}-quotation": "words that nobody wrote",
        f"{answer}-note": "Odd",
        f"{answer}-flag": "yes",
    }
    refused = client.post(address(frame), given)
    assert refused.status_code == 422
    page = BeautifulSoup(refused.content, "html.parser")
    assert "do not stand in the answer" in words(page.select_one("[role=alert]"))
    assert page.find(id=f"theme-{answer}-{theme.pk}").has_attr("checked")
    assert page.find(id=f"quotation-{answer}").get_text() == "words that nobody wrote"
    assert page.find(id=f"note-{answer}")["value"] == "Odd"
    assert page.find(id=f"flag-{answer}").has_attr("checked")
    assert not Coding.objects.exists()


@pytest.mark.parametrize("both", [["none", "cannot-tell"], ["none"]])
def test_two_things_that_shut_each_other_out_are_refused(client, frame, coder, both):
    (answer,) = answers_on(shown(client, frame))
    given = {"answer": answer, f"{answer}-status": both}
    if len(both) == 1:
        given[f"{answer}-theme"] = [frame.themes.first().pk]
    assert client.post(address(frame), given).status_code == 422
    assert not Coding.objects.exists()


def test_of_ten_those_ticked_are_kept_and_those_wrong_are_shown_again(client, frame, coder):
    ten = answers_on(shown(client, frame, grid="yes"))
    assert len(ten) == 10
    good, wrong, *untouched = ten
    given = {
        "grid": "yes",
        "answer": ten,
        f"{good}-status": "none",
        f"{wrong}-status": ["none", "cannot-tell"],
    }
    refused = client.post(address(frame), given)
    page = BeautifulSoup(refused.content, "html.parser")
    assert answers_on(page) == [wrong]
    assert Coding.objects.get().assignment_id == good
    rest = answers_on(shown(client, frame, grid="yes"))
    assert set(untouched) < set(rest)
    assert good not in rest


def test_the_last_reading_is_taken_back_and_shown_as_it_was(client, frame, coder):
    (answer,) = answers_on(shown(client, frame))
    theme = frame.themes.first()
    client.post(
        address(frame),
        {"answer": answer, f"{answer}-theme": [theme.pk], f"{answer}-note": "Odd"},
    )
    last = Coding.objects.get().pk
    again = client.post(address(frame, "undo_coding"), {"last": last})
    page = BeautifulSoup(again.content, "html.parser")
    assert answers_on(page) == [answer]
    assert page.find(id=f"theme-{answer}-{theme.pk}").has_attr("checked")
    assert page.find(id=f"note-{answer}")["value"] == "Odd"
    assert not Coding.objects.exists()
    twice = client.post(address(frame, "undo_coding"), {"last": last}, follow=True)
    assert "taken back already" in twice.content.decode()


def test_an_answer_left_for_later_comes_when_all_others_are_read(client, frame, coder):
    (answer,) = answers_on(shown(client, frame))
    client.post(address(frame, "leave_answer"), {"answer": answer})
    assert answers_on(shown(client, frame)) != [answer]
    for each in frame.assignments.exclude(status="empty").exclude(pk=answer):
        code_answer(each, coder, Found(status="none"), AT)
    assert answers_on(shown(client, frame)) == [answer]


def test_a_second_reader_sees_nothing_of_the_first(client, frame, coder):
    draw_double(frame, 1, coder, AT)
    (answer,) = answers_on(shown(client, frame))
    before = shown(client, frame).select_one("[data-coding]")
    first = factories.make_user(first_name="Ada", last_name="Obi")
    one = frame.assignments.get(pk=answer)
    theme = frame.themes.exclude(mentions__assignment=one).first()
    said = one.answer.text.split()[0]
    code_answer(one, first, Found((theme.pk,), quotation=said, note="Odd", is_flagged=True), AT)
    after = shown(client, frame).select_one("[data-coding]")
    for form in (before, after):
        form.find("input", {"name": "csrfmiddlewaretoken"}).decompose()
    assert str(after) == str(before)


def test_nothing_is_offered_when_all_is_read(client, frame, coder):
    for each in frame.assignments.exclude(status="empty"):
        code_answer(each, coder, Found(status="none"), AT)
    assert "No answer waits for you" in words(shown(client, frame))


def test_mark_up_in_an_answer_is_shown_as_text(client, frame, coder):
    (answer,) = answers_on(shown(client, frame))
    said = "<img src=x> Officers on our high street please."
    Answer.objects.filter(assignments=answer).update(text=said)
    page = shown(client, frame)
    assert page.select_one("[data-text]").get_text() == said
    assert not page.select("[data-text] img")


@pytest.mark.parametrize("grid", ["", "yes"])
def test_the_number_of_queries_is_the_same_for_one_and_for_ten(
    client, frame, coder, django_assert_num_queries, grid
):
    shown(client, frame, grid=grid)
    with django_assert_num_queries(QUERIES):
        shown(client, frame, grid=grid)
