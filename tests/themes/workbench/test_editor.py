"""The code frame editor: what is typed is kept when somebody else was faster."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from tests import factories

from folkmoot.themes import acts
from folkmoot.themes.acts import editing
from folkmoot.themes.models import CodeFrame, ResultsPage

AT = factories.AFTER
QUERIES = 17


@pytest.fixture
def analyst(client):
    user = factories.make_user("themes.confirm_themes")
    client.force_login(user)
    return user


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def url(name, *keys):
    return reverse(f"themes:{name}", args=keys)


def words(found):
    return " ".join(found.get_text(" ").split())


def test_the_list_shows_each_theme_with_its_answers_and_place(client, frame, analyst):
    first, second = frame.themes.order_by("number")[:2]
    editing.describe_theme(second, {}, 1, analyst, AT, parent=first)
    page = page_of(client.get(url("frame", frame.survey_id, "change")))
    rows = [words(row) for row in page.select("tbody tr")]
    assert len(rows) == frame.themes.count()
    place = next(at for at, row in enumerate(rows) if first.label in row and "Under" not in row)
    assert f"Under {first.label}" in rows[place + 1]


def test_a_theme_is_saved_with_its_rules_and_parent(client, frame, analyst):
    first, second = frame.themes.order_by("number")[:2]
    given = {
        "seen": "1",
        "label": "See officers",
        "description": "People want officers on foot.",
        "includes": "Foot patrols",
        "excludes": "Cars",
        "parent": str(second.pk),
    }
    response = client.post(url("theme", first.pk), given, follow=True)
    assert "is saved" in response.content.decode()
    first.refresh_from_db()
    assert (first.label, first.description, first.parent) == (
        "See officers",
        "People want officers on foot.",
        second,
    )


def test_who_comes_second_keeps_what_they_typed_and_sees_what_changed(client, frame, analyst):
    theme = frame.themes.first()
    page = page_of(client.get(url("theme", theme.pk)))
    seen = page.select_one("form input[name=seen]")["value"]
    other = factories.make_user(first_name="Ben", last_name="Cole")
    editing.describe_theme(theme, {"label": "Theirs"}, 1, other, AT)
    given = {"label": "Mine", "includes": "Typed by me", "seen": seen, "parent": ""}
    refused = client.post(url("theme", theme.pk), given)
    assert refused.status_code == 422
    page = page_of(refused)
    assert "named “Theirs” (Ben Cole)" in words(page.select_one("[role=alert]"))
    assert page.find(id="label")["value"] == "Mine"
    assert page.find(id="includes").get_text().strip() == "Typed by me"
    assert "It is now: Theirs" in words(page.find(id="label-help"))
    theme.refresh_from_db()
    assert theme.label == "Theirs"
    given["seen"] = page.select_one("form input[name=seen]")["value"]
    client.post(url("theme", theme.pk), given)
    theme.refresh_from_db()
    assert (theme.label, theme.includes) == ("Mine", "Typed by me")


def test_a_name_that_cannot_be_kept_is_said_on_the_page(client, frame, analyst):
    theme = frame.themes.first()
    refused = client.post(url("theme", theme.pk), {"label": " ", "seen": "1", "includes": "Kept"})
    assert refused.status_code == 422
    page = page_of(refused)
    assert "needs a name" in words(page.select_one("[role=alert]"))
    assert page.find(id="includes").get_text().strip() == "Kept"


def test_a_merged_theme_leads_to_the_one_in_its_place(client, frame, analyst):
    first, second = frame.themes.order_by("number")[:2]
    client.post(url("merge_theme", second.pk), {"into": first.pk, "seen": "1"})
    results = ResultsPage(title="What", slug="what", activity=frame.survey)
    frame.survey.consultation.add_child(instance=results)
    public = client.get(results.theme_url(second))
    assert (public.status_code, public.url) == (302, results.theme_url(first))
    page = page_of(client.get(url("frame", frame.survey_id, "change")))
    assert f"{second.label}: counted under {first.label}" in words(page)


def test_a_split_is_previewed_with_its_count_and_made_of_what_was_found(client, frame, analyst):
    theme = max(frame.themes.all(), key=lambda each: each.mentions.count())
    text = theme.mentions.first().assignment.answer.text
    word = max(text.replace(".", "").split(), key=len)
    page = page_of(client.get(url("split_theme", theme.pk), {"q": word}))
    ticks = page.select("input[name=chosen]")
    many = theme.mentions.count()
    assert f"{len(ticks)} of {many} answers mention “{word}”." in words(page)
    given = {"q": word, "which": "found", "label": "A part", "seen": "1"}
    client.post(url("split_theme", theme.pk), given)
    made = frame.themes.get(label="A part")
    assert made.mentions.count() == len(ticks)
    assert theme.mentions.count() == many - len(ticks)


def test_a_split_without_a_name_keeps_the_search(client, frame, analyst):
    theme = frame.themes.first()
    chosen = theme.mentions.first().assignment_id
    given = {"q": "", "which": "ticked", "chosen": chosen, "label": " ", "seen": "1"}
    refused = client.post(url("split_theme", theme.pk), given)
    assert refused.status_code == 422
    assert "needs a name" in refused.content.decode()


def test_themes_are_accepted_by_their_ticks(client, frame, analyst):
    first, second, *_ = frame.themes.order_by("number")
    client.post(url("accept", frame.survey_id, "change"), {"chosen": [first.pk, second.pk]})
    assert set(frame.themes.filter(is_accepted=True)) == {first, second}


def test_a_theme_is_added_and_shown_to_be_described(client, frame, analyst):
    added = client.post(url("add_theme", frame.survey_id, "change"), {"label": "New"}, follow=True)
    assert "Write what belongs in it" in added.content.decode()
    assert frame.themes.get(label="New").is_accepted


def test_versions_are_listed_looked_at_and_undone(client, frame, analyst):
    theme = frame.themes.first()
    before = theme.label
    acts.rename_theme(theme, "Changed", analyst, AT)
    page = page_of(client.get(url("versions", frame.survey_id, "change")))
    assert "named “Changed”" in words(page)
    last = frame.versions.first()
    page = page_of(client.get(url("version", last.pk)))
    assert (page.select_one("del").get_text(), page.select_one("ins").get_text()) == (
        before,
        "Changed",
    )
    client.post(url("undo_version", last.pk))
    theme.refresh_from_db()
    assert theme.label == before
    page = page_of(client.get(url("versions", frame.survey_id, "change")))
    assert "Undone" in words(page)


@pytest.mark.parametrize("more", [0, 8])
def test_the_number_of_queries_does_not_grow(
    client, frame, analyst, django_assert_num_queries, more
):
    for place in range(more):
        version = CodeFrame.objects.get(pk=frame.pk).version
        editing.add_theme(frame, f"Theme {place}", version, analyst, AT)
    client.get(url("frame", frame.survey_id, "change"))
    with django_assert_num_queries(QUERIES):
        client.get(url("frame", frame.survey_id, "change"))
