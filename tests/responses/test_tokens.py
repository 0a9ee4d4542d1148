from __future__ import annotations

import time
from unittest import mock

import pytest
from django.core import signing

from folkmoot.responses import tokens
from folkmoot.responses.tokens import Token

TOKEN = Token("a-key", 7, "2", "abc")


def signed_earlier(seconds: float) -> str:
    earlier = time.time() - seconds
    with mock.patch("time.time", return_value=earlier):  # the clock of django.core.signing
        return tokens.sign(TOKEN)


def test_a_token_is_read_as_it_was_signed():
    assert tokens.read(tokens.sign(TOKEN)) == TOKEN


@pytest.mark.parametrize("text", ["", "x", "a:b:c", "\x00", "é", "W10:1tZ:x" * 50])
def test_what_nobody_signed_is_no_token(text):
    assert tokens.read(text) is None


def test_a_changed_token_is_no_token():
    signed = tokens.sign(TOKEN)
    assert tokens.read(("A" if signed[0] != "A" else "B") + signed[1:]) is None
    assert tokens.read(signed[:-1] + ("A" if signed[-1] != "A" else "B")) is None


def test_what_was_signed_for_something_else_is_no_token():
    assert tokens.read(signing.dumps(["a-key", 7, "2", "abc"], salt="elsewhere")) is None
    assert tokens.read(signing.dumps({"key": 1}, salt=tokens.SALT)) is None
    assert tokens.read(signing.dumps(["a-key", "7", "2", "abc"], salt=tokens.SALT)) is None


def test_a_token_is_stale_after_a_day_and_still_says_whose_it_is():
    assert tokens.read(signed_earlier(tokens.SECONDS_VALID - 60)) == TOKEN
    stale = tokens.read(signed_earlier(tokens.SECONDS_VALID + 60))
    assert stale == Token("a-key", 7, "2", "abc", is_stale=True)


def test_keys_are_long_and_never_the_same():
    keys = {tokens.new_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {43}
