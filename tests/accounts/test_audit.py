"""The audit record is added to and never changed, by nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction
from tests.factories import make_user

from folkmoot.accounts.audit import record
from folkmoot.accounts.models import AuditRecord, User

AT = datetime(2022, 1, 21, 12, tzinfo=UTC)


def a_line() -> AuditRecord:
    user = make_user()
    with transaction.atomic():
        return record("plan changed", user, AT, by=user, before={"a": 1}, after={"a": 2})


@pytest.mark.django_db
def test_a_line_says_who_what_when_and_from_what_to_what() -> None:
    line = a_line()
    user = User.objects.get()
    assert (line.by, line.by_name, line.at) == (user, str(user), AT)
    assert (line.record_type, line.record_id) == ("accounts.User", str(user.pk))
    assert (line.before, line.after) == ({"a": 1}, {"a": 2})


@pytest.mark.django_db
def test_the_database_refuses_to_change_a_line() -> None:
    line = a_line()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditRecord.objects.filter(pk=line.pk).update(act="nothing happened")
    assert AuditRecord.objects.get(pk=line.pk).act == "plan changed"


@pytest.mark.django_db
def test_the_database_refuses_to_delete_a_line() -> None:
    line = a_line()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        line.delete()
    assert AuditRecord.objects.filter(pk=line.pk).exists()


@pytest.mark.django_db
def test_an_act_outside_a_transaction_is_not_recorded(monkeypatch) -> None:
    user = make_user()
    # A test stands in a transaction of its own; the connection is told that it does not.
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record("plan changed", user, AT, by=user)
    monkeypatch.undo()
    assert not AuditRecord.objects.exists()


@pytest.mark.django_db
def test_who_leaves_stays_named_in_the_record() -> None:
    line = a_line()
    name = line.by_name
    User.objects.get().delete()
    kept = AuditRecord.objects.get(pk=line.pk)
    assert kept.by_name == name


@pytest.mark.django_db
def test_one_person_has_one_account_whatever_the_case_of_the_address() -> None:
    make_user(email="ada@folkmoot.example")
    with pytest.raises(DatabaseError), transaction.atomic():
        make_user(email="ADA@folkmoot.example")
    assert User.objects.get_by_natural_key("Ada@Folkmoot.example").email == "ada@folkmoot.example"
