"""The question bank: the harmonised UK equality questions, as values, each with its source.

The wording is that of the harmonised standards of the Government Statistical Service and of the
Census 2021 of England and Wales, for people who fill in a form by themselves. "Prefer not to say"
is added to each, as no equality question of a consultation may be compulsory, and departures are
said in `note`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from folkmoot.core.routing import ALWAYS, AnyOf, Condition
from folkmoot.responses.questions.areas import ELSEWHERE
from folkmoot.responses.questions.kinds import MonitoringQuestion, Option, declinable

POLICY_STORE = "https://analysisfunction.civilservice.gov.uk/policy-store"
CENSUS = "https://www.ons.gov.uk/census/censustransformationprogramme/questiondevelopment"
# Past this many, options are a list to open instead of buttons.
MANY = 24


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """One question of the bank. `follows` is another of it, on whose answer it is asked.

    Without `options` the officer lists them: see `area`.
    """

    key: str
    title: str
    why: str
    options: tuple[Option, ...]
    source: str
    address: str
    hint: str = ""
    note: str = ""
    sensitive: bool = False
    shown_if: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Topic:
    """What an officer ticks: one question, or two that belong together."""

    key: str
    label: str
    questions: tuple[BankQuestion, ...]


def _options(*said: str, write_in: Sequence[str] = ()) -> tuple[Option, ...]:
    """Return options of "code: label"; those in `write_in` have a field to write in."""
    pairs = (each.split(": ", 1) for each in said)
    return tuple(Option(code, label, asks_text=code in write_in) for code, label in pairs)


AGE = BankQuestion(
    "age",
    "How old are you?",
    "To see whether we heard from people of all ages.",
    _options(
        "under-16: Under 16",
        "16-to-24: 16 to 24",
        "25-to-34: 25 to 34",
        "35-to-44: 35 to 44",
        "45-to-54: 45 to 54",
        "55-to-64: 55 to 64",
        "65-to-74: 65 to 74",
        "75-to-84: 75 to 84",
        "85-or-over: 85 or over",
    ),
    "GSS harmonised standard: age and date of birth",
    f"{POLICY_STORE}/age-and-date-of-birth/",
    note=(
        "The standard asks for the date of birth, or else for the age in years. Bands are asked "
        "here, so that nothing is kept that could point to one person."
    ),
)
SEX = BankQuestion(
    "sex",
    "What is your sex?",
    "To see whether we heard from women and men alike.",
    _options("female: Female", "male: Male"),
    "Census 2021 (England and Wales); GSS harmonised standard: sex",
    f"{CENSUS}/sexandgenderidentityquestiondevelopmentforcensus2021",
    note="Where gender identity is asked too, it follows as a question of its own.",
)
CONDITION = BankQuestion(
    "long-lasting-condition",
    "Do you have any physical or mental health conditions or illnesses lasting or expected to "
    "last 12 months or more?",
    "To see whether we heard from disabled people. With the next question it says who is disabled "
    "in the sense of the Equality Act 2010.",
    _options("yes: Yes", "no: No"),
    "GSS harmonised standard: long-lasting health conditions and illness",
    f"{POLICY_STORE}/long-lasting-health-conditions-and-illness/",
)
RESTRICTION = BankQuestion(
    "activity-restriction",
    "Do any of your conditions or illnesses reduce your ability to carry out day-to-day "
    "activities?",
    CONDITION.why,
    _options("a-lot: Yes, a lot", "a-little: Yes, a little", "not-at-all: Not at all"),
    "GSS harmonised standard: activity restriction",
    f"{POLICY_STORE}/measuring-disability-for-the-equality-act-2010/",
    shown_if=AnyOf(CONDITION.key, frozenset({"yes"})),
)
ETHNIC_GROUP = BankQuestion(
    "ethnic-group",
    "What is your ethnic group?",
    "To see whether we heard from people of every background.",
    _options(
        "indian: Asian or Asian British: Indian",
        "pakistani: Asian or Asian British: Pakistani",
        "bangladeshi: Asian or Asian British: Bangladeshi",
        "chinese: Asian or Asian British: Chinese",
        "other-asian: Asian or Asian British: Any other Asian background",
        "caribbean: Black, Black British, Caribbean or African: Caribbean",
        "african: Black, Black British, Caribbean or African: African",
        "other-black: Black, Black British, Caribbean or African: Any other Black, Black British "
        "or Caribbean background",
        "white-and-black-caribbean: Mixed or multiple ethnic groups: White and Black Caribbean",
        "white-and-black-african: Mixed or multiple ethnic groups: White and Black African",
        "white-and-asian: Mixed or multiple ethnic groups: White and Asian",
        "other-mixed: Mixed or multiple ethnic groups: Any other mixed or multiple background",
        "white-british: White: English, Welsh, Scottish, Northern Irish or British",
        "irish: White: Irish",
        "gypsy-or-irish-traveller: White: Gypsy or Irish Traveller",
        "roma: White: Roma",
        "other-white: White: Any other White background",
        "arab: Other ethnic group: Arab",
        "any-other: Other ethnic group: Any other ethnic group",
        write_in=("other-asian", "other-black", "other-mixed", "other-white", "any-other"),
    ),
    "Census 2021 (England); GSS harmonised standard: ethnicity",
    f"{POLICY_STORE}/ethnicity-harmonised-standard/",
    hint="Choose one option that best describes your ethnic group or background.",
    note=(
        "The Census asks in two steps, the group and then the background; here each background "
        "stands once with its group before it. Scotland, Wales and Northern Ireland have wordings "
        "of their own."
    ),
)
RELIGION = BankQuestion(
    "religion",
    "What is your religion?",
    "To see whether we heard from people of every religion and of none.",
    _options(
        "none: No religion",
        "christian: Christian (including Church of England, Catholic, Protestant and all other "
        "Christian denominations)",
        "buddhist: Buddhist",
        "hindu: Hindu",
        "jewish: Jewish",
        "muslim: Muslim",
        "sikh: Sikh",
        "other: Any other religion",
        write_in=("other",),
    ),
    "Census 2021 (England); GSS harmonised standard: religion",
    f"{POLICY_STORE}/religion/",
)
SEXUAL_ORIENTATION = BankQuestion(
    "sexual-orientation",
    "Which of the following best describes your sexual orientation?",
    "To see whether we heard from lesbian, gay and bisexual people.",
    _options(
        "straight: Straight or heterosexual",
        "gay-or-lesbian: Gay or lesbian",
        "bisexual: Bisexual",
        "other: Other sexual orientation",
        write_in=("other",),
    ),
    "Census 2021 (England and Wales)",
    f"{CENSUS}/sexualorientationquestiondevelopmentforcensus2021",
    note="Asked of people aged 16 or over in the Census.",
)
GENDER_IDENTITY = BankQuestion(
    "gender-identity",
    "Is the gender you identify with the same as your sex registered at birth?",
    "To see whether we heard from trans people.",
    (Option("yes", "Yes"), Option("no", "No, write in your gender identity", asks_text=True)),
    "Census 2021 (England and Wales)",
    f"{CENSUS}/sexandgenderidentityquestiondevelopmentforcensus2021",
    note="Asked of people aged 16 or over in the Census. Writing in is left open, as it was there.",
)
AREA = BankQuestion(
    "area",
    "Which borough do you live in?",
    "To see whether we heard from every part of the area.",
    (),
    "Folkmoot: no harmonised question",
    "",
    note=(
        "The officer lists boroughs, wards or postcode districts. Small areas beside other "
        "equality answers can point to one person: take the largest that serve the purpose."
    ),
)
VICTIM = BankQuestion(
    "victim-of-crime",
    "In the last 12 months, have you been a victim of crime?",
    "To see whether we heard from people whom crime has harmed. You need not say what happened.",
    _options("yes: Yes", "no: No", "not-sure: Not sure"),
    "Folkmoot, with the 12 months of the Crime Survey for England and Wales",
    "https://www.crimesurvey.co.uk/",
    note=(
        "The Crime Survey asks about each kind of crime and is no form of one question: answers "
        "here say whom a consultation reached, and are no measure of crime."
    ),
    sensitive=True,
)

TOPICS = (
    Topic("age", "Age", (AGE,)),
    Topic("sex", "Sex", (SEX,)),
    Topic("gender-identity", "Gender identity", (GENDER_IDENTITY,)),
    Topic("disability", "Disability (two questions)", (CONDITION, RESTRICTION)),
    Topic("ethnic-group", "Ethnic group", (ETHNIC_GROUP,)),
    Topic("religion", "Religion", (RELIGION,)),
    Topic("sexual-orientation", "Sexual orientation", (SEXUAL_ORIENTATION,)),
    Topic("area", "Borough, ward or postcode district (list them below)", (AREA,)),
    Topic("victim-of-crime", "Victim of crime in the last 12 months", (VICTIM,)),
)
CHOICES = tuple((topic.key, topic.label) for topic in TOPICS)
# How the area is asked for, by what the listed areas are.
AREA_TITLES = {
    "borough": "Which borough do you live in?",
    "district": "What is the first part of your postcode?",
    "ward": "Which ward do you live in?",
    "area": "Which area do you live in?",
}


def bank_questions(
    topics: Iterable[str],
    *,
    areas: Sequence[Option] = (),
    areas_are: str = "borough",
) -> tuple[MonitoringQuestion, ...]:
    """Return the questions of some topics, in the order of the bank, ready to be asked.

    `areas` are the options of the question on the area. A topic that the bank does not have is
    left out.
    """
    wanted = set(topics)
    return tuple(
        _asked(question, areas, areas_are)
        for topic in TOPICS
        if topic.key in wanted
        for question in topic.questions
    )


def _asked(question: BankQuestion, areas: Sequence[Option], areas_are: str) -> MonitoringQuestion:
    is_area = question is AREA
    options = (*areas, ELSEWHERE) if is_area else question.options
    asked = MonitoringQuestion(
        question.key,
        AREA_TITLES.get(areas_are, question.title) if is_area else question.title,
        question.hint,
        required=False,
        options=options,
        as_list=len(options) > MANY,
        why=question.why,
        sensitive=question.sensitive,
        shown_if=question.shown_if,
        may_decline=True,
    )
    declined = declinable(asked)
    assert isinstance(declined, MonitoringQuestion)
    return declined
