"""The languages in which a document may be given, each with its own name.

Codes are BCP 47. `dir` of a language is that of the script it is written in here. The list holds
the main languages of England and Wales in the 2021 Census and the languages of their
neighbours; a body that needs another adds a line.
"""

from __future__ import annotations

from dataclasses import dataclass

OWN = "en-GB"


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its BCP 47 code, its name in English and in itself, and which way it is read."""

    code: str
    name: str
    own_name: str
    dir: str = "ltr"


_LISTED = (
    Language(OWN, "English", "English"),
    Language("am", "Amharic", "አማርኛ"),
    Language("ar", "Arabic", "العربية", "rtl"),
    Language("bg", "Bulgarian", "Български"),
    Language("bn", "Bengali", "বাংলা"),
    Language("ckb", "Kurdish (Sorani)", "کوردیی ناوەندی", "rtl"),
    Language("cs", "Czech", "Čeština"),
    Language("cy", "Welsh", "Cymraeg"),
    Language("de", "German", "Deutsch"),
    Language("el", "Greek", "Ελληνικά"),
    Language("es", "Spanish", "Español"),
    Language("fa", "Persian (Farsi)", "فارسی", "rtl"),
    Language("fr", "French", "Français"),
    Language("ga", "Irish", "Gaeilge"),
    Language("gd", "Scottish Gaelic", "Gàidhlig"),
    Language("gu", "Gujarati", "ગુજરાતી"),
    Language("he", "Hebrew", "עברית", "rtl"),
    Language("hi", "Hindi", "हिन्दी"),
    Language("hu", "Hungarian", "Magyar"),
    Language("it", "Italian", "Italiano"),
    Language("ja", "Japanese", "日本語"),
    Language("kmr", "Kurdish (Kurmanji)", "Kurmancî"),
    Language("ko", "Korean", "한국어"),
    Language("lt", "Lithuanian", "Lietuvių"),
    Language("lv", "Latvian", "Latviešu"),
    Language("ml", "Malayalam", "മലയാളം"),
    Language("nl", "Dutch", "Nederlands"),
    Language("pa-Guru", "Punjabi (Gurmukhi)", "ਪੰਜਾਬੀ"),
    Language("pa-Arab", "Punjabi (Shahmukhi)", "پنجابی", "rtl"),
    Language("pl", "Polish", "Polski"),
    Language("ps", "Pashto", "پښتو", "rtl"),
    Language("pt", "Portuguese", "Português"),
    Language("ro", "Romanian", "Română"),
    Language("ru", "Russian", "Русский"),
    Language("sk", "Slovak", "Slovenčina"),
    Language("so", "Somali", "Soomaali"),
    Language("sq", "Albanian", "Shqip"),
    Language("ta", "Tamil", "தமிழ்"),
    Language("te", "Telugu", "తెలుగు"),
    Language("ti", "Tigrinya", "ትግርኛ"),
    Language("tl", "Tagalog", "Tagalog"),
    Language("tr", "Turkish", "Türkçe"),
    Language("uk", "Ukrainian", "Українська"),
    Language("ur", "Urdu", "اردو", "rtl"),
    Language("vi", "Vietnamese", "Tiếng Việt"),
    Language("yi", "Yiddish", "ייִדיש", "rtl"),
    Language("yo", "Yoruba", "Yorùbá"),
    Language("yue-Hant", "Cantonese (traditional script)", "廣東話"),
    Language("zh-Hans", "Chinese (simplified script)", "简体中文"),
    Language("zh-Hant", "Chinese (traditional script)", "繁體中文"),
)
LANGUAGES = {language.code: language for language in _LISTED}


def choices() -> list[tuple[str, str]]:
    """Return codes with the names that an editor chooses from: "Arabic (العربية)"."""
    return [
        (each.code, each.name if each.name == each.own_name else f"{each.name} ({each.own_name})")
        for each in _LISTED
    ]
