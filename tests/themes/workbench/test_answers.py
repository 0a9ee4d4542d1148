"""The page of answers: who sees what, where every count leads, nothing beside a group."""

from __future__ import annotations

import csv
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from tests import factories
from tests.themes.frames import LETTER, TEXTS
from tests.themes.searching.crowd import make_crowd

from folkmoot.accounts.models import AuditRecord
from folkmoot.responses.models import Answer, AnswerVector, MonitoringAnswer, Response
from folkmoot.themes.acts.coding import Found, code_answer
from folkmoot.themes.acts.double import draw_double
from folkmoot.themes.models import Coding
from folkmoot.themes.searching import meaning

AT = factories.AFTER
ANALYST = ("themes.confirm_themes", "themes.code_answers", "themes.resolve_codings")
MONITORING = "responses.view_monitoringanswer"
QUERIES, QUERIES_OF_MEANING = 25, 26


@pytest.fixture(autouse=True)
def _nothing_kept():
    meaning.forget()
    yield
    meaning.forget()


@pytest.fixture
def analyst(client):
    user = factories.make_user(*ANALYST, first_name="Ada", last_name="Obi")
    client.force_login(user)
    return user


def address(frame, name="answers"):
    return reverse(f"themes:{name}", args=[frame.survey_id, frame.question])


def shown(client, frame, **query):
    return soup(client.get(address(frame), query))


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def words(found):
    return " ".join(found.get_text(" ").split())


def hits(page):
    return page.select(".folkmoot-hits > li")


def test_an_answer_stands_with_its_words_marked_its_theme_and_who_found_it(client, frame, analyst):
    (hit,) = hits(shown(client, frame, q="canal path"))
    assert [each.get_text() for each in hit.select("mark")] == ["canal", "path"]
    assert "Lights in the dark found by the machine" in words(hit)
    assert "Web · Individual · " in words(hit)
    # Who may not read responses is not led to one.
    assert not hit.find("a", string=re.compile("^FM-"))
    one = frame.assignments.get(answer__text__contains="canal path")
    assert hit.select(f'a[href$="/code/?answer={one.pk}"]')
    code_answer(one, analyst, Found(themes=(frame.themes.first().pk,)), AT)
    (hit,) = hits(shown(client, frame, q="canal path"))
    assert "Officers on foot found by you" in words(hit)


def test_the_reference_leads_to_the_register_for_who_may_read_it(client, frame):
    client.force_login(factories.make_user(*ANALYST, "responses.view_response"))
    (hit,) = hits(shown(client, frame, q="canal path"))
    response = Response.objects.get(answers__text__contains="canal path")
    link = hit.find("a", string=response.reference)
    assert link["href"] == reverse("responses:inspect", args=[response.pk])


def test_a_letter_a_flag_and_a_dispute_are_told(client, frame, analyst):
    assert "Letter 1" in words(hits(shown(client, frame, campaign="in"))[0])
    one = frame.assignments.get(answer__text=TEXTS[0])
    code_answer(
        one,
        factories.make_user(first_name="Ben"),
        Found(status="none", is_flagged=True, note="Odd"),
        AT,
    )
    code_answer(one, factories.make_user(first_name="Cleo"), Found(status="cannot-tell"), AT)
    (hit,) = hits(shown(client, frame, state="disputed"))
    assert "Two people differ. Ben: None of these. Cleo: Cannot tell." in words(hit)
    assert "Flagged Ben: Odd" in words(hit)
    assert hit.find("a", href=reverse("themes:resolve", args=[one.pk]))


def test_a_coder_stays_blind_to_the_first_reader_of_an_answer_drawn_for_two(client, frame):
    coder = factories.make_user("themes.code_answers")
    client.force_login(coder)
    draw_double(frame, 1, coder, AT)
    one = frame.assignments.get(answer__text=TEXTS[0])
    first = factories.make_user(first_name="Ben", last_name="Cole")
    theme = frame.themes.get(label="Lights in the dark")
    code_answer(one, first, Found(themes=(theme.pk,), is_flagged=True, note="Odd"), AT)
    (hit,) = hits(shown(client, frame, q=f'"{TEXTS[0][:-1]}"'))
    assert "is shown once a second has" in words(hit)
    assert "found by" not in words(hit)
    assert "Flagged" not in words(hit)
    code_answer(one, coder, Found(themes=(theme.pk,)), AT)
    (hit,) = hits(shown(client, frame, q=f'"{TEXTS[0][:-1]}"'))
    # Who coded with them is not theirs to know.
    assert "Lights in the dark found by a person and you" in words(hit)
    assert "Ben" not in words(hit)


