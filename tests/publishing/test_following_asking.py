"""Asking to follow, confirming, changing and stopping, as a reader meets them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox_of
from django.test import Client
from django.urls import reverse
from tests import factories

from folkmoot.accounts.models import AuditRecord
from folkmoot.publishing import acts, mail
from folkmoot.publishing.clock import now
from folkmoot.publishing.following import tokens
from folkmoot.publishing.following.parts import Followed
from folkmoot.publishing.following.tokens import Purpose
from folkmoot.publishing.models import Follower, Following, OutgoingMail

pytestmark = pytest.mark.django_db
ADDRESS = "reader@example.org"


@pytest.fixture
def page():
    return factories.make_consultation()


@pytest.fixture
def browser():
    """A visitor whose posts need a token, as in life."""
    return Client(enforce_csrf_checks=True)


def path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def post(browser: Client, address: str, **fields: object):
    """Open a page and send its form, as a browser does."""
    opened = browser.get(address)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', opened.content.decode())
    assert token
    return browser.post(address, {"csrfmiddlewaretoken": token[1], **fields})


def ask(browser: Client, page=None, email: str = ADDRESS):
    address = reverse("follow") + (f"?page={page.pk}" if page else "")
    return post(browser, address, email=email, **({"page": page.pk} if page else {}))


def link_in_last_mail(address: str = ADDRESS) -> str:
    written = OutgoingMail.objects.filter(to=address).order_by("-pk").first()
    assert written
    found = re.search(r"https?://\S+/follow/confirm/\S+", written.text)
    assert found
    return path(found[0])


def test_reader_asks_confirms_and_then_follows(browser, page):
    answer = ask(browser, page)
    assert answer.status_code == 303
    assert "Look into your mailbox" in browser.get(answer["Location"]).content.decode()
    assert Following.objects.get().confirmed_at is None
    mail.deliver_due(now())
    (sent,) = outbox_of.outbox
    assert sent.to == [ADDRESS]
    assert page.title in sent.body
    assert OutgoingMail.objects.count() == 0

    confirm = path(re.search(r"https?://\S+/follow/confirm/\S+", sent.body)[0])
    assert "Yes, write to me" in browser.get(confirm).content.decode()
    assert Following.objects.get().confirmed_at is None, (
        "a program that opens links confirms nothing"
    )
    shown = post(browser, confirm).content.decode()
    assert f"You follow {page.title}" in shown
    following = Following.objects.get()
    assert following.confirmed_at is not None
    assert following.page_id == page.pk
    record = AuditRecord.objects.get(act="following confirmed")
    assert record.after == {"followers": 1}
    assert record.by_name == "a follower"


def test_whole_site_can_be_followed(browser, page):
    ask(browser)
    post(browser, link_in_last_mail())
    following = Following.objects.get()
    assert following.page is None
    assert following.confirmed_at is not None


def test_known_and_unknown_addresses_get_the_same_answer(browser, page):
    factories.make_follower(page, email="known@example.org")
    known = ask(browser, page, "known@example.org")
    unknown = ask(Client(enforce_csrf_checks=True), page, "unknown@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    texts = dict(OutgoingMail.objects.values_list("to", "text"))
    assert "You follow it already" in texts["known@example.org"]
    assert "/follow/confirm/" in texts["unknown@example.org"]


def test_one_address_is_kept_once_whatever_its_case(browser, page):
    ask(browser, page, "Reader@Example.org")
    ask(browser, None, "reader@example.ORG")
    assert Follower.objects.count() == 1
    assert Following.objects.count() == 2


@pytest.mark.parametrize(
    "typed", ["", "reader", "reader@", "a@b.org, c@d.org", "a@b.org\nBcc: c@d.org"]
)
def test_what_is_no_address_is_said_and_kept(browser, page, typed):
    answer = ask(browser, page, typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Write your e-mail address, like name@example.org." in shown
    assert 'href="#follow-email"' in shown
    if typed == "reader@":
        assert 'value="reader@"' in shown
    assert not Follower.objects.exists()


def test_program_that_fills_in_everything_is_thanked_and_sends_nothing(browser, page):
    answer = post(browser, reverse("follow"), email=ADDRESS, website="https://spam.example")
    assert answer.status_code == 303
    assert not Follower.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_form_of_another_site_is_refused(browser, page):
    assert browser.post(reverse("follow"), {"email": ADDRESS}).status_code == 403
    assert not Follower.objects.exists()


def test_asking_again_at_once_sends_nothing_more(browser, page):
    for _ in range(3):
        assert ask(browser, page).status_code == 303
    assert OutgoingMail.objects.count() == 1


def test_one_mailbox_is_not_filled(page):
    at = now()
    for minutes in range(0, 20 * acts.following.MOST_ASKS_A_DAY, 11):
        acts.ask_to_follow(ADDRESS, Followed(page), at.replace(hour=8) + timedelta(minutes=minutes))
    assert OutgoingMail.objects.count() == acts.following.MOST_ASKS_A_DAY
    acts.ask_to_follow(ADDRESS, Followed(page), at.replace(hour=8) + timedelta(days=1, minutes=1))
    assert OutgoingMail.objects.count() == acts.following.MOST_ASKS_A_DAY + 1


def test_link_works_for_seven_days(browser, page, settings):
    settings.FOLKMOOT_AT = "2022-01-01T12:00:00"
    ask(browser, page)
    link = link_in_last_mail()
    settings.FOLKMOOT_AT = "2022-01-08T11:55:00"
    assert browser.get(link).status_code == 200
    settings.FOLKMOOT_AT = "2022-01-08T12:05:00"
    gone = browser.get(link)
    assert gone.status_code == 410
    assert f"?page={page.pk}" in gone.content.decode()
    acts.forget_unconfirmed(now())
    assert not Follower.objects.exists()
    assert browser.get(link).status_code == 410


def test_link_that_expired_while_it_was_open_confirms_nothing(browser, page, settings):
    settings.FOLKMOOT_AT = "2022-01-01T12:00:00"
    ask(browser, page)
    link = link_in_last_mail()
    opened = browser.get(link).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', opened)[1]
    settings.FOLKMOOT_AT = "2022-01-09"
    assert browser.post(link, {"csrfmiddlewaretoken": token}).status_code == 410
    assert Following.objects.get().confirmed_at is None


def test_confirmed_followers_are_not_forgotten(page):
    at = now()
    factories.make_follower(page, at=at - timedelta(days=400))
    acts.ask_to_follow(ADDRESS, Followed(page), at - timedelta(days=8))
    assert acts.forget_unconfirmed(at) == 1
    assert list(Follower.objects.values_list("email", flat=True)) != [ADDRESS]
    record = AuditRecord.objects.get(act="followers never confirmed erased")
    assert record.after == {"erased": 1}


@pytest.mark.parametrize("purpose", list(Purpose))
def test_link_that_was_changed_or_is_for_something_else_opens_nothing(browser, page, purpose):
    follower = factories.make_follower(page)
    good = path(tokens.link(purpose, follower))
    others = [each for each in Purpose if each is not purpose]
    swapped = [reverse(purpose.value, args=[tokens.token(each, follower.key)]) for each in others]
    forged = [f"{good[:-2]}x/", good.replace(follower.key, "another-key"), *swapped]
    for address in forged:
        answer = browser.get(address)
        assert answer.status_code == 410 or "You get no more e-mails" in answer.content.decode()
    assert Follower.objects.count() == 1


def test_reader_stops_one_page_and_writes_less_often(browser, page):
    other = factories.make_consultation(page.statutory_plan, title="Another")
    follower = factories.make_follower(page, other)
    keep = follower.followings.get(page=other)
    manage = path(tokens.link(Purpose.MANAGE, follower))
    shown = browser.get(manage).content.decode()
    assert page.title in shown
    assert follower.email not in shown
    answer = post(browser, manage, keep=keep.pk, every_days=7)
    assert "Your choices are saved." in browser.get(answer["Location"]).content.decode()
    follower.refresh_from_db()
    assert follower.every_days == 7
    assert [each.page_id for each in follower.followings.all()] == [other.pk]
    assert AuditRecord.objects.get(act="following stopped").after == {"followers": 0}


def test_reader_pauses_and_goes_on_without_what_happened_meanwhile(browser, page, settings):
    settings.FOLKMOOT_AT = "2021-12-01"
    follower = factories.make_follower(page)
    manage = path(tokens.link(Purpose.MANAGE, follower))
    keep = follower.followings.get().pk
    post(browser, manage, keep=keep, every_days=1, is_paused=1)
    follower.refresh_from_db()
    assert follower.paused_at is not None
    settings.FOLKMOOT_AT = "2021-12-20"
    post(browser, manage, keep=keep, every_days=1)
    follower.refresh_from_db()
    assert follower.paused_at is None
    assert follower.digested_until.date().isoformat() == "2021-12-20"


def test_wrong_choice_changes_nothing(browser, page):
    follower = factories.make_follower(page)
    manage = path(tokens.link(Purpose.MANAGE, follower))
    for wrong in ({"every_days": 0}, {"every_days": 1, "keep": 999_999}, {}):
        answer = post(browser, manage, **wrong)
        assert answer.status_code == 422
    follower.refresh_from_db()
    assert follower.every_days == 1
    assert follower.followings.count() == 1


def test_reader_who_keeps_nothing_is_erased(browser, page):
    follower = factories.make_follower(page)
    shown = post(browser, path(tokens.link(Purpose.MANAGE, follower)), every_days=1)
    assert "your address is erased" in shown.content.decode()
    assert not Follower.objects.exists()


def test_one_click_of_a_mail_program_ends_everything_without_a_cookie(browser, page):
    follower = factories.make_follower(page, None)
    acts.ask_to_follow(
        follower.email, Followed(factories.make_consultation(page.statutory_plan)), now()
    )
    stop = path(tokens.link(Purpose.STOP, follower))
    answer = browser.post(stop, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Follower.objects.exists()
    assert not Following.objects.exists()
    assert not OutgoingMail.objects.exists(), "what waits to be sent is not sent any more"
    assert AuditRecord.objects.filter(act="following stopped").count() == 2
    # Clicked once more, it says the same.
    assert browser.post(stop).content == answer.content


def test_opening_the_link_to_stop_stops_nothing(browser, page):
    follower = factories.make_follower(page)
    shown = browser.get(path(tokens.link(Purpose.STOP, follower))).content.decode()
    assert "Stop all e-mails and erase my address" in shown
    assert Follower.objects.exists()


def test_no_address_is_in_the_audit_record_or_in_a_log(browser, page, caplog):
    caplog.set_level(0)
    ask(browser, page)
    mail.deliver_due(now())
    follower = Follower.objects.get()
    following = follower.followings.get()
    acts.confirm_following(following, now())
    follower.refresh_from_db()
    acts.stop_following(follower, now())
    records = str(list(AuditRecord.objects.values()))
    assert "following confirmed" in records
    assert ADDRESS not in records
    assert ADDRESS not in caplog.text


def test_personal_pages_are_kept_by_nobody(browser, page):
    follower = factories.make_follower(page)
    addresses = [path(tokens.link(each, follower)) for each in (Purpose.MANAGE, Purpose.STOP)]
    acts.ask_to_follow(ADDRESS, Followed(page), now())
    for address in [*addresses, link_in_last_mail(), reverse("follow")]:
        answer = browser.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "same-origin"
        assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_pages_ask_as_much_of_the_database_however_many_are_followed(
    page, django_assert_max_num_queries, client
):
    follower = factories.make_follower(page)
    manage = path(tokens.link(Purpose.MANAGE, follower))
    client.get(manage)
    with django_assert_max_num_queries(12) as asked:
        client.get(manage)
    few = len(asked)
    for _ in range(9):
        other = factories.make_consultation(page.statutory_plan)
        Following.objects.create(follower=follower, page=other, asked_at=now(), confirmed_at=now())
    client.get(manage)
    with django_assert_max_num_queries(few):
        client.get(manage)
