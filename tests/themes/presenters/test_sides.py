"""The majority and the minority view of a theme on its page, and when neither is told of."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from tests.themes.frames import make_frame
from tests.themes.test_by_group import make_results, words

FOR = "In favour, or asking for more (light)"
AGAINST = "Against, or asking for less (light)"


@pytest.fixture
def page():
    return make_results(make_frame().survey)


def with_sides(page, *counts):
    theme = page.activity.code_frames.get().themes.get(number=1)
    theme.sides = [
        {"stance": stance, "count": count, "label": label}
        for stance, count, label in zip(("for", "against"), counts, (FOR, AGAINST), strict=False)
    ]
    theme.save()
    return theme


def shown(client, page, theme):
    return BeautifulSoup(client.get(page.theme_url(theme)).content, "html.parser")


def test_both_views_are_shown_the_larger_first(client, page):
    # 6 and 18 of 24.
    theme = with_sides(page, 6, 18)
    said = shown(client, page, theme).find(id="both-sides").find_parent("section")
    assert [each.p.get_text() for each in said("li")] == [f"75% {AGAINST}", f"25% {FOR}"]
    assert "Read by machine on 1 April 2022" in said.get_text()
    results = words(BeautifulSoup(client.get(page.url).content, "html.parser"))
    assert f"Views differ: 75% “{AGAINST}”, 25% “{FOR}” of those who take a side." in results
    file = client.get(f"{page.url}results.csv").content.decode()
    assert f'75%,"{AGAINST}"' in file


@pytest.mark.parametrize("counts", [(), (40,), (40, 4)])
def test_one_view_alone_or_one_of_few_is_no_pair(client, page, counts):
    theme = with_sides(page, *counts)
    assert shown(client, page, theme).find(id="both-sides") is None
    assert "Views differ" not in client.get(page.url).content.decode()