def test_a_coder_may_ask_for_their_own_readings_and_nobody_else_s(client, frame):
    coder, other = (factories.make_user("themes.code_answers") for _ in range(2))
    one, two = frame.assignments.exclude(status="empty").order_by("pk")[:2]
    code_answer(one, coder, Found(status="none"), AT)
    code_answer(two, other, Found(status="none"), AT)
    client.force_login(coder)
    assert len(hits(shown(client, frame, coder=coder.pk))) == 1
    page = shown(client, frame, coder=other.pk)
    assert "not offered any more, or not to you" in words(page)
    assert len(hits(page)) == len(TEXTS)


def test_before_the_machine_has_read_answers_are_found_by_words_and_by_meaning(client, analyst):
    survey = factories.make_survey(questions=[factories.text("change")])
    for text in TEXTS[:4]:
        factories.make_response(survey, {"change": text})
    url = reverse("themes:answers", args=[survey.pk, "change"])
    page = soup(client.get(url, {"q": "market"}))
    assert len(hits(page)) == 1
    assert "Not read yet." in words(page)
    assert not page.find("select", {"name": "theme"})
    near = hits(soup(client.get(url, {"q": "an officer on foot", "by": "meaning"})))
    assert TEXTS[2] in words(near[0])


def test_more_like_an_answer_are_the_nearest_to_it_and_not_itself(client, frame, analyst):
    answer = Answer.objects.get(text=TEXTS[0])
    page = shown(client, frame, like=answer.pk)
    assert words(page.select_one(".folkmoot-workbench h2")) == "More like this answer"
    found = hits(page)
    assert TEXTS[0] not in words(found[0])
    assert re.search(r"Likeness \d+%", words(found[0]))
    assert "nearest in meaning, the nearest first, of 20 answers" in words(told(page))


def test_what_has_no_word_is_refused_in_one_sentence(client, frame, analyst):
    page = shown(client, frame, q="???", by="meaning")
    assert "describe in a sentence what the answers should say" in words(told(page))
    assert not hits(page)


def test_an_answer_of_another_question_is_compared_with_nothing(client, frame, analyst):
    other = factories.make_response(factories.make_survey(), {"change": "Elsewhere."})
    page = shown(client, frame, like=other.answers.get().pk)
    assert "choose another" in words(told(page))
    assert "Elsewhere" not in words(page)


@pytest.mark.parametrize(
    "query",
    [
        {"theme": "999999"},
        {"state": "strange"},
        {"campaign": "x"},
        {"group": "age-band:one"},
        {"like": "x"},
        {"q": "x" * 600},
        {"after": "x", "before": "-1"},
    ],
)
def test_a_wrong_address_asks_for_nothing_and_says_so(client, frame, analyst, query):
    page = shown(client, frame, **query)
    assert len(hits(page)) == len(TEXTS)


def test_mark_up_in_an_answer_is_shown_as_text(client, frame, analyst):
    said = "<img src=x> Officers & lights"
    Answer.objects.filter(text=TEXTS[0]).update(text=said)
    (hit,) = hits(shown(client, frame, q="lights officers"))
    assert said in words(hit)
    assert not hit.select("img")


def test_a_long_answer_is_folded_and_opens_at_what_was_found(client, frame, analyst):
    long = f"{'Nothing of note. ' * 60}The heron nests there. {'Nothing more. ' * 60}"
    Answer.objects.filter(text=TEXTS[0]).update(text=long)
    (hit,) = hits(shown(client, frame, q="heron"))
    assert "heron nests" in words(hit.find("blockquote"))
    assert words(hit.select_one("details blockquote")) == " ".join(long.split())


def told(page):
    return page.select_one(".folkmoot-workbench [role=status]")


# Every number of the workbench


PAGES = ("questions", "question", "campaigns", "frame", "agreement", "code")


