from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from folkmoot.publishing import clock


def test_site_stands_at_the_instant_it_was_told(settings, monkeypatch):
    monkeypatch.setattr(clock, "_STARTED", 100.0)
    monkeypatch.setattr(clock.time, "monotonic", lambda: 160.0)
    settings.FOLKMOOT_AT = "2021-12-01"
    assert clock.now() == datetime(2021, 12, 1, 12, 1, tzinfo=UTC)
    assert clock.today() == date(2021, 12, 1)


def test_without_an_instant_the_clock_is_the_real_one(settings):
    settings.FOLKMOOT_AT = ""
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


def test_day_is_the_bodys_day_and_not_greenwichs(settings):
    settings.FOLKMOOT_AT = "2022-07-01T23:30:00Z"
    assert clock.today() == date(2022, 7, 2)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2022-07-01", datetime(2022, 7, 1, 11, tzinfo=UTC)),  # noon in summer time
        ("2022-01-21", datetime(2022, 1, 21, 12, tzinfo=UTC)),
        ("2022-01-21T23:59", datetime(2022, 1, 21, 23, 59, tzinfo=UTC)),
        ("2022-07-01 23:59", datetime(2022, 7, 1, 22, 59, tzinfo=UTC)),
        ("2022-07-01T23:59:00+02:00", datetime(2022, 7, 1, 21, 59, tzinfo=UTC)),
    ],
)
def test_dates_and_times_are_read_in_the_bodys_time_zone(text, instant):
    assert clock.instant(text) == instant


@pytest.mark.parametrize("text", ["tomorrow", "2021-02-30", "2021-13-01", "2022-01-21T25:00", "1"])
def test_what_is_no_date_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=f"'{text}' is not a date: write it like 2021-12-01"):
        clock.instant(text)


@pytest.mark.parametrize(
    ("at", "midnight"),
    [
        (datetime(2022, 3, 26, 12, tzinfo=UTC), datetime(2022, 3, 27, 0, tzinfo=UTC)),
        (datetime(2022, 3, 27, 12, tzinfo=UTC), datetime(2022, 3, 27, 23, tzinfo=UTC)),
        (datetime(2022, 6, 30, 23, 30, tzinfo=UTC), datetime(2022, 7, 1, 23, tzinfo=UTC)),
    ],
)
def test_next_midnight_follows_the_change_to_summer_time(at, midnight):
    assert clock.next_midnight(at) == midnight


@pytest.mark.django_db
def test_pages_are_told_the_instant(rf, settings):
    settings.FOLKMOOT_AT = "2021-12-01"
    from folkmoot.publishing.context import site

    assert clock.local(site(rf.get("/"))["at"]).date() == date(2021, 12, 1)
