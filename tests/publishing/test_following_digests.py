"""The digest: everything new, once, in one e-mail, and nothing when nothing is new."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as outbox_of
from tests import factories
from tests.factories import CLOSES, OPENS

from folkmoot.consultations.models import Update
from folkmoot.publishing import mail
from folkmoot.publishing.following import digests, tokens
from folkmoot.publishing.following.tokens import Purpose
from folkmoot.publishing.models import Follower, OutgoingMail

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MORNING = datetime(2021, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def page():
    """An open consultation, of which all that happened so far was noted."""
    return factories.make_consultation(outcome_at=None, summary="What should change?")


def write(at):
    return digests.write_due(at)


def add_update(page, title="New figures", on=date(2021, 12, 1), text="<p>Read <b>this</b>.</p>"):
    return Update.objects.create(consultation=page, title=title, on=on, text=text)


def read_last() -> str:
    written = OutgoingMail.objects.order_by("-pk").first()
    assert written
    return written.text


def test_update_is_told_in_one_mail_with_its_text_and_address(page, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://plan.example.org"
    follower = factories.make_follower(page, at=MORNING - 2 * DAY)
    write(MORNING - DAY)
    add_update(page)
    assert write(MORNING) == 1
    mail.deliver_due(MORNING)
    (sent,) = outbox_of.outbox
    assert sent.to == [follower.email]
    assert sent.subject == f"New figures: {page.title}"
    assert "1 December 2021: New figures" in sent.body
    assert "Read this." in sent.body
    assert "Read it on the site: https://plan.example.org/" in sent.body
    headers = sent.extra_headers
    stop = tokens.link(Purpose.STOP, follower)
    assert headers["List-Unsubscribe"] == f"<{stop}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert stop in sent.body
    assert tokens.link(Purpose.MANAGE, follower) in sent.body


def test_the_same_is_never_told_twice(page):
    factories.make_follower(page, at=MORNING - 2 * DAY)
    write(MORNING - DAY)
    add_update(page)
    assert write(MORNING) == 1
    for hours in (0, 1, 24, 48, 24 * 45):
        assert write(MORNING + timedelta(hours=hours)) == (1 if hours == 24 * 45 else 0)
    assert "Closes soon" in read_last()
    assert "New figures" not in read_last()


def test_nothing_new_sends_nothing(page):
    factories.make_follower(page, at=MORNING - 2 * DAY)
    write(MORNING - DAY)
    OutgoingMail.objects.all().delete()
    assert write(MORNING) == 0
    assert not OutgoingMail.objects.exists()


def test_news_of_pages_that_one_does_not_follow_is_not_told(page):
    other = factories.make_consultation(page.statutory_plan, outcome_at=None)
    factories.make_follower(other, at=MORNING - 2 * DAY)
    write(MORNING - DAY)
    add_update(page)
    assert write(MORNING) == 0


def test_follower_of_the_site_is_told_of_every_page_once(page):
    other = factories.make_consultation(page.statutory_plan, outcome_at=None, title="Other draft")
    factories.make_follower(None, page, at=MORNING - 2 * DAY)
    write(MORNING - DAY)
    add_update(page, "First")
    add_update(other, "Second")
    assert write(MORNING) == 1
    text = read_last()
    assert text.count(": First\n") == text.count(": Second\n") == 1
    assert OutgoingMail.objects.order_by("-pk").first().subject.startswith("2 things are new")


def test_update_that_is_dated_back_is_told_when_it_appears(page):
    factories.make_follower(page, at=MORNING - 9 * DAY)
    write(MORNING - DAY)
    add_update(page, on=date(2021, 11, 25))
    assert write(MORNING) == 1
    assert "25 November 2021: New figures" in read_last()


def test_update_that_is_dated_ahead_waits_for_its_day(page):
    factories.make_follower(page, at=MORNING - 2 * DAY)
    write(MORNING - DAY)
    add_update(page, on=date(2021, 12, 3))
    assert write(MORNING) == 0
    assert write(MORNING + DAY) == 0
    assert write(MORNING + 2 * DAY) == 1


def test_page_published_again_with_new_keys_for_its_parts_tells_nothing_twice(page):
    factories.make_follower(page, at=MORNING - 2 * DAY)
    write(MORNING - DAY)
    update = add_update(page)
    assert write(MORNING) == 1
    update.delete()
    add_update(page)
    assert write(MORNING + DAY) == 0


def test_state_changes_are_told(page):
    factories.make_follower(page, at=OPENS - 3 * DAY)
    told = {}
    at = OPENS.replace(hour=8) - DAY
    while at < CLOSES + 3 * DAY:
        if write(at):
            told[at.date()] = read_last()
        at += DAY
    days = sorted(told)
    assert days == [date(2021, 11, 17), date(2022, 1, 15), date(2022, 1, 22)]
    for day, word in zip(days, (": Open\n", ": Closes soon\n", ": Closed\n"), strict=True):
        assert word in told[day]
    assert "21 January 2022 at 23:59" in told[days[1]]


def test_answer_is_told(page):
    page.outcome_at = CLOSES + 60 * DAY
    page.outcome = "<p>We changed three things.</p>"
    page.save()
    factories.make_follower(page, at=CLOSES + 50 * DAY)
    at = page.outcome_at.replace(hour=8)
    assert write(at - DAY) == 0
    assert write(at + DAY) == 1
    assert ": Answered\n" in read_last()
    assert "We changed three things." in read_last()


def test_moved_closing_is_about_to_close_anew(page):
    factories.make_follower(page, at=MORNING)
    at = CLOSES.replace(hour=8) - 5 * DAY
    write(MORNING)
    assert write(at) == 1
    page.closes_at = CLOSES + 20 * DAY
    page.save()
    assert write(at + DAY) == 0
    assert write(at + 20 * DAY) == 1
    assert ": Closes soon\n" in read_last()
    assert "10 February 2022" in read_last()


def test_new_version_of_a_document_is_told_to_those_who_follow_what_it_belongs_to(page):
    factories.make_follower(page, at=MORNING - 2 * DAY)
    write(MORNING - DAY)
    versions = [("draft", date(2021, 12, 1), [])]
    document = factories.make_document(page, versions, title="Draft plan")
    document.versions.update(what_changed="Section 2 is new.")
    assert write(MORNING) == 1
    assert "Draft plan: draft" in read_last()
    assert "Section 2 is new." in read_last()


def test_published_plan_is_told(page):
    plan = page.statutory_plan
    plan.published_on, plan.stage = date(2022, 3, 24), plan.Stage.PUBLISHED
    plan.save()
    factories.make_follower(plan, at=MORNING)
    at = datetime(2022, 3, 23, 9, tzinfo=UTC)
    assert write(at) == 0
    assert write(at + DAY) == 1
    assert ": Published\n" in read_last()


def test_what_is_not_public_is_not_told(page):
    factories.make_follower(page, None, at=MORNING - 2 * DAY)
    write(MORNING - DAY)
    add_update(page)
    page.live = False
    page.save()
    assert write(MORNING) == 0


@pytest.mark.parametrize("fields", [{"confirmed_at": None}, {"paused_at": MORNING}])
def test_nobody_is_written_to_who_did_not_confirm_or_who_pauses(page, fields):
    factories.make_follower(page, at=MORNING - 2 * DAY, **fields)
    write(MORNING - DAY)
    add_update(page)
    assert write(MORNING) == 0


def test_nobody_is_written_to_twice_a_day(page):
    factories.make_follower(page, at=MORNING - 2 * DAY)
    write(MORNING - DAY)
    add_update(page, "First")
    assert write(MORNING) == 1
    add_update(page, "Second")
    assert write(MORNING + timedelta(hours=10)) == 0
    assert write(MORNING + DAY) == 1
    assert "Second" in read_last()
    assert "First" not in read_last()


def test_nobody_is_written_to_in_the_night(page, settings):
    factories.make_follower(page, at=MORNING - 2 * DAY)
    write(MORNING - DAY)
    add_update(page)
    assert write(datetime(2021, 12, 1, 6, 59, tzinfo=UTC)) == 0
    assert write(datetime(2021, 12, 1, 7, 0, tzinfo=UTC)) == 1


def test_weekly_reader_waits_a_week_unless_it_cannot_wait(page):
    factories.make_follower(page, at=MORNING - 2 * DAY, every_days=Follower.Every.WEEK)
    write(MORNING - DAY)
    add_update(page, "First")
    assert write(MORNING) == 1
    add_update(page, "Second", on=date(2021, 12, 2))
    for days in range(1, 7):
        assert write(MORNING + days * DAY) == 0
    assert write(MORNING + 7 * DAY) == 1
    # The next digest would come after the closing.
    closing = CLOSES.replace(hour=8) - 6 * DAY
    add_update(page, "Third", on=closing.date() - DAY)
    assert write(closing - DAY) == 1
    assert write(closing) == 1
    assert "Closes soon" in read_last()


def test_follower_is_not_told_what_stood_on_the_page_before(page):
    add_update(page, "Long ago", on=date(2021, 11, 20))
    factories.make_follower(page, at=MORNING)
    assert write(MORNING) == 0, "the site's first digest tells no old news"


def test_worker_that_is_killed_neither_loses_a_digest_nor_writes_it_twice(page, monkeypatch):
    readers = [factories.make_follower(page, at=MORNING - 2 * DAY) for _ in range(3)]
    write(MORNING - DAY)
    add_update(page)
    monkeypatch.setattr(digests, "BATCH", 1)
    composed, calls = mail.composed, []

    def killed_at_second(*given, **named):
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return composed(*given, **named)

    monkeypatch.setattr(mail, "composed", killed_at_second)
    with pytest.raises(KeyboardInterrupt):
        write(MORNING)
    assert OutgoingMail.objects.count() == 1
    assert write(MORNING) == 2
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == sorted(
        reader.email for reader in readers
    )


def test_digests_of_ten_followers_ask_no_more_of_the_database_than_of_one(
    page, django_assert_num_queries, django_assert_max_num_queries
):
    factories.make_follower(page, at=MORNING - 2 * DAY)
    write(MORNING - DAY)
    add_update(page, "First")
    with django_assert_max_num_queries(40) as one:
        assert write(MORNING) == 1
    for _ in range(9):
        factories.make_follower(page, None, at=MORNING - 2 * DAY, digested_until=MORNING)
    add_update(page, "Second")
    with django_assert_num_queries(len(one)):
        assert write(MORNING + DAY) == 10
