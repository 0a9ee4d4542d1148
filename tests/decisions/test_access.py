"""Decisions written in the admin: every save is checked and in the audit record."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import factories
from tests.decisions.conftest import themes_of

from folkmoot.accounts.models import AuditRecord
from folkmoot.decisions.models import Decision

OFFICER = ("decisions.add_decision", "decisions.change_decision", "decisions.delete_decision")
ADD = "wagtailsnippets_decisions_decision:add"
EDIT = "wagtailsnippets_decisions_decision:edit"
DELETE = "wagtailsnippets_decisions_decision:delete"


def written(consultation, **changed):
    return {
        "consultation": consultation.pk,
        "themes": [themes_of(consultation)[0].pk],
        "title": "Put officers on foot",
        "slug": "put-officers-on-foot",
        "outcome": "accepted",
        "reason": "You asked.",
        "decided_by": "The commissioner",
        "decided_on": "2022-03-24",
        "order": 0,
        "section_changes-TOTAL_FORMS": 0,
        "section_changes-INITIAL_FORMS": 0,
        "section_changes-MIN_NUM_FORMS": 0,
        "section_changes-MAX_NUM_FORMS": 1000,
    } | changed


def test_an_officer_takes_changes_and_withdraws_a_decision(client, consultation):
    officer = factories.make_user(*OFFICER)
    client.force_login(officer)
    assert client.post(reverse(ADD), written(consultation)).status_code == 302
    decision = Decision.objects.get()
    assert list(decision.themes.all()) == themes_of(consultation)[:1]
    changed = written(consultation, reason="You asked, and we agree.")
    assert client.post(reverse(EDIT, args=[decision.pk]), changed).status_code == 302
    client.post(reverse(DELETE, args=[decision.pk]))
    assert not Decision.objects.exists()
    lines = AuditRecord.objects.filter(act__startswith="decision ", by=officer).order_by("id")
    assert [line.act for line in lines] == [
        "decision taken",
        "decision changed",
        "decision withdrawn",
    ]
    assert lines[1].before["reason"] == "You asked."
    assert lines[1].after["reason"] == "You asked, and we agree."


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"themes": []}, "This field is required"),
        ({"reason": " "}, "This field is required"),
        ({"decided_on": "2022-04-02"}, "2 April 2022 lies in the future"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_nothing(client, consultation, changed, sentence):
    client.force_login(factories.make_user(*OFFICER))
    response = client.post(reverse(ADD), written(consultation, **changed))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("permissions", [(), ("themes.confirm_themes",)])
def test_nobody_else_takes_a_decision(client, consultation, permissions):
    client.force_login(factories.make_user(*permissions))
    client.post(reverse(ADD), written(consultation))
    assert not Decision.objects.exists()
