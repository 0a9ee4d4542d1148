"""Not asked in an export is not on the way in `core.routing`, for conditions of every kind."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.responses.exporting.asked import laid_out

from folkmoot.core.routing import (
    ALWAYS,
    Answered,
    AnyOf,
    AtLeast,
    Condition,
    Every,
    FirstOf,
    Not,
    Some,
    way,
)
from folkmoot.responses.acts.rows import answer_rows
from folkmoot.responses.exporting.missing import Missing
from folkmoot.responses.exporting.rows import _Cells
from folkmoot.responses.models import Response
from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    NumberQuestion,
    Option,
    PlaceQuestion,
    PostcodeQuestion,
    RankingQuestion,
    ScaleQuestion,
    Step,
    SurveyForm,
    TextQuestion,
    declinable,
    reply,
)

OPTIONS = (Option("a", "A"), Option("b", "B"), Option("other", "Other", asks_text=True))
CODES = ("a", "b", "other", PREFER_NOT_TO_SAY)
EDGES = {"picture": 1, "north": 52.0, "south": 51.0, "east": 1.0, "west": -1.0}


def first_questions():
    """Return a question of every kind, which all conditions may ask about."""
    plain = {"hint": "", "required": False}
    return (
        declinable(ChoiceQuestion("one", "One?", **plain, options=OPTIONS)),
        ChoiceQuestion("many", "Many?", **plain, options=OPTIONS, several=True),
        ScaleQuestion("scale", "Scale?", **plain, options=OPTIONS[:2]),
        GridQuestion("grid", "Grid?", **plain, rows=OPTIONS[:2], points=OPTIONS[:2]),
        RankingQuestion("rank", "Rank?", **plain, options=OPTIONS, may_decline=True),
        NumberQuestion("number", "Number?", **plain, decimals=1, may_decline=True),
        DateQuestion("date", "Date?", **plain, may_decline=True),
        TextQuestion("text", "Text?", **plain, may_decline=True),
        PostcodeQuestion("postcode", "Postcode?", **plain),
        FileQuestion("file", "File?", **plain, most=2, may_decline=True),
        PlaceQuestion("place", "Place?", **plain, may_decline=True, **EDGES),
    )


FIRST = tuple(part.key for question in first_questions() for part in question.parts)
LATER = ("later-1", "later-2", "later-3", "later-4")
# What somebody may send to each of them, rightly.
FIELDS = {
    "one": [{}, *({"one": [code]} for code in CODES), {"one": ["other"], "one--other": ["x"]}],
    "many": [{}, {"many": ["a"]}, {"many": ["a", "b"]}, {"many": ["other"], "many--other": ["x"]}],
    "scale": [{}, {"scale": ["a"]}, {"scale": ["b"]}],
    "grid": [{}, {"grid--a": ["a"]}, {"grid--a": ["b"], "grid--b": ["a"]}],
    "rank": [
        {},
        {"rank--a": ["1"], "rank--b": ["2"]},
        {"rank--b": ["1"]},
        {"rank--declined": ["yes"]},
    ],
    "number": [
        {},
        *({"number": [said]} for said in ("0", "4.9", "5", "1,000", "-3")),
        {"number--declined": ["yes"]},
    ],
    "date": [
        {},
        {"date--day": ["3"], "date--month": ["9"], "date--year": ["1998"]},
        {"date--declined": ["yes"]},
    ],
    "text": [{}, {"text": ["  "]}, {"text": ["Words."]}, {"text--declined": ["yes"]}],
    "postcode": [{}, {"postcode": ["sw1a 2aa"]}],
    "file": [{}, {"file": ["17"]}, {"file--declined": ["yes"]}],
    "place": [
        {},
        {"place": ["By the lock"]},
        {"place--point": ["51.5,-0.25"]},
        {"place": ["By the lock"], "place--point": ["51.5,-0.25"]},
        {"place--declined": ["yes"]},
    ],
}


def conditions(keys: tuple[str, ...]) -> st.SearchStrategy[Condition]:
    """Return conditions of every kind, in one another, on questions with these keys."""
    question = st.sampled_from(keys)
    codes = st.frozensets(st.sampled_from(CODES), min_size=1, max_size=2)
    atoms = st.one_of(
        st.builds(AnyOf, question, codes),
        st.builds(FirstOf, question, codes),
        st.builds(Answered, question),
        st.builds(AtLeast, question, st.sampled_from([0.0, 5.0, -3.0])),
    )
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(Every, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Some, st.lists(inner, max_size=3).map(tuple)),
        ),
        max_leaves=5,
    )


@st.composite
def forms(draw: st.DrawFn) -> SurveyForm:
    """Return a form in which four questions and the last page depend on what came before."""
    plain = {"hint": "", "required": False}
    makers = (
        lambda key, when: TextQuestion(key, key, **plain, shown_if=when),
        lambda key, when: ChoiceQuestion(key, key, **plain, options=OPTIONS, shown_if=when),
        lambda key, when: RankingQuestion(key, key, **plain, options=OPTIONS, shown_if=when),
        lambda key, when: NumberQuestion(key, key, **plain, shown_if=when),
    )
    later = []
    for place, (key, make) in enumerate(zip(LATER, makers, strict=True)):
        later.append(make(key, draw(conditions(FIRST + LATER[:place]))))
    page = draw(st.one_of(st.just(ALWAYS), conditions(FIRST + LATER[:2])))
    return SurveyForm(
        (
            Step(1, "First", "", first_questions()),
            Step(2, "Later", "", tuple(later[:2])),
            Step(3, "Last", "", tuple(later[2:]), shown_if=page),
        )
    )


@st.composite
def answers(draw: st.DrawFn) -> dict[str, list[str]]:
    """Return fields as a draft has them: of questions that are not asked as well."""
    said: dict[str, list[str]] = {}
    for choices in FIELDS.values():
        said |= draw(st.sampled_from(choices))
    said |= draw(st.sampled_from([{}, {"later-1": ["Words."]}]))
    said |= draw(st.sampled_from([{}, {"later-2": ["a"]}, {"later-2": ["other"]}]))
    said |= draw(st.sampled_from([{}, {"later-3--b": ["1"], "later-3--a": ["2"]}]))
    said |= draw(st.sampled_from([{}, {"later-4": ["7"]}]))
    return said


def exported(form: SurveyForm, said: dict[str, list[str]], *, is_erased: bool) -> set[str]:
    """Return the keys of the parts that an export of a response calls asked."""
    layout = laid_out(form)
    rows, _ = answer_rows(Response(), form.on_the_way(said).questions, said, date(2023, 1, 1))
    raws, places = [], {}
    numbers = {part.key for part in form.parts if isinstance(part, NumberQuestion)}
    for row in rows:
        text, other, point = row.text, row.other, [row.latitude, row.longitude]
        if is_erased:
            # As `acts.wording` erases: numbers stay, words, days and points go.
            text = text if row.question in numbers else ""
            other, point = dict.fromkeys(other, ""), [None, None]
        raws.append((row.question, json.dumps(row.choices), text, json.dumps(other)))
        if point[0] is not None:
            places[0, row.question] = point
    cells = _Cells(layout.placed[None]).row(0, raws, {}, places)
    asked: dict[str, bool] = {}
    for column, cell in zip(layout.columns, cells, strict=True):
        if column.part:
            asked[column.part] = asked.get(column.part, False) or cell is not Missing.NOT_ASKED
    return {part for part, is_asked in asked.items() if is_asked}


def depending(condition: Condition) -> SurveyForm:
    """Return a form whose first later question depends on a condition."""
    plain = {"hint": "", "required": False}
    later = TextQuestion("later-1", "Later?", **plain, shown_if=condition)
    return SurveyForm((Step(1, "First", "", first_questions()), Step(2, "Later", "", (later,))))


@settings(max_examples=150, deadline=None)
@given(form=forms(), said=answers(), is_erased=st.booleans())
# A place that is only marked on the map is answered, and so is what was erased since.
@example(form=depending(Answered("place")), said={"place--point": ["51.5,-0.25"]}, is_erased=False)
@example(
    form=depending(Not(Answered("place"))), said={"place--point": ["51.5,-0.25"]}, is_erased=True
)
@example(form=depending(Answered("text")), said={"text": ["Words."]}, is_erased=True)
@example(form=depending(Answered("date")), said=FIELDS["date"][1], is_erased=True)
@example(form=depending(FirstOf("rank", frozenset("b"))), said={"rank--b": ["1"]}, is_erased=False)
@example(
    form=depending(Not(FirstOf("rank", frozenset("b")))), said={"rank--b": ["1"]}, is_erased=True
)
@example(form=depending(AtLeast("number", 5.0)), said={"number": ["1,000"]}, is_erased=True)
def test_what_an_export_calls_asked_is_what_was_on_the_way(form, said, is_erased):
    replies = {part.key: reply(part, said) for part in form.parts}
    assert exported(form, said, is_erased=is_erased) == set(way(form.routed(), replies).questions)
