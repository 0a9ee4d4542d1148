"""Flags, notes, merging, withdrawing and restoring: who may, what is kept, what is told."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from tests import factories

from folkmoot.accounts.models import AuditRecord
from folkmoot.responses.acts import handling
from folkmoot.responses.acts.handling import HandlingError
from folkmoot.responses.models import FlagKind, Response, Standing

pytestmark = pytest.mark.django_db
AT = factories.OPENS


@pytest.fixture
def survey():
    return factories.make_survey()


@pytest.fixture
def officer():
    return factories.make_user("responses.view_response", "responses.change_response")


def acts_on(response: Response) -> list[str]:
    lines = AuditRecord.objects.filter(
        record_type="responses.Response", record_id=str(response.pk)
    ).order_by("id")
    return [line.act for line in lines]


def test_a_flag_is_raised_once_and_cleared_with_both_told(survey, officer):
    response = factories.make_response(survey)
    for expected in (1, 0):
        flagged = handling.flag_responses([response], FlagKind.ABUSIVE, "Rude.", officer, AT)
        assert flagged == expected
    flag = response.flags.get()
    handling.clear_flag(flag, officer, AT)
    handling.clear_flag(flag, officer, AT)
    flag.refresh_from_db()
    assert flag.cleared_by == officer
    assert acts_on(response) == ["response flagged", "response flag cleared"]


def test_a_machine_s_flag_is_not_an_officer_s_to_raise(survey, officer):
    with pytest.raises(HandlingError, match="Choose what to flag"):
        handling.flag_responses(
            [factories.make_response(survey)], FlagKind.HONEYPOT, "So.", officer, AT
        )


def test_a_note_is_kept_and_the_audit_record_does_not_repeat_it(survey, officer):
    response = factories.make_response(survey)
    handling.add_note(response, " Rang to say thanks. ", officer, AT)
    assert response.notes.get().text == "Rang to say thanks."
    assert acts_on(response) == ["response note added"]
    assert "thanks" not in str(AuditRecord.objects.get(act="response note added").after)


def test_duplicates_are_kept_linked_and_count_no_more_until_restored(survey, officer):
    first, second, third = (factories.make_response(survey) for _ in range(3))
    assert handling.merge(third, [first, second, third], "Same letter.", officer, AT) == 2
    assert set(third.in_place_of.all()) == {first, second}
    assert list(Response.objects.standing()) == [third]
    assert acts_on(first) == ["response merged"]
    assert acts_on(third) == ["response stands for duplicates"]
    first.refresh_from_db()
    handling.restore(first, "Two people after all.", officer, AT)
    first.refresh_from_db()
    assert (first.standing, first.instead) == (Standing.STANDS, None)
    assert set(third.in_place_of.all()) == {second}


def test_nothing_is_merged_where_one_of_them_cannot_be(survey, officer):
    one, other = factories.make_response(survey), factories.make_response(survey)
    gone = factories.make_response(survey, standing=Standing.WITHDRAWN)
    elsewhere = factories.make_response(factories.make_survey(survey.consultation))
    for wrong, said in ((gone, "does not count"), (elsewhere, "different surveys")):
        with pytest.raises(HandlingError, match=said):
            handling.merge(one, [other, wrong], "Same.", officer, AT)
    with pytest.raises(HandlingError, match="two responses or more"):
        handling.merge(one, [one], "Same.", officer, AT)
    with pytest.raises(HandlingError, match="Say why"):
        handling.merge(one, [other], "  ", officer, AT)
    assert Response.objects.standing().count() == 3
    assert not AuditRecord.objects.filter(act__startswith="response").exists()


def test_a_response_is_withdrawn_on_request_and_can_be_restored(survey, officer):
    response = factories.make_response(survey)
    handling.withdraw_on_request(response, "Asked by letter.", officer, AT)
    with pytest.raises(HandlingError, match="nothing to withdraw"):
        handling.withdraw_on_request(response, "Again.", officer, AT)
    assert not Response.objects.standing().exists()
    handling.restore(response, "Asked again.", officer, AT)
    assert Response.objects.standing().get() == response
    assert acts_on(response) == ["response withdrawn on request", "response restored"]


@pytest.mark.parametrize("fields", [{"standing": Standing.REPLACED}, {}])
def test_what_its_sender_replaced_or_what_counts_is_not_restored(survey, officer, fields):
    response = factories.make_response(survey, **fields)
    with pytest.raises(HandlingError, match="nothing to restore"):
        handling.restore(response, "Why not.", officer, AT)


def test_what_was_erased_is_not_restored(survey, officer):
    response = factories.make_response(survey, standing=Standing.WITHDRAWN, erased_at=AT)
    with pytest.raises(HandlingError, match="gone for good"):
        handling.restore(response, "Why not.", officer, AT)


@pytest.mark.parametrize(
    "permissions", [(), ("responses.view_response",), ("responses.change_response",)]
)
def test_only_those_who_may_handle_responses_do(survey, permissions):
    by = factories.make_user(*permissions)
    response = factories.make_response(survey)
    for act in (
        lambda: handling.flag_responses([response], FlagKind.OTHER, "Odd.", by, AT),
        lambda: handling.add_note(response, "Hm.", by, AT),
        lambda: handling.merge(response, [factories.make_response(survey)], "Same.", by, AT),
        lambda: handling.withdraw_on_request(response, "Asked.", by, AT),
        lambda: handling.restore(response, "Asked.", by, AT),
    ):
        with pytest.raises(PermissionDenied):
            act()
    response.refresh_from_db()
    assert response.standing == Standing.STANDS
