"""Who may see, edit, confirm, code and resolve: role by role, before and after confirming."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.themes.frames import make_frame

from folkmoot.accounts.models import AuditRecord
from folkmoot.themes import acts
from folkmoot.themes.access import (
    may_code_answers,
    may_confirm_themes,
    may_resolve,
    may_see_agreement,
    may_see_themes,
)
from folkmoot.themes.acts.coding import Found, code_answer
from folkmoot.themes.acts.running import run_work
from folkmoot.themes.acts.working import ask_for_work
from folkmoot.themes.models import CodeFrame, Work

ANALYST = ("themes.confirm_themes",)
CODER = ("themes.code_answers",)
RESOLVER = ("themes.resolve_codings",)
READER = ("themes.view_codeframe",)
OFFICER = ("decisions.add_decision", "responses.view_response")
PREDICATES = (
    may_see_themes,
    may_confirm_themes,
    may_code_answers,
    may_resolve,
    may_see_agreement,
)


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        (ANALYST, {may_see_themes, may_confirm_themes, may_see_agreement}),
        (CODER, {may_see_themes, may_code_answers}),
        (RESOLVER, {may_see_themes, may_resolve, may_see_agreement}),
        (READER, {may_see_themes}),
        (OFFICER, set()),
        ((), set()),
    ],
)
def test_what_each_role_may_do(permissions, may):
    user = factories.make_user(*permissions)
    assert {predicate for predicate in PREDICATES if predicate(user)} == may


def test_an_administrator_may_do_everything():
    user = factories.make_user(is_superuser=True)
    assert all(predicate(user) for predicate in PREDICATES)


@pytest.mark.parametrize(
    "user",
    [AnonymousUser(), pytest.param("left", id="somebody who has left")],
)
def test_nobody_else_may_do_anything(user):
    if user == "left":
        user = factories.make_user(*ANALYST, *CODER, *RESOLVER, is_active=False)
    assert not any(predicate(user) for predicate in PREDICATES)


@pytest.fixture
def frame():
    """Themes of which two people coded one answer differently."""
    made = make_frame()
    one = made.assignments.filter(campaign=None, status="assigned").first()
    for status in ("none", "cannot-tell"):
        code_answer(one, factories.make_user(), Found(status=status), factories.AFTER)
    work = ask_for_work(made.survey, "change", Work.Kind.PLACE, factories.AFTER)
    Work.objects.filter(pk=work.pk).update(state=Work.State.INTERRUPTED, ended_at=factories.AFTER)
    return made


def waiting():
    """What waits for the worker, asked for by a person."""
    return Work.objects.filter(state="waiting", asked_by__isnull=False)


SEEN = {
    "answers",
    "questions",
    "work",
    "question",
    "campaigns",
    "campaign",
    "frame",
    "theme",
    "split_theme",
    "versions",
    "version",
}
AGREEMENT = {"agreement"}
CODES = {"code", "undo_coding", "leave_answer"}
RESOLVES = {"resolve"}
CONFIRMS = {
    "suggest",
    "learn",
    "place",
    "cancel_work",
    "again",
    "confirm",
    "review_campaign",
    "split_campaign",
    "accept",
    "add_theme",
    "merge_theme",
    "undo_version",
    "draw",
}


def address(frame, view):
    of_question = [frame.survey_id, frame.question]
    keys = {
        "confirm": [frame.pk],
        "campaign": [frame.campaigns.first().pk],
        "theme": [frame.themes.first().pk],
        "version": [frame.versions.first().pk],
        "resolve": [frame.assignments.get(in_dispute=True).pk],
    }
    keys |= dict.fromkeys(("review_campaign", "split_campaign"), keys["campaign"])
    keys |= dict.fromkeys(("merge_theme", "split_theme"), keys["theme"])
    keys["undo_version"] = keys["version"]
    keys["work"] = [Work.objects.earliest("pk").pk]
    keys |= dict.fromkeys(("cancel_work", "again"), keys["work"])
    keys["questions"] = []
    return reverse(f"themes:{view}", args=keys.get(view, of_question))


def allowed(client, frame, view):
    only_sent = view in CONFIRMS | {"undo_coding", "leave_answer"}
    method = client.post if only_sent else client.get
    response = method(address(frame, view), {"label": "See officers on foot"})
    # Wagtail sends those who may not back to the front of the admin, and strangers to sign in.
    refused = response.status_code == 302 and (
        response.url == reverse("wagtailadmin_home") or "login" in response.url
    )
    return not refused and response.status_code in {200, 302, 422}


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        (ANALYST, SEEN | AGREEMENT | CONFIRMS),
        (CODER, SEEN | CODES),
        (RESOLVER, SEEN | AGREEMENT | RESOLVES),
        (READER, SEEN),
        (OFFICER, set()),
        (None, set()),
    ],
)
def test_each_address_for_each_role(client, frame, permissions, may):
    if permissions is not None:
        client.force_login(factories.make_user(*permissions))
    told = AuditRecord.objects.count()
    # What is confirmed is suggested no more: so that comes last.
    everything = sorted(SEEN | AGREEMENT | CODES | RESOLVES | (CONFIRMS - {"confirm"}))
    assert {view for view in [*everything, "confirm"] if allowed(client, frame, view)} == may
    frame.refresh_from_db()
    assert frame.is_draft is ("confirm" not in may)
    assert waiting().exists() is ("suggest" in may)
    if not may & CONFIRMS:
        assert AuditRecord.objects.count() == told


@pytest.mark.parametrize("view", ["theme", "split_theme"])
def test_who_only_sees_a_theme_may_not_change_it(client, frame, view):
    theme = frame.themes.first()
    client.force_login(factories.make_user(*READER))
    client.post(address(frame, view), {"label": "Mine", "seen": "1", "parent": ""})
    theme.refresh_from_db()
    assert theme.label == theme.machine_label
    assert frame.versions.count() == 1


@pytest.mark.parametrize("view", sorted(CONFIRMS | {"undo_coding", "leave_answer"}))
def test_a_link_changes_nothing(client, frame, view):
    client.force_login(factories.make_user(*ANALYST, *CODER))
    assert client.get(address(frame, view)).status_code == 405


def test_a_post_without_its_token_is_refused(frame):
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.make_user(*ANALYST))
    assert client.post(address(frame, "confirm")).status_code == 403
    frame.refresh_from_db()
    assert frame.is_draft


def test_the_menu_shows_themes_to_those_who_may_see_them(client):
    client.force_login(factories.make_user(*READER))
    assert reverse("themes:questions") in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(factories.make_user(*OFFICER))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("themes:questions") not in page


def test_a_reader_sees_no_buttons(client, frame):
    client.force_login(factories.make_user(*READER))
    for view in SEEN - {"questions", "work"}:
        page = client.get(address(frame, view)).content.decode()
        forms = page.split("folkmoot-workbench", 1)[1]
        assert 'method="post"' not in forms.split("</main>")[0], view


def test_confirmed_themes_are_not_replaced_without_the_tick(client, frame):
    analyst = factories.make_user(*ANALYST)
    acts.confirm_frame(frame, analyst, factories.AFTER)
    client.force_login(analyst)
    url = address(frame, "suggest")
    assert "tick the box" in client.post(url, follow=True).content.decode()
    assert not waiting().exists()
    client.post(url, {"replace_confirmed": "yes"})
    assert waiting().count() == 1


def test_asking_for_themes_makes_a_task_that_makes_them(client, survey):
    analyst = factories.make_user(*ANALYST)
    client.force_login(analyst)
    url = reverse("themes:suggest", args=[survey.pk, "change"])
    page = client.post(url, follow=True).content.decode()
    assert "The machine begins." in page
    (waits,) = waiting()
    client.post(url)
    assert waiting().count() == 1
    run_work(waits.pk, waits.attempt)
    assert CodeFrame.objects.get(is_current=True).survey == survey


def test_an_unknown_question_is_not_found(client, survey):
    client.force_login(factories.make_user(*ANALYST))
    url = reverse("themes:question", args=[survey.pk, "agree"])
    assert client.get(url).status_code == 404
