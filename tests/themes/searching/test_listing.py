"""What every combination of filters leaves, against a plain filter in Python."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.themes.searching.crowd import AT, make_crowd, plain_answers

from folkmoot.themes.searching import listing
from folkmoot.themes.searching.filters import read
from folkmoot.themes.searching.listing import Asked, listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd():
    frame, people = make_crowd()
    return frame, people, plain_answers(frame)


def asked_by(user, frame, **asked):
    given_ = {name: str(value) for name, value in asked.items()}
    chosen, form = read(given_, survey=frame.survey, frame=frame, user=user)
    assert form.is_valid(), form.errors
    return Asked(frame.survey, frame.question, frame, chosen, user, AT)


def every_page(asked):
    """Return the keys of all pages, forwards, having gone through them backwards as well."""
    keys, page = [], listed(asked)
    count = page.count
    pages = [page]
    while page.after:
        page = listed(asked, after=page.after)
        pages.append(page)
    for page in pages:
        assert page.count == count
        keys += page.keys
    backwards = [*page.keys]
    while page.before:
        page = listed(asked, before=page.before)
        backwards = [*page.keys, *backwards]
    assert backwards == keys
    assert len(keys) == count
    return keys


def leaves(plain, user, asked):
    """Whether a filter leaves an answer: the same in plain Python."""
    theme, finder = asked.get("theme"), asked.get("finder")
    found, state = asked.get("found"), asked.get("state")
    in_frame = any(
        asked.get(name) for name in ("theme", "finder", "state", "campaign", "coder")
    ) or found not in (None, "outside")
    if in_frame and found == "outside":
        in_frame, theme, finder, state = False, None, None, None
    is_outside = plain.status == "outside"
    if found == "outside":
        if not is_outside:
            return False
        asked = {name: asked.get(name) for name in ("channel", "kind", "q")}
    elif in_frame and is_outside:
        return False
    words = set(re.findall(r"\w+", plain.text.casefold()))
    read_by = {"machine": plain.by == "machine", "person": plain.by in ("person", "resolved")}
    if finder == "either":
        instead = found if found in ("none", "cannot-tell") else None
        label = theme or instead
        said = plain.readings == 2 and (label is None or label in plain.either)
        if found and (theme or not instead):
            said = said and plain.status == found
    elif theme:
        said = (found in (None, "outside") or plain.status == found) and any(
            root == theme and (not finder or finder == by) for root, by in plain.themes
        )
    else:
        said = (found in (None, "outside") or plain.status == found) and (
            not finder or read_by[finder]
        )
    sayable = plain.status not in ("empty", "outside")
    states = {
        "unread": sayable and not plain.readings,
        "read": plain.readings > 0,
        "waiting": sayable
        and user.pk not in plain.coders
        and (not plain.readings or (plain.readings == 1 and plain.is_double)),
        "double": plain.is_double,
        "twice": plain.readings == 2,
        "disputed": plain.is_disputed,
        "resolved": plain.by == "resolved",
        "flagged": plain.is_flagged,
    }
    campaign = asked.get("campaign")
    return (
        said
        and (not state or states[state])
        and (not asked.get("channel") or plain.channel == asked["channel"])
        and (not asked.get("kind") or plain.kind == asked["kind"])
        and (not asked.get("coder") or asked["coder"] in plain.coders)
        and (
            not campaign
            or plain.campaign == campaign
            or (campaign == "in" and plain.campaign is not None)
            or (campaign == "out" and plain.campaign is None)
        )
        and (not asked.get("q") or set(asked["q"].split()) <= words)
    )


STATES = ["unread", "read", "waiting", "double", "twice", "disputed", "resolved", "flagged"]
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "theme": st.integers(0, 1),
        "found": st.sampled_from(["assigned", "empty", "cannot-tell", "none", "outside"]),
        "finder": st.sampled_from(["person", "machine", "either"]),
        "state": st.sampled_from(STATES),
        "campaign": st.sampled_from(["in", "out", 0]),
        "channel": st.sampled_from(["web", "paper", "letter"]),
        "kind": st.sampled_from(["individual", "organisation"]),
        "coder": st.integers(0, 2),
        "q": st.sampled_from(["officers", "patrol", "officers patrol", "lights dark", "sluice"]),
    },
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(chosen=FILTERS)
def test_filters_leave_what_a_plain_filter_leaves(crowd, monkeypatch, chosen):
    monkeypatch.setattr(listing, "A_PAGE", 7)
    frame, people, plain = crowd
    analyst = people[0]
    analyst.is_superuser = True
    themes = list(frame.themes.standing().order_by("number"))
    asked = dict(chosen)
    if "theme" in asked:
        asked["theme"] = themes[asked["theme"]].pk
    if "coder" in asked:
        asked["coder"] = people[asked["coder"]].pk
    if asked.get("campaign") == 0:
        asked["campaign"] = frame.campaigns.get().pk
    wanted = [each.key for each in plain if leaves(each, analyst, asked)]
    assert every_page(asked_by(analyst, frame, **asked)) == wanted


def test_everything_that_counts_is_listed_without_a_filter(crowd):
    frame, people, plain = crowd
    assert every_page(asked_by(people[0], frame)) == [each.key for each in plain]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ('"the high street"', "More officers should patrol the high street."),
        ('"high the"', None),
        ('"youth club" library', "Reopen the youth club at the library."),
        ("officers lights", None),
        ("street OR market", None),
    ],
)
def test_all_words_and_whole_phrases_must_stand_in_an_answer(crowd, typed, wanted):
    frame, people, plain = crowd
    texts = {each.key: each.text for each in plain}
    keys = every_page(asked_by(people[0], frame, q=typed))
    assert {texts[key] for key in keys} == ({wanted} if wanted else set())


def test_a_search_by_meaning_ranks_those_that_filters_leave(crowd):
    frame, people, plain = crowd
    asked = asked_by(people[0], frame, q="constables on the beat", by="meaning", channel="paper")
    page = listed(asked)
    paper = {each.key for each in plain if each.channel == "paper"}
    assert set(page.keys) <= paper
    assert page.of == len(paper)
    near = [page.likeness[key] for key in page.keys]
    assert near == sorted(near, reverse=True)
    everything = listed(asked_by(people[0], frame, q="constables on the beat", by="meaning"))
    assert everything.of == len(plain)
    assert set(everything.keys) <= {each.key for each in plain}


def test_pages_of_a_search_by_meaning_follow_each_other(crowd, monkeypatch):
    frame, people, plain = crowd
    asked = asked_by(people[0], frame, like=plain[0].key)
    whole = listed(asked)
    monkeypatch.setattr(listing, "A_PAGE", 7)
    page = listed(asked)
    keys = [*page.keys]
    while page.after:
        page = listed(asked, after=page.after)
        keys += page.keys
    assert tuple(keys[: len(whole.keys)]) == whole.keys
    assert plain[0].key not in keys
    assert listed(asked, after="7").before == "0"


def test_a_group_is_listed_where_enough_are_left_and_refused_where_not(crowd):
    frame, _, plain = crowd
    analyst = factories.make_user("responses.view_monitoringanswer", "themes.confirm_themes")
    group = "age-band:one"
    wanted = [each.key for each in plain if each.group == "one"]
    assert len(wanted) >= listing.SMALLEST_GROUP
    assert every_page(asked_by(analyst, frame, group=group)) == wanted
    for few in (
        {"q": "patrol"},
        {"state": "flagged"},
        {"q": "patrol", "by": "meaning", "kind": "organisation"},
    ):
        refused = listed(asked_by(analyst, frame, group=group, **few))
        assert (refused.keys, refused.count) == ((), 0)
        assert "as they could lead to people" in refused.refused
