"""Themes are named by what their answers share and others do not say."""

from __future__ import annotations

import numpy as np

from folkmoot.texts.clustering import Clusters, common_part, without_common
from folkmoot.texts.embedding import embed, unit
from folkmoot.texts.labelling import Naming, exemplars, name_themes

BUSES = [
    "The night bus never comes on time",
    "More night buses after the pubs close",
    "We wait an hour for the night bus",
    "A night bus every ten minutes please",
    "Night buses should run past the hospital",
    "My night bus was cancelled twice",
]
STAFF = [
    "The staff were very friendly and helpful",
    "Friendly staff who explained it all",
    "I found friendly staff at the desk",
    "All staff are friendly",
    "Such friendly staff on the ward",
    "The staff were friendly",
]
TOWN = [
    "Camden Town needs a cinema",
    "We love Camden Town and want a new cinema there",
    "Give Camden Town its old cinema back",
    "The cinema of Camden Town was closed",
    "In Camden Town nothing replaced the cinema",
    "A cinema would do Camden Town good",
]


def named(*themes: list[str]) -> list[Naming]:
    texts = [text for theme in themes for text in theme]
    labels = np.repeat(np.arange(len(themes)), [len(theme) for theme in themes])
    vectors = embed([text.casefold() for text in texts])
    common = common_part(vectors)
    apart = without_common(vectors, common)
    centres = unit(np.stack([apart[labels == at].mean(axis=0) for at in range(len(themes))]))
    return name_themes(texts, Clusters(labels, centres, 1.0), common)


def test_a_title_is_what_many_say_of_one_thing() -> None:
    buses, staff, town = named(BUSES, STAFF, TOWN)
    assert "night bus" in buses.label.casefold()
    assert staff.label.startswith("Friendly staff")
    assert "cinema" in town.label.casefold()
    assert {"bus", "night"} <= buses.topic


def test_a_description_quotes_a_whole_sentence_that_somebody_said() -> None:
    for naming, theme in zip(named(BUSES, STAFF, TOWN), (BUSES, STAFF, TOWN), strict=True):
        quoted = naming.description.split("“")[1].rstrip("”.")
        assert quoted in theme


def test_no_two_themes_bear_one_title() -> None:
    labels = [naming.label for naming in named(BUSES, BUSES, BUSES)]
    assert len(set(labels)) == 3


def test_exemplars_are_near_the_centre_and_unlike_each_other() -> None:
    chance = np.random.default_rng(1)
    centre = unit(chance.normal(size=(1, 256)).astype(np.float32))[0]
    near = unit(centre + chance.normal(scale=0.02, size=(8, 256)).astype(np.float32))
    twin = near[:1]
    far = unit(chance.normal(size=(4, 256)).astype(np.float32))
    picked = exemplars(np.concatenate([near, twin, far]), centre, [20] * 13)
    assert len(picked) == 5
    assert not {0, 8} <= set(picked)
    assert max(picked) < 9