def counted_links(client, frame):
    """Yield each link of the workbench into the list of answers, with the number it shows."""
    for name in PAGES:
        url = reverse("themes:questions") if name == "questions" else address(frame, name)
        for link in soup(client.get(url)).select(f'main a[href^="{address(frame)}"]'):
            number = re.search(r"[\d,]+", link.get_text())
            if number:
                yield name, link["href"], int(number[0].replace(",", ""))


def test_every_count_leads_to_as_many_answers(client):
    frame, people = make_crowd()
    analyst = people[0]
    analyst.is_superuser = True
    analyst.save()
    client.force_login(analyst)
    walked = list(counted_links(client, frame))
    assert {name for name, _, _ in walked} == set(PAGES)
    for name, url, number in walked:
        status = soup(client.get(url)).find(attrs={"data-count": True})
        assert status is not None, (name, url)
        assert (name, url, int(status["data-count"])) == (name, url, number)
    # A walk through noughts would prove nothing.
    asked = {url.partition("?")[2] for _, url, number in walked if number}
    assert {re.sub(r"\d+", "", each) for each in asked} >= {
        "",
        "found=outside",
        "found=empty",
        "found=none",
        "found=cannot-tell",
        "state=read",
        "state=unread",
        "state=twice",
        "state=double",
        "state=disputed",
        "state=flagged",
        "state=waiting",
        "state=alike",
        "state=as-suggested",
        "coder=",
        "campaign=",
        "theme=",
        "theme=&finder=person",
        "theme=&finder=either",
        "found=none&finder=either",
    }


def test_numbers_of_answers_on_these_pages_are_links(client):
    frame, people = make_crowd()
    people[0].is_superuser = True
    people[0].save()
    client.force_login(people[0])
    page = soup(client.get(address(frame, "question")))
    for number in page.select(".folkmoot-counts dd"):
        for link in number.select("a"):
            link.decompose()
        assert not re.search(r"\d", number.get_text())
    rows = soup(client.get(address(frame, "frame"))).select("tbody tr")
    assert rows
    for row in rows:
        answers, _, by_people = row.select("td.folkmoot-number")
        assert answers.a is not None
        assert by_people.a is not None


# Equality answers


@pytest.fixture
def groups(frame):
    """An equality answer of everybody: 26 of one group, two of another."""
    survey = factories.make_survey(
        questions=[factories.text("change"), factories.monitoring("age-band", "How old are you?")]
    )
    for number in range(28):
        factories.make_response(
            survey,
            {"change": f"{LETTER if number else 'Herons'} {number}"},
            monitored={"age-band": "other" if number > 25 else "one"},
        )
    return reverse("themes:answers", args=[survey.pk, "change"])


def test_answers_of_a_group_stand_without_anything_that_leads_to_a_person(client, groups):
    client.force_login(
        factories.make_user(*ANALYST, MONITORING, "responses.view_response", "responses.add_export")
    )
    page = soup(client.get(groups, {"group": "age-band:one"}))
    assert page.find(attrs={"data-count": "26"})
    for hit in hits(page):
        assert not hit.select("a")
        assert "Web" not in words(hit)
        assert "one" not in words(hit).casefold().split()
    assert not page.find("a", href=re.compile("csv"))
    refused = client.get(f"{groups[:-1]}.csv", {"group": "age-band:one"})
    assert refused.status_code == 302


@pytest.mark.parametrize(
    "narrowed",
    [
        {"group": "age-band:other"},
        {"group": "age-band:one", "q": "herons"},
        {"group": "age-band:one", "q": "herons", "by": "meaning", "channel": "paper"},
    ],
)
def test_fewer_than_twenty_five_of_a_group_are_neither_listed_nor_counted(client, groups, narrowed):
    client.force_login(factories.make_user(*ANALYST, MONITORING))
    page = soup(client.get(groups, narrowed))
    assert "Fewer than 25 answers are left" in words(told(page))
    assert not page.find(attrs={"data-count": True})
    assert not hits(page)


def test_who_may_not_see_equality_answers_is_offered_no_group(client, groups):
    client.force_login(factories.make_user(*ANALYST, "responses.view_response"))
    page = soup(client.get(groups, {"group": "age-band:other"}))
    assert not page.find("select", {"name": "group"})
    assert page.find(attrs={"data-count": "28"})


# A file of them


