"""Expressions understood as conditions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

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
)
from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    NumberQuestion,
    Question,
    RankingQuestion,
)
from folkmoot.responses.xlsform.conditions.tokens import Named, NotUnderstoodError, tokens
from folkmoot.responses.xlsform.names import code_of

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
MOST_NESTED = 50


def condition_of(written: str, named: Named) -> Condition:
    """Return the condition that an expression says; always for an empty one.

    Raises NotUnderstoodError for what has no counterpart, and for names that mean no question.
    """
    written_tokens = tokens(written)
    if not written_tokens:
        return ALWAYS
    reader = _Reader(written_tokens, named)
    found = reader.any_of()
    if reader.ahead != ("", ""):
        raise NotUnderstoodError(f"“{reader.ahead[1]}” stands where nothing more was expected")
    return found.condition


@dataclass(frozen=True, slots=True)
class _Found:
    """A condition read; `is_bare` where no brackets stand around it, so that it can be joined."""

    condition: Condition
    is_bare: bool = True


@dataclass(slots=True)
class _Reader:
    """Reads tokens by the grammar of XPath, as far as it is understood."""

    tokens: list[tuple[str, str]]
    named: Named
    at: int = 0
    depth: int = 0

    @property
    def ahead(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def take(self, value: str = "") -> str:
        kind, found = self.ahead
        if value and found != value:
            raise NotUnderstoodError(f"“{value}” is missing before “{found or 'its end'}”")
        if not kind:
            raise NotUnderstoodError("it ends too early")
        self.at += 1
        return found

    def any_of(self) -> _Found:
        parts = [self.all_of()]
        while self.ahead == ("word", "or"):
            self.take()
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else _Found(_joined(parts))

    def all_of(self) -> _Found:
        parts = [self.test()]
        while self.ahead == ("word", "and"):
            self.take()
            parts.append(self.test())
        if len(parts) == 1:
            return parts[0]
        return _Found(Every(tuple(each.condition for each in parts)))

    def test(self) -> _Found:
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise NotUnderstoodError(f"it has more than {MOST_NESTED} tests or brackets within")
        kind, found = self.ahead
        if found == "(":
            self.take()
            inner = self.any_of().condition
            self.take(")")
            return _Found(inner, is_bare=False)
        if kind == "word" and found == "not":
            self.take()
            self.take("(")
            inner = self.any_of().condition
            self.take(")")
            return _Found(inner.condition if isinstance(inner, Not) else Not(inner))
        if kind == "word" and found in {"true", "false"}:
            self.take()
            self.take("(")
            self.take(")")
            if found == "false":
                raise NotUnderstoodError("false() would never show it")
            return _Found(ALWAYS)
        if kind == "word" and found == "selected":
            return _Found(self._selected())
        if kind == "word" and found == "selected-at":
            return _Found(self._first())
        return _Found(self._comparison())

    def _selected(self) -> Condition:
        self.take("selected")
        self.take("(")
        question = self._question()
        self.take(",")
        code = self._value()
        self.take(")")
        return AnyOf(question.key, frozenset({self._code(question, code)}))

    def _first(self) -> Condition:
        self.take("selected-at")
        self.take("(")
        question = self._question()
        self.take(",")
        place = self._value()
        self.take(")")
        sign, code = self.take(), self._value()
        if place != "0" or sign != "=" or not isinstance(question, RankingQuestion):
            raise NotUnderstoodError("of a ranking only what is put first can be tested")
        return FirstOf(question.key, frozenset({self._code(question, code)}))

    def _comparison(self) -> Condition:
        kind, _ = self.ahead
        if kind in {"text", "number"}:
            value = self._value()
            sign = self.take()
            question = self._question()
            return self._compared(question, _TURNED.get(sign, sign), value)
        if kind == "word":
            return self._counted()
        question = self._question()
        kind, sign = self.ahead
        if kind != "sign" or sign in "(),":
            raise NotUnderstoodError(f"“${{{question.key}}}” alone is no test")
        self.take()
        if self.ahead[0] == "name":
            raise NotUnderstoodError("it compares two answers with each other")
        return self._compared(question, sign, self._value())

    def _counted(self) -> Condition:
        """Read a test of how much was answered, which says whether anything was."""
        called = self.take()
        if called not in {"count-selected", "string-length"}:
            raise NotUnderstoodError(f"“{called}” has no counterpart here")
        self.take("(")
        question = self._question()
        self.take(")")
        match self.take(), self._value():
            case (">", "0") | (">=", "1") | ("!=", "0"):
                return Answered(question.key)
            case ("=", "0") | ("<", "1") | ("<=", "0"):
                return Not(Answered(question.key))
        raise NotUnderstoodError(f"“{called}” is understood only where it is compared with 0")

    def _compared(self, question: Question, sign: str, value: str) -> Condition:
        key = question.key
        if sign in {"=", "!="}:
            found = self._equal(question, value)
            if sign == "=":
                return found
            return found.condition if isinstance(found, Not) else Not(found)
        try:
            number = float(value)
        except ValueError:
            raise NotUnderstoodError(f"“{value}” is no number") from None
        if not isinstance(question, NumberQuestion):
            raise NotUnderstoodError(f"the answer to “{key}” is no number")
        # The next number that can be answered: more than 17 is at least 18.
        above = float(Decimal(value) + Decimal(1).scaleb(-question.decimals))
        match sign:
            case ">=":
                return AtLeast(key, number)
            case ">":
                return AtLeast(key, above)
            case "<":
                return less_than(key, number)
            case "<=":
                return less_than(key, above)
        raise NotUnderstoodError(f"“{sign}” is no comparison")

    def _equal(self, question: Question, value: str) -> Condition:
        key = question.key
        if value == "":
            return Not(Answered(key))
        if isinstance(question, NumberQuestion):
            try:
                number = float(value)
            except ValueError:
                raise NotUnderstoodError(f"“{value}” is no number") from None
            above = float(Decimal(value) + Decimal(1).scaleb(-question.decimals))
            return Every((AtLeast(key, number), Not(AtLeast(key, above))))
        return AnyOf(key, frozenset({self._code(question, value)}))

    def _question(self) -> Question:
        kind, found = self.ahead
        if kind != "name":
            raise NotUnderstoodError(f"a question such as ${{name}} is missing at “{found}”")
        self.take()
        name = found[2:-1].strip()
        question = self.named(name)
        if question is None:
            raise NotUnderstoodError(f"“{name}” is no question that was taken")
        return question

    def _value(self) -> str:
        kind, found = self.ahead
        if kind not in {"text", "number"}:
            raise NotUnderstoodError(f"a value such as 'yes' is missing at “{found or 'its end'}”")
        self.take()
        return found[1:-1] if kind == "text" else found

    def _code(self, question: Question, code: str) -> str:
        if code == PREFER_NOT_TO_SAY and question.may_decline:
            return code
        if not isinstance(question, ChoiceQuestion | RankingQuestion):
            raise NotUnderstoodError(
                f"the words of the answer to “{question.key}” cannot be tested"
            )
        found = code_of(code)
        if all(option.code != found for option in question.options):
            raise NotUnderstoodError(f"“{code}” is no option of “{question.key}”")
        return found


def less_than(key: str, number: float) -> Condition:
    """Return the condition that an answer is a number below another."""
    return Every((Answered(key), Not(AtLeast(key, number))))


def _joined(parts: list[_Found]) -> Condition:
    """Join tests of one question's options that stand side by side to one test."""
    joined: list[_Found] = []
    for part in parts:
        before = joined[-1] if joined else None
        if (
            before
            and before.is_bare
            and part.is_bare
            and isinstance(part.condition, AnyOf | FirstOf)
            and isinstance(before.condition, type(part.condition))
            and part.condition.question == before.condition.question
        ):
            codes = part.condition.codes | before.condition.codes
            joined[-1] = _Found(replace(part.condition, codes=codes))
        else:
            joined.append(part)
    if len(joined) == 1:
        return joined[0].condition
    return Some(tuple(each.condition for each in joined))
