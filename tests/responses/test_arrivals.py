"""How much one connection may take, and that nothing in the database tells whose it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from tests.responses.asking import answer_all, errors_of, parsed, sending, three_steps, token_of

from folkmoot.publishing.clock import now
from folkmoot.responses import arrivals
from folkmoot.responses.acts.repeats import forget_arrivals
from folkmoot.responses.arrivals import Allowance, address_of, forget_addresses, take
from folkmoot.responses.models import AddressKey, Bucket, Draft, Response, TextCount

pytestmark = pytest.mark.django_db
AT = datetime(2021, 12, 1, 12, tzinfo=UTC)
THREE = Allowance("three", 3, 10)
LIBRARY = "198.51.100.7"
HIDDEN = "203.0.113.77"


def request(peer, forwarded=""):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "found"),
    [
        (0, LIBRARY, "", LIBRARY),
        # What somebody says of themselves is not believed.
        (0, LIBRARY, HIDDEN, LIBRARY),
        (1, LIBRARY, HIDDEN, LIBRARY),
        # Behind a proxy that nobody told us about everybody would share one allowance.
        (0, "10.0.0.2", HIDDEN, ""),
        (0, "127.0.0.1", "", ""),
        (0, "", "", ""),
        (1, "10.0.0.2", HIDDEN, HIDDEN),
        (1, "10.0.0.2", f"1.2.3.4, {HIDDEN}", HIDDEN),
        (2, "10.0.0.2", f"1.2.3.4, {HIDDEN}, 10.0.0.9", HIDDEN),
        (2, "10.0.0.2", HIDDEN, HIDDEN),
        (1, "10.0.0.2", "nonsense", ""),
        (1, "10.0.0.2", f"{HIDDEN}:51234", HIDDEN),
        (0, "10.0.0.2", "", "10.0.0.2"),
        # A household chooses among many addresses of IPv6.
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:198.51.100.7", "", LIBRARY),
        (1, "::1", "[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
    ],
)
def test_the_address_is_the_one_that_can_be_believed(settings, proxies, peer, forwarded, found):
    settings.FOLKMOOT_PROXIES = proxies
    assert address_of(request(peer, forwarded)) == found


def test_an_allowance_is_taken_at_once_and_grows_back_one_by_one():
    assert [take(THREE, LIBRARY, AT) for _ in range(3)] == [0, 0, 0]
    wait = take(THREE, LIBRARY, AT)
    assert 10 <= wait <= 11
    assert take(THREE, LIBRARY, AT + timedelta(seconds=9.9)) > 0
    assert take(THREE, LIBRARY, AT + timedelta(seconds=10)) == 0
    assert take(THREE, LIBRARY, AT + timedelta(seconds=10)) > 0
    # Never more at once than the whole of it.
    later = AT + timedelta(hours=2)
    assert sum(take(THREE, LIBRARY, later) == 0 for _ in range(9)) == 3


def test_others_and_other_allowances_are_not_touched():
    for _ in range(4):
        take(THREE, LIBRARY, AT)
    assert take(THREE, HIDDEN, AT) == 0
    assert take(Allowance("other", 3, 10), LIBRARY, AT) == 0
    assert take(THREE, "", AT) == 0


def test_a_refused_use_does_not_make_the_wait_longer():
    for _ in range(3):
        take(THREE, LIBRARY, AT)
    waits = {take(THREE, LIBRARY, AT) for _ in range(50)}
    assert len(waits) == 1


def test_a_clock_that_was_put_back_locks_nobody_out():
    for _ in range(3):
        take(THREE, LIBRARY, AT + timedelta(hours=5))
    assert take(THREE, LIBRARY, AT) == 0


def test_a_use_costs_one_statement(django_assert_num_queries):
    take(THREE, LIBRARY, AT)
    with django_assert_num_queries(1):
        take(THREE, LIBRARY, AT)


def test_a_site_may_widen_the_allowance_or_set_none(settings):
    settings.FOLKMOOT_ALLOWANCE = 2
    assert sum(take(THREE, LIBRARY, AT) == 0 for _ in range(9)) == 6
    settings.FOLKMOOT_ALLOWANCE = 0
    assert sum(take(THREE, LIBRARY, AT) == 0 for _ in range(9)) == 9


def test_the_key_of_a_day_is_deleted_and_tomorrow_s_hash_is_another():
    take(THREE, LIBRARY, AT)
    [today] = Bucket.objects.all()
    take(THREE, LIBRARY, AT + timedelta(days=1))
    tomorrow = Bucket.objects.exclude(pk=today.pk).get()
    assert today.digest != tomorrow.digest
    forget_addresses(AT + timedelta(days=1))
    assert [key.day for key in AddressKey.objects.all()] == [tomorrow.day]
    assert list(Bucket.objects.all()) == [tomorrow]


def rows_of_database():
    """Return every value of every table as one text, as somebody who stole it would search."""
    with connection.cursor() as cursor:
        said = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            said.append(repr(cursor.fetchall()))
    return "\n".join(said)


def test_no_address_stands_anywhere_in_the_database(settings):
    settings.FOLKMOOT_PROXIES = 1
    survey = three_steps()
    browser = Client(REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR=HIDDEN)
    page = answer_all(browser, survey)
    browser.post(f"{survey.url}check/", sending(page))
    browser.post(f"{survey.url}return/", {"code": "2222-2222-2222"})
    assert Response.objects.exists()
    assert Bucket.objects.count() >= 3
    assert HIDDEN not in rows_of_database()
    assert "10.0.0.2" not in rows_of_database()


def test_a_library_full_of_people_is_let_through():
    """120 people over one address, who answer a page every half minute for ten minutes."""
    refused = 0
    for second in range(0, 600, 30):
        for _ in range(120):
            refused += take(arrivals.STEPS, LIBRARY, AT + timedelta(seconds=second)) > 0
    refused += sum(
        take(arrivals.SENDS, LIBRARY, AT + timedelta(seconds=600)) > 0 for _ in range(120)
    )
    assert refused == 0


def test_a_page_over_the_limit_is_shown_with_what_was_typed_and_can_be_sent_later(settings):
    survey = three_steps()
    browser = Client(REMOTE_ADDR=LIBRARY)
    token = token_of(browser.get(f"{survey.url}2/"))
    # Six at once, and one more every ten seconds.
    settings.FOLKMOOT_ALLOWANCE = 0.01
    for _ in range(6):
        take(arrivals.STEPS, LIBRARY, now())
    page = browser.post(f"{survey.url}2/", {"token": token, "change": "Typed in a library."})
    assert page.status_code == 429
    assert int(page["Retry-After"]) >= 1
    assert "Very many pages came over your connection" in errors_of(page)[0]
    assert parsed(page).find("textarea").get_text().strip() == "Typed in a library."
    assert not Draft.objects.exists()
    Bucket.objects.all().delete()
    again = {"token": token_of(page), "change": "Typed in a library."}
    assert browser.post(f"{survey.url}2/", again).status_code == 303
    assert Draft.objects.get().answers["change"] == ["Typed in a library."]


def test_a_response_over_the_limit_waits_in_its_draft(settings):
    survey = three_steps()
    browser = Client(REMOTE_ADDR=LIBRARY)
    check = answer_all(browser, survey)
    settings.FOLKMOOT_ALLOWANCE = 0.01
    for _ in range(2):
        take(arrivals.SENDS, LIBRARY, now())
    page = browser.post(f"{survey.url}check/", sending(check))
    assert page.status_code == 429
    assert int(page["Retry-After"]) >= 1
    assert "More lights." in parsed(page).get_text()
    assert Draft.objects.count() == 1
    Bucket.objects.all().delete()
    assert browser.post(f"{survey.url}check/", sending(page)).status_code == 303
    assert Response.objects.count() == 1


def test_texts_are_counted_until_their_survey_has_closed():
    survey = three_steps()
    TextCount.objects.create(survey=survey, digest="x")
    last = survey.consultation.closes_at + survey.grace
    forget_arrivals(last - timedelta(microseconds=1))
    assert TextCount.objects.exists()
    forget_arrivals(last)
    assert not TextCount.objects.exists()
