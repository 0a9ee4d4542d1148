from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from tests import factories

from folkmoot.accounts.models import User
from folkmoot.responses.acts.behind import written_behind

pytestmark = pytest.mark.django_db


def rename(name: str):
    return lambda cursor: cursor.execute(
        "UPDATE accounts_user SET first_name = first_name || %s", [name]
    )


def write(*writes, wrong: Exception | None = None) -> None:
    with transaction.atomic(), written_behind() as behind:
        for each in writes:
            behind.do(each)
        if wrong:
            raise wrong


def test_things_are_written_one_after_the_other_and_seen_by_whoever_asks_next():
    factories.make_user()
    with transaction.atomic(), written_behind() as behind:
        for letter in "abc":
            behind.do(rename(letter))
        assert User.objects.get().first_name.endswith("abc")
        behind.do(rename("d"))
    assert User.objects.get().first_name.endswith("abcd")


def test_what_cannot_be_written_is_said_and_all_is_taken_back():
    user = factories.make_user()
    before = User.objects.get().first_name
    with pytest.raises(DatabaseError):
        write(rename("a"), lambda cursor: cursor.execute("UPDATE accounts_nothing SET x = 1"))
    assert User.objects.get(pk=user.pk).first_name == before


def test_what_went_wrong_first_is_what_is_said():
    factories.make_user()
    before = User.objects.get().first_name
    with pytest.raises(LookupError):
        write(rename("a"), wrong=LookupError())
    assert User.objects.get().first_name == before
