"""The words of a plan: anchors, levels, and one look-up for the links of all sections."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import make_plan, make_section

from folkmoot.plans.contents import FOREWORD, anchored, body_html, lowered, parts_of
from folkmoot.plans.querysets import written_sections_of


def test_headings_get_ids_of_their_words_once_each() -> None:
    html, headings = anchored("<h2>What we do</h2><p>x</p><h3>What we <b>do</b></h3><h2>—</h2>")
    assert html.startswith('<h2 id="what-we-do">What we do</h2>')
    assert [tuple(heading) for heading in headings] == [
        ("what-we-do", "What we do"),
        ("what-we-do-2", "What we do"),
        ("part", "—"),
    ]


def test_a_heading_never_takes_an_id_that_the_page_has() -> None:
    assert anchored("<h2>Commitments</h2>")[1][0].id == "commitments-2"


def test_an_id_that_stands_stays() -> None:
    html, headings = anchored('<h2 class="a" id="kept">Words</h2>')
    assert (html, headings[0].id) == ('<h2 class="a" id="kept">Words</h2>', "kept")


def test_ids_of_several_sections_on_a_page_differ() -> None:
    assert 'id="hate-crime-help"' in anchored("<h3>Help</h3>", "hate-crime-")[0]


def test_headings_go_one_level_down_and_nothing_else_does() -> None:
    html = '<h2 id="a">A</h2><p>h2</p><hr><H3>B</H3><header>C</header>'
    assert lowered(html) == '<h3 id="a">A</h3><p>h2</p><hr><H4>B</H4><header>C</header>'


@pytest.mark.django_db
def test_parts_are_the_foreword_and_the_sections_with_links_as_read() -> None:
    plan = make_plan(foreword="<p>Dear all.</p>")
    section = make_section(plan, number="1.2", title="Two", summary="In short & plain.")
    link = f'<p><a linktype="page" id="{plan.pk}">The plan</a></p>'
    make_section(plan, number="1.1", title="One", body=[("heading", "Why"), ("text", link)])
    foreword, first, second = parts_of(plan, written_sections_of(plan))
    assert (foreword.key, foreword.html) == (FOREWORD, "<p>Dear all.</p>")
    assert (first.number, second.number, second.key) == ("1.1", "1.2", str(section.pk))
    assert "<h2>Why</h2>" in first.html
    assert f'<a href="{plan.url}">The plan</a>' in first.html
    assert second.html == "<p>In short &amp; plain.</p>"


@pytest.mark.django_db
def test_a_section_read_alone_says_what_it_says_among_the_others() -> None:
    plan = make_plan()
    link = f'<p><a linktype="page" id="{plan.pk}">The plan</a></p>'
    section = make_section(plan, body=[("text", link), ("heading", "Why")])
    assert parts_of(plan, [section])[0].html == body_html(section)


@pytest.mark.django_db
def test_links_of_all_sections_are_looked_up_together() -> None:
    asked = []
    for number in (1, 4):
        plan = make_plan()
        for _ in range(number):
            link = f'<p><a linktype="page" id="{plan.pk}">The plan</a></p>'
            make_section(plan, body=[("text", link), ("text", link)])
        sections = written_sections_of(plan)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert len(parts_of(plan, sections)) == number
        asked.append(len(queries))
    assert asked[0] == asked[1]
