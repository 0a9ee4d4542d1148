"""Languages are told by their letters and small words."""

from __future__ import annotations

import pytest

from folkmoot.texts.languages import NAMES, language_of, main_language
from folkmoot.texts.wording import words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("More police on the streets in the evening", "en"),
        ("Plus de policiers à pied le soir dans notre quartier", "fr"),
        ("La police doit patrouiller à pied dans les rues", "fr"),
        ("Więcej policji na ulicach wieczorem proszę", "pl"),
        ("Daha fazla polis olmalı", "tr"),
        ("Más policía", "es"),
        ("Mais polícia nas ruas", "pt"),
        ("Mehr Polizei auf den Straßen", "de"),
        ("Waxaan rabnaa booliska badan", "so"),
        ("Mae angen mwy o heddlu", "cy"),
        ("我们社区需要更多的巡逻警察", "zh"),
        ("警察をもっと", "ja"),
        ("نريد المزيد من رجال الشرطة في الشارع", "ar"),
        ("ہمیں مزید پولیس چاہیے", "ur"),
        ("আরও পুলিশ দরকার", "bn"),
        ("Нам нужно больше полиции", "ru"),
        ("Чому немає поліції", "uk"),
    ],
)
def test_a_language_is_told(text: str, code: str) -> None:
    assert language_of(text, words(text)) == code
    assert code in NAMES


@pytest.mark.parametrize("text", ["Parking", "Policing Tottenham", "", "👍", "1234"])
def test_what_has_no_telling_word_is_left_open(text: str) -> None:
    assert language_of(text, words(text)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "The café staff were très bien, but it is too cold in there",
        "We read 警察 on the sign outside the station",
        "Des and Les from the ward were kind to me",
        "Señor Garcia has been on the ward with us",
    ],
)
def test_a_foreign_word_does_not_make_an_english_answer_foreign(text: str) -> None:
    assert language_of(text, words(text)) == "en"


def test_the_main_language_is_the_commonest_and_english_of_equals() -> None:
    assert main_language(["pl", "pl", "en", "", "", ""]) == "pl"
    assert main_language(["pl", "en"]) == "en"
    assert main_language([]) == "en"
