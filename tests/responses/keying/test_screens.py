from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.responses import asking

from folkmoot.publishing.roles import ANALYSTS, APPROVERS, OFFICERS, begin_roles
from folkmoot.responses.acts.keying import finish_keying, keep_typed, open_batch
from folkmoot.responses.models import Batch, Keying, PaperMark, Response

pytestmark = pytest.mark.django_db
AT = datetime(2021, 12, 1, 12, tzinfo=UTC)
ACCESS = "wagtailadmin.access_admin"
KEYS = (ACCESS, "responses.add_keying", "responses.add_batch", "responses.change_paperform")


@pytest.fixture
def keyer(client):
    user = factories.make_user(*KEYS)
    client.force_login(user)
    return user


@pytest.fixture
def batch(keyer):
    return open_batch(asking.three_steps(), "Box 1", date(2021, 11, 30), AT, keyer)


def address(name, *args):
    return reverse(f"responses:{name}", args=args)


def page_key(client, batch, turn=""):
    page = asking.parsed(client.get(address("key_form", batch.pk) + turn))
    return page.find("input", {"name": "page-key"})["value"]


def sent(client, batch, turn=1, **typed):
    key = page_key(client, batch, f"?turn={turn}")
    fields = {name.replace("__", "--").replace("_", "-"): value for name, value in typed.items()}
    return client.post(
        address("key_form", batch.pk), {"page-key": key, "turn": turn, **fields}, follow=True
    )


def test_a_batch_is_opened_and_leads_to_the_first_form(client, keyer):
    survey = asking.three_steps()
    asked = {"survey": survey.pk, "name": "Box 3", "received_on": "2021-11-30", "is_double": "on"}
    response = client.post(address("keying"), asked)
    batch = Batch.objects.get()
    assert response["Location"] == address("key_form", batch.pk)
    assert batch.is_double


def test_a_batch_without_a_survey_keeps_what_was_typed(client, keyer):
    response = client.post(address("keying"), {"name": "Box 3", "received_on": "2021-11-30"})
    assert response.status_code == 422
    assert "Choose the survey that the forms answer." in response.content.decode()
    assert 'value="Box 3"' in response.content.decode()
    assert not Batch.objects.exists()


def test_the_screen_has_every_question_by_its_number(client, batch):
    page = asking.parsed(client.get(address("key_form", batch.pk)))
    labels = [label.get_text(" ", strip=True) for label in page.select(".keying-line label")]
    assert labels[0].startswith("1 ")
    assert [label[0] for label in labels if label[0].isdigit()] == ["1", "2", "3", "4"]
    assert page.select_one("#line-agree")["type"] == "text"


def test_looking_at_the_screen_takes_no_number(client, batch):
    client.get(address("key_form", batch.pk))
    assert not batch.forms.exists()


def test_every_field_is_saved_and_what_is_odd_is_told(client, batch):
    key = page_key(client, batch)
    told = client.post(
        address("save_keying", batch.pk), {"page-key": key, "turn": 1, "agree": "9"}
    ).json()
    assert told["number"] == 1
    assert "options 1 to 3" in told["remarks"]["agree"]
    assert Keying.objects.get().typed == {"agree": "9"}
    again = asking.parsed(client.get(address("key_form", batch.pk)))
    assert again.select_one("#line-agree")["value"] == "9"
    assert again.find("input", {"name": "page-key"})["value"] == key


def test_a_form_is_recorded_and_the_next_begins_with_a_count(client, batch):
    page = sent(client, batch, agree="1", change="Lights")
    text = page.content.decode()
    assert Response.objects.get().reference in text
    assert "You have finished 1 form of this batch" in text
    assert asking.parsed(page).select_one("#line-agree")["value"] == ""


def test_what_is_no_answer_is_asked_about_once_and_then_kept(client, batch):
    first = sent(client, batch, agree="1 2")
    assert first.status_code == 422
    page = asking.parsed(first)
    assert "Look at the paper once more" in page.get_text()
    hidden = {
        each["name"]: each["value"] for each in page.select("[data-keying] input[type=hidden]")
    }
    client.post(address("key_form", batch.pk), hidden | {"agree": "1 2"})
    mark = Response.objects.get().paper_marks.get()
    assert (mark.mark, mark.text) == (PaperMark.Mark.AS_WRITTEN, "1 2")


def test_a_post_sent_twice_records_once(client, batch):
    key = page_key(client, batch)
    for _ in range(2):
        client.post(address("key_form", batch.pk), {"page-key": key, "turn": 1, "agree": "1"})
    assert Response.objects.count() == 1


def test_the_last_form_is_undone_from_the_screen(client, batch):
    sent(client, batch, agree="1")
    page = client.post(address("undo_keying", batch.pk), follow=True)
    assert "Form 1 is open again" in page.content.decode()
    assert asking.parsed(page).select_one("#line-agree")["value"] == "1"
    assert not Response.objects.exists()


def test_the_second_keying_shows_nothing_of_the_first(client, keyer):
    other = factories.make_user(*KEYS)
    batch = open_batch(asking.three_steps(), "Box 1", date(2021, 11, 30), AT, other, is_double=True)
    finish_keying(keep_typed(batch, "k1", {"agree": "1", "change": "Secret"}, AT, other), AT, other)
    page = client.get(address("key_form", batch.pk) + "?turn=2")
    assert "Secret" not in page.content.decode()
    assert "Form 1" in page.content.decode()
    sent(client, batch, 2, agree="2", change="Secret")
    listed = client.get(address("keying_batch", batch.pk)).content.decode()
    assert "Two people typed the same in 1 of 2 fields of 1 form (50.0%)." in listed
    settle = address("settle_form", batch.pk, 1)
    shown = asking.parsed(client.get(settle)).get_text(" ", strip=True)
    assert "Neither" in shown
    client.post(settle, {"agree": "--anew", "agree--anew": "3"})
    assert Response.objects.get().answers.get(question="agree").choices == ["disagree"]


def test_nul_and_control_characters_are_left_out(client, batch):
    sent(client, batch, agree="1", change="a\x00b\x07c")
    assert Response.objects.get().answers.get(question="change").text == "abc"


def test_the_list_asks_as_many_queries_for_one_form_as_for_ten(client, batch, keyer):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(address("keying_batch", batch.pk))
        return len(asked)

    finish_keying(keep_typed(batch, "k0", {"agree": "1"}, AT, keyer), AT, keyer)
    queries()
    one = queries()
    for place in range(1, 10):
        finish_keying(keep_typed(batch, f"k{place}", {"agree": "1"}, AT, keyer), AT, keyer)
    assert queries() <= one


@pytest.mark.parametrize(
    ("role", "status"), [(OFFICERS, 200), (APPROVERS, 200), (ANALYSTS, 302), ("", 302)]
)
def test_who_may_key_role_by_role(client, role, status):
    begin_roles()
    user = factories.make_user(ACCESS)
    if role:
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    assert client.get(address("keying")).status_code == status


def test_nobody_keys_without_signing_in(client):
    assert client.get(address("keying")).status_code == 302
