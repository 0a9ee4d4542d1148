"""The mail server in one setting."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from folkmoot.config.email_url import email_settings


def test_default_prints():
    for url in ("", "console:"):
        assert email_settings(url)["EMAIL_BACKEND"].endswith("console.EmailBackend")


def test_server_with_upgrade_user_and_password():
    given = email_settings("smtp+tls://plan%40example.org:p%40ss%2Fw@mail.example.org:2525")
    assert given["EMAIL_HOST"] == "mail.example.org"
    assert given["EMAIL_PORT"] == 2525
    assert given["EMAIL_HOST_USER"] == "plan@example.org"
    assert given["EMAIL_HOST_PASSWORD"] == "p@ss/w"
    assert given["EMAIL_USE_TLS"] is True
    assert "EMAIL_USE_SSL" not in given


@pytest.mark.parametrize(
    ("url", "port"),
    [("smtp://a.example", 25), ("smtp+tls://a.example", 587), ("smtps://a.example", 465)],
)
def test_usual_port_of_each_kind(url, port):
    assert email_settings(url)["EMAIL_PORT"] == port


def test_encrypted_from_the_beginning():
    assert email_settings("smtps://mail.example.org")["EMAIL_USE_SSL"] is True


@pytest.mark.parametrize(
    "url",
    ["mail.example.org", "http://a.example", "smtp://", "smtp://a.example:port", "smtp://[oops"],
)
def test_address_that_names_no_server_is_refused_with_a_sentence(url):
    with pytest.raises(ImproperlyConfigured, match="names no mail server: write it like smtp"):
        email_settings(url)


def test_refusal_never_repeats_the_password():
    with pytest.raises(ImproperlyConfigured) as refused:
        email_settings("smtpp://user:hunter2@mail.example.org")
    assert "hunter2" not in str(refused.value)
