"""In what language an answer is written, told by its letters and its small words; no download.

Made to keep answers in other languages apart from those that an English reader can theme, not to
name every language: the scripts and languages most spoken in London are known, and a short answer
without a telling word is taken for one in the main language. See docs/methods/themes.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from folkmoot.texts.english import FUNCTION_WORDS, LIGHT_VERBS, VAGUE, listed

ENGLISH = "en"
# Two small words of a language tell it; one does in an answer of so few words.
TELLING_WORDS = 2
SHORT_ANSWER = 4
# Where one word in so many is an English small word, the answer is English without a closer look.
ENGLISH_ONE_IN = 3
LETTERS_READ = 400

NAMES = {
    "am": "Amharic",
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "cy": "Welsh",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi or Nepali",
    "hy": "Armenian",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "ko": "Korean",
    "lt": "Lithuanian",
    "ml": "Malayalam",
    "nl": "Dutch",
    "pa": "Panjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "si": "Sinhala",
    "so": "Somali",
    "sq": "Albanian",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "ti": "Tigrinya",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "yo": "Yoruba",
    "zh": "Chinese",
}

# Ranges of letters, and the language that one who writes them in London most likely speaks.
_SCRIPTS = (
    ("ar", r"\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"),
    ("bn", r"\u0980-\u09ff"),
    ("hi", r"\u0900-\u097f"),
    ("gu", r"\u0a80-\u0aff"),
    ("pa", r"\u0a00-\u0a7f"),
    ("ta", r"\u0b80-\u0bff"),
    ("te", r"\u0c00-\u0c7f"),
    ("ml", r"\u0d00-\u0d7f"),
    ("si", r"\u0d80-\u0dff"),
    ("th", r"\u0e00-\u0e7f"),
    ("am", r"\u1200-\u137f"),
    ("hy", r"\u0530-\u058f"),
    ("ka", r"\u10a0-\u10ff"),
    ("he", r"\u0590-\u05ff"),
    ("el", r"\u0370-\u03ff\u1f00-\u1fff"),
    ("ru", r"\u0400-\u04ff"),
    ("ko", r"\uac00-\ud7af\u1100-\u11ff"),
    ("ja", r"\u3040-\u30ff"),
    ("zh", r"\u3400-\u4dbf\u4e00-\u9fff"),
)
_SCRIPT = re.compile("|".join(f"(?P<{code}>[{letters}])" for code, letters in _SCRIPTS))
_OTHER_SCRIPT = re.compile(f"[{''.join(letters for _, letters in _SCRIPTS)}]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# Scripts that several languages share are told apart by letters that only one of them has.
_WITHIN_SCRIPT = {
    "ar": (("ur", "ٹڈڑںےھہ"), ("fa", "پچژگکی")),
    "ru": (("uk", "іїєґ"), ("ru", "ыэё"), ("bg", "ъ")),
    "am": (("ti", "ኣቐሽ"),),
}

# Small words of languages in Latin letters, none of them a word that English answers hold.
_SMALL_WORDS = {
    "cy": "yr yn mae ydy dydy nid gyda gan hefyd oherwydd dylai angen mwy heddlu wedi ei eu ac ar "
    "i'r o'r rhaid llai",
    "de": "der das und nicht ist ein eine einen einem ich wir sie mit für auf auch mehr zu den dem "
    "von im werden wird sind haben keine kein sollte wenn oder aber sehr bitte",
    "es": "el los las una unos que por para del más muy pero como está están nuestro nuestra "
    "también sus al porque cuando policía calles barrio",
    "fr": "le les des une est et dans que qui pas avec sur nous vous ils elle sont du au aux ce "
    "cette ces mais très être il notre nos leur où trop faut quartier",
    "it": "il gli che di è sono del della delle dei nel nella più anche ma molto ci alla al dal "
    "questo questa nostro nostra polizia strade",
    "lt": "ir yra kad iš kaip bet labai mes jie apie daugiau reikia turi būti mūsų į už policijos "
    "gatvėse",
    "nl": "het een en niet dat wij voor zijn ook meer maar er aan wordt moet hebben geen naar bij "
    "onze deze politie",
    "pl": "na nie się jest są że jak dla przez ale czy tylko przy być więcej bardzo nas nasz nasze "
    "proszę powinna powinno policja policji ulicach który która żeby oraz",
    "pt": "os uma que não para da das dos mais muito mas em na nas é são nosso nossa também ruas "
    "polícia há está",
    "ro": "și în este sunt nu cu pe din pentru că foarte dar noi să de trebui poliție poliția "
    "străzi noastre noastră",
    "so": "iyo waa oo ku ka la ay waxaan waxa aad soo badan lagu kala inay waan booliska xaafadda "
    "maya",
    "sq": "dhe është një në për që nuk të më ka janë shumë por nga duhet policia tonë rrugë",
    "tr": "ve bir bu için çok daha ile ama değil var yok olan gibi olarak polis mahalle sokak "
    "olmalı lazım biz bizim",
    "yo": "ní àti tí wọn fún kí jẹ́ nínú àwọn ọlọ́pàá sí láti bí kò",
}
# Letters that only one of the languages above writes.
_LETTERS = {
    "cy": "ŵŷ",
    "de": "ß",
    "es": "ñ¿¡",
    "lt": "ėųūį",
    "pl": "łśźżćńąę",
    "pt": "ãõ",
    "ro": "șțăţ",
    "sq": "ë",
    "tr": "ğış",
    "yo": "ọẹṣ",
}
_LETTER = {letter: code for code, letters in _LETTERS.items() for letter in letters}
_ENGLISH = FUNCTION_WORDS | LIGHT_VERBS | VAGUE
_CODES: dict[str, list[str]] = {}
for _code, _listed in _SMALL_WORDS.items():
    for _word in sorted(listed(_listed)):
        _CODES.setdefault(_word, []).append(_code)


def language_of(text: str, said: Sequence[str]) -> str:
    """Return the code of a text's language, "" where nothing tells it; `said` are its words."""
    text = text[:LETTERS_READ]
    if not text.isascii() and _OTHER_SCRIPT.search(text) and (script := _script(text)):
        return script
    if _is_plainly_english(said):
        return ENGLISH
    english = sum(word in _ENGLISH for word in said)
    other, telling = _latin(text, said)
    enough = TELLING_WORDS if len(said) > SHORT_ANSWER else 1
    if telling >= enough and telling > english:
        return other
    return ENGLISH if english else ""


