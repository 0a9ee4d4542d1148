"""Who may see, suggest, name and confirm themes: role by role, before and after confirming."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from tests import factories

from folkmoot.themes import acts, tasks
from folkmoot.themes.access import may_confirm_themes, may_see_themes
from folkmoot.themes.models import CodeFrame

ANALYST = ("themes.confirm_themes",)
READER = ("themes.view_codeframe",)
OFFICER = ("decisions.add_decision", "responses.view_response")


@pytest.mark.parametrize(
    ("permissions", "sees", "confirms"),
    [(ANALYST, True, True), (READER, True, False), (OFFICER, False, False), ((), False, False)],
)
def test_what_each_role_may_do(permissions, sees, confirms):
    user = factories.make_user(*permissions)
    assert may_see_themes(user) is sees
    assert may_confirm_themes(user) is confirms


def test_an_administrator_may_do_everything():
    assert may_confirm_themes(factories.make_user(is_superuser=True))


@pytest.mark.parametrize(
    "user",
    [AnonymousUser(), pytest.param("left", id="somebody who has left")],
)
def test_nobody_else_may_do_anything(user):
    if user == "left":
        user = factories.make_user(*ANALYST, is_active=False)
    assert not may_see_themes(user)
    assert not may_confirm_themes(user)


@pytest.fixture
def frame(survey):
    return acts.suggest_themes(survey, "change", factories.AFTER)


def waiting():
    """The readings that wait for the worker; Wagtail has tasks of its own."""
    return DBTaskResult.objects.filter(task_path=tasks.suggest_themes.module_path)


def addresses(frame):
    of_question = [frame.survey_id, frame.question]
    return {
        "questions": ("get", reverse("themes:questions")),
        "question": ("get", reverse("themes:question", args=of_question)),
        "suggest": ("post", reverse("themes:suggest", args=of_question)),
        "confirm": ("post", reverse("themes:confirm", args=[frame.pk])),
        "rename": ("post", reverse("themes:rename", args=[frame.themes.first().pk])),
    }


def allowed(client, frame, view):
    method, url = addresses(frame)[view]
    response = getattr(client, method)(url, {"label": "See officers on foot"})
    # Wagtail sends those who may not back to the front of the admin, with a message.
    return response.status_code == 200 or (
        response.status_code == 302
        and response.url == reverse("themes:question", args=[frame.survey_id, frame.question])
    )


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        (ANALYST, {"questions", "question", "suggest", "confirm", "rename"}),
        (READER, {"questions", "question"}),
        (OFFICER, set()),
        (None, set()),
    ],
)
def test_each_address_for_each_role(client, frame, permissions, may):
    if permissions is not None:
        client.force_login(factories.make_user(*permissions))
    before = frame.themes.first().label
    assert {view for view in addresses(frame) if allowed(client, frame, view)} == may
    frame.refresh_from_db()
    assert frame.is_draft is ("confirm" not in may)
    assert waiting().exists() is ("suggest" in may)
    assert (frame.themes.first().label != before) is ("rename" in may)


@pytest.mark.parametrize("view", ["suggest", "confirm", "rename"])
def test_a_link_changes_nothing(client, frame, view):
    client.force_login(factories.make_user(*ANALYST))
    assert client.get(addresses(frame)[view][1]).status_code == 405


def test_a_post_without_its_token_is_refused(frame):
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.make_user(*ANALYST))
    assert client.post(addresses(frame)["confirm"][1]).status_code == 403
    frame.refresh_from_db()
    assert frame.is_draft


def test_the_menu_shows_themes_to_those_who_may_see_them(client):
    client.force_login(factories.make_user(*READER))
    assert reverse("themes:questions") in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(factories.make_user(*OFFICER))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("themes:questions") not in page


def test_the_workbench_lists_questions_with_their_standing(client, frame):
    client.force_login(factories.make_user(*READER))
    page = client.get(reverse("themes:questions")).content.decode()
    assert "What would you change in the draft?" in page
    assert "84" in page
    assert "Suggested by machine" in page


def test_the_workbench_shows_themes_letters_and_what_the_machine_called_them(client, frame):
    theme = frame.themes.first()
    analyst = factories.make_user(*ANALYST)
    acts.rename_theme(theme, "See officers on foot", analyst, factories.AFTER)
    client.force_login(analyst)
    page = client.get(addresses(frame)["question"][1]).content.decode()
    assert 'value="See officers on foot"' in page
    assert f"The machine said: {theme.machine_label}" in page
    assert "Letter campaigns" in page
    assert "Confirm these themes" in page
    assert "Suggest themes" in page


def test_a_reader_sees_no_buttons(client, frame):
    client.force_login(factories.make_user(*READER))
    page = client.get(addresses(frame)["question"][1]).content.decode()
    assert "Confirm these themes" not in page
    assert "Suggest themes" not in page
    assert "Save name" not in page


def test_asking_for_themes_makes_a_task_that_makes_them(client, survey):
    analyst = factories.make_user(*ANALYST)
    client.force_login(analyst)
    url = reverse("themes:suggest", args=[survey.pk, "change"])
    page = client.post(url, follow=True).content.decode()
    assert "are being read" in page
    (waits,) = waiting()
    client.post(url)
    assert waiting().count() == 1
    asked = waits.args_kwargs
    made = tasks.suggest_themes.func(*asked["args"], **asked["kwargs"])
    assert CodeFrame.objects.get(is_current=True).pk == made


def test_confirmed_themes_are_not_replaced_without_the_tick(client, frame):
    analyst = factories.make_user(*ANALYST)
    acts.confirm_frame(frame, analyst, factories.AFTER)
    client.force_login(analyst)
    url = addresses(frame)["suggest"][1]
    assert "tick the box" in client.post(url, follow=True).content.decode()
    assert not waiting().exists()
    client.post(url, {"replace_confirmed": "yes"})
    assert waiting().count() == 1


def test_a_name_that_cannot_be_kept_is_said_on_the_page(client, frame):
    client.force_login(factories.make_user(*ANALYST))
    page = client.post(addresses(frame)["rename"][1], {"label": " "}, follow=True)
    assert "needs a name" in page.content.decode()


def test_an_unknown_question_is_not_found(client, survey):
    client.force_login(factories.make_user(*ANALYST))
    url = reverse("themes:question", args=[survey.pk, "agree"])
    assert client.get(url).status_code == 404
