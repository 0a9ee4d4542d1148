"""Names in no list are known by what stands around them; streets, months and verbs are no names."""

from __future__ import annotations

import pytest

from folkmoot.texts import redact
from folkmoot.texts.names import FIRST_NAMES

# In no list, so that only what stands around them can tell.
NAMES = ("Wiremu", "Oluwadamilare", "Gülşen", "Świętosława", "Zhiyuan", "Thi-Lan", "Ng'ang'a")
SIGNS = (
    "{} helped me a lot.",
    "Thanks to {} and the team",
    "We spoke to {} about it.",
    "Ask {}, she knows.",
    "{} was so kind to mum",
    "{} and the girls were brilliant",
    "Please pass this on to {} for us",
    "The man who came, {}, has a heart of gold",
    "{}'s manner put us at ease",
    "They are {} (nurse) and others",
    "Sarah and {} saw it all",
    "PC {} never came back",
    "my neighbour {} rang the police",
    "Somebody should promote {} at once",
    "Since {} left nobody answers",
    "He said his boss was {} The rest were fine",
)
SMALL = (
    ("mr o'brien-lee was late", "[name removed] was late"),
    ("mrs green next door", "[name removed] next door"),
    ("sister wiremu sat with me", "[name removed] sat with me"),
    ("thanks to oluwadamilare for all", "thanks to [name removed] for all"),
    ("sarah jones was kind", "[name removed] was kind"),
    ("THANKS TO WIREMU AND ERIC", "THANKS TO [name removed] AND [name removed]"),
)
LEFT = (
    "Mark my words: Will the Mayor act? May we hope for that in April or August?",
    "Stoke Newington High Street, Burgess Park and the Elephant were closed, Peckham too.",
    "With Haringey Council we agree. Thanks to everyone, and to the NHS for caring.",
    "The physiotherapist was so kind, the food was lovely, reception helped me.",
    "Nottingham was great. I am Nigerian and I am exhausted by Tesco.",
    "CBT helped me. HCAs were kind. XXXX was lovely and so was Dr XXX.",
    "my mum struggling, the nurse assured me, the doctor said no",
    "it was unclean because of aggressive patients without warning",
    "Rose gardens, a lily pond, hazel trees and holly would be a joy.",
    "We live in Purley near Wexcombe, and the Zyxwell Ordinance applies around Kernsholt.",
    "Ask young Londoners, and a Londoner who is old.",
    "He was in Zedbury, and Kernsborough has the same for less. Our Wexcombe is grey.",
)


def test_the_names_are_in_no_list() -> None:
    assert not {name.casefold() for name in NAMES} & FIRST_NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sign", SIGNS)
def test_an_unknown_word_beside_a_sign_is_a_name(sign: str, name: str) -> None:
    assert name not in redact(sign.format(name))


@pytest.mark.parametrize(("text", "hidden"), SMALL)
def test_names_in_small_letters_and_in_capitals_are_hidden(text: str, hidden: str) -> None:
    assert redact(text) == hidden


@pytest.mark.parametrize("text", LEFT)
def test_places_months_and_misspelt_words_are_no_names(text: str) -> None:
    assert redact(text) == text