def _is_plainly_english(said: Sequence[str]) -> bool:
    wanted = -(-len(said) // ENGLISH_ONE_IN)
    for word in said:
        wanted -= word in _ENGLISH
        if not wanted:
            return True
    return False


def main_language(languages: Iterable[str]) -> str:
    """Return the language most answers are in: English where another has no more."""
    counted = Counter(language for language in languages if language)
    if not counted:
        return ENGLISH
    return min(counted, key=lambda each: (-counted[each], each != ENGLISH, each))


def _script(text: str) -> str:
    """Return the language of the script that most letters of the text have, "" for Latin."""
    found = Counter(match.lastgroup or "" for match in _SCRIPT.finditer(text))
    if not found:
        return ""
    # Japanese is written in Chinese characters as well, and kana show that it is Japanese.
    code = "ja" if found["ja"] else max(found, key=lambda each: (found[each], each))
    latin = sum(mark.isascii() and mark.isalpha() for mark in text)
    if 2 * sum(found.values()) < latin:
        return ""
    for own, letters in _WITHIN_SCRIPT.get(code, ()):
        if any(letter in text for letter in letters):
            return own
    return code


def _latin(text: str, said: Sequence[str]) -> tuple[str, int]:
    """Return the language that most small words and letters speak for, and how many do."""
    telling: Counter[str] = Counter()
    for word in said:
        telling.update(_CODES.get(word, ()))
    for letter in _BEYOND_ASCII.findall(text.casefold()):
        if letter in _LETTER:
            telling[_LETTER[letter]] += 1
    if not telling:
        return "", 0
    code = min(telling, key=lambda each: (-telling[each], each))
    return code, telling[code]