def test_what_is_listed_can_be_taken_out_by_who_may_export(client, frame):
    user = factories.make_user(*ANALYST, "responses.view_response", "responses.add_export")
    client.force_login(user)
    Answer.objects.filter(text=TEXTS[0]).update(text="=1+1 officers patrol")
    page = shown(client, frame, q="officers")
    link = page.find("a", string="Take them out as CSV")["href"]
    sent = client.get(link)
    text = b"".join(sent.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == int(page.find(attrs={"data-count": True})["data-count"])
    assert rows[0]["answer"] == "'=1+1 officers patrol"
    assert rows[0]["themes"] == "Officers on foot"
    assert rows[0]["found_by"] == "the machine"
    told = AuditRecord.objects.get(act="answers exported")
    assert told.by == user
    assert told.after == {"question": "change", "answers": len(rows), "filters": ["q"]}


def test_a_search_by_meaning_is_taken_out_in_its_order(client, frame):
    client.force_login(
        factories.make_user(*ANALYST, "responses.view_response", "responses.add_export")
    )
    sent = client.get(address(frame, "answers_csv"), {"q": "dark streets", "by": "meaning"})
    text = b"".join(sent.streaming_content).decode("utf-8-sig")
    near = [float(row["likeness"]) for row in csv.DictReader(text.splitlines())]
    assert near == sorted(near, reverse=True)


@pytest.mark.parametrize(
    "permissions",
    [ANALYST, ("themes.view_codeframe",), ("themes.code_answers", "responses.view_response")],
)
def test_nobody_else_takes_answers_out(client, frame, permissions):
    client.force_login(factories.make_user(*permissions))
    assert not shown(client, frame).find("a", href=re.compile("csv"))
    refused = client.get(address(frame, "answers_csv"))
    assert refused.status_code == 302
    assert not AuditRecord.objects.filter(act="answers exported").exists()


# One answer chosen to be coded


def test_an_answer_that_was_found_can_be_coded_and_coded_again(client, frame, analyst):
    one = frame.assignments.get(answer__text=TEXTS[7])
    url = f"{address(frame, 'code')}?answer={one.pk}"
    page = soup(client.get(url))
    assert words(page.select_one("[data-text]")) == TEXTS[7]
    client.post(address(frame, "code"), {"answer": one.pk, f"{one.pk}-status": "none"})
    again = soup(client.get(url))
    assert again.find(id=f"none-{one.pk}").has_attr("checked")
    client.post(address(frame, "code"), {"answer": one.pk, f"{one.pk}-status": "cannot-tell"})
    assert Coding.objects.get().status == "cannot-tell"


def test_what_others_have_before_them_or_have_read_twice_is_not_offered(client, frame, analyst):
    one = frame.assignments.get(answer__text=TEXTS[7])
    for reader in (factories.make_user(), factories.make_user()):
        code_answer(one, reader, Found(status="none"), AT)
    page = soup(client.get(f"{address(frame, 'code')}?answer={one.pk}", follow=True))
    assert "Two others have read this answer" in words(page)
    (hit,) = hits(shown(client, frame, q=f'"{TEXTS[7][:-1]}"'))
    assert "Code it" not in words(hit)


# Queries and erasure


@pytest.mark.parametrize("answers", [1, 30])
def test_the_number_of_queries_does_not_grow(
    client, frame, analyst, django_assert_num_queries, answers
):
    for _ in range(answers):
        factories.make_response(frame.survey, {"change": "Herons nest by the sluice."})
    shown(client, frame, q="lights", by="meaning")
    with django_assert_num_queries(QUERIES):
        shown(client, frame)
    with django_assert_num_queries(QUERIES_OF_MEANING):
        shown(client, frame, q="lights", by="meaning")


def test_an_erased_answer_is_counted_and_says_nothing(client, frame, analyst):
    shown(client, frame, q="lights", by="meaning")
    response = Response.objects.get(answers__text=TEXTS[0])
    Answer.objects.filter(response=response).update(text="")
    AnswerVector.objects.filter(answer__response=response).delete()
    page = shown(client, frame)
    assert page.find(attrs={"data-count": str(len(TEXTS))})
    assert "Its words were erased." in words(hits(page)[0])
    assert TEXTS[0] not in words(shown(client, frame, q="officers patrol", by="meaning"))
    assert not MonitoringAnswer.objects.exists()
