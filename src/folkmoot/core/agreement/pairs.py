"""Agreement of two coders: Cohen's kappa, and what they agree on theme by theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from folkmoot.core.intervals import Interval, wilson


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient of agreement with its interval, and the number of answers it comes from.

    1 is full agreement, 0 what chance would give. Both are None where nothing varies, as chance
    then cannot be told from agreement.
    """

    coefficient: float | None
    interval: Interval | None
    base: int


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """How two coders agree on one theme.

    `both`, `first_only`, `second_only` and `neither` count answers. `positive` is the share of
    their uses of the theme in which both gave it, `negative` the same of not giving it; None
    where there was no such use.
    """

    theme: Hashable
    both: int
    first_only: int
    second_only: int
    neither: int
    kappa: Agreement
    positive: float | None
    positive_interval: Interval | None
    negative: float | None


def cohen_kappa(
    first: Sequence[Hashable | None],
    second: Sequence[Hashable | None],
    confidence: float = 0.95,
) -> Agreement:
    """Return Cohen's kappa of two coders who gave each answer one code each.

    Answers that either left uncoded (None) are passed over. Raises ValueError for sequences of
    different lengths. Source: Cohen 1960; the standard error is that of Fleiss, Cohen and
    Everitt 1969.
    """
    pairs = Counter(
        (a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None
    )
    return _kappa(pairs, confidence)


def theme_agreement(
    first: Sequence[Collection[Hashable] | None],
    second: Sequence[Collection[Hashable] | None],
    confidence: float = 0.95,
) -> list[ThemeAgreement]:
    """Return how two coders agree on each theme that either gave, most used first.

    Each answer has the themes that a coder gave it, none of them included; None where a coder did
    not code it, and then the answer is passed over. Raises ValueError for sequences of different
    lengths. Source for positive agreement: Cicchetti and Feinstein 1990.
    """
    coded = [
        (set(a), set(b))
        for a, b in zip(first, second, strict=True)
        if a is not None and b is not None
    ]
    by_first = Counter(theme for a, _ in coded for theme in a)
    by_second = Counter(theme for _, b in coded for theme in b)
    by_both = Counter(theme for a, b in coded for theme in a & b)
    used = by_first + by_second
    order = sorted(used, key=lambda theme: (-used[theme], str(theme)))
    return [
        _theme(theme, by_both[theme], by_first[theme], by_second[theme], len(coded), confidence)
        for theme in order
    ]


def _theme(
    theme: Hashable, both: int, first: int, second: int, base: int, confidence: float
) -> ThemeAgreement:
    one_only = first + second - 2 * both
    neither = base - both - one_only
    pairs: Counter[tuple[Hashable, Hashable]] = Counter(
        {
            (True, True): both,
            (True, False): first - both,
            (False, True): second - both,
            (False, False): neither,
        }
    )
    # Positive agreement rises with the share of answers with the theme on which both gave it, so
    # the interval of that share, which is a proportion, gives its own.
    shared = wilson(both / (both + one_only), both + one_only, confidence)
    return ThemeAgreement(
        theme=theme,
        both=both,
        first_only=first - both,
        second_only=second - both,
        neither=neither,
        kappa=_kappa(+pairs, confidence),
        positive=2 * both / (2 * both + one_only),
        positive_interval=Interval(
            2 * shared.lower / (1 + shared.lower), 2 * shared.upper / (1 + shared.upper)
        ),
        negative=2 * neither / (2 * neither + one_only) if neither or one_only else None,
    )


def _kappa(pairs: Counter[tuple[Hashable, Hashable]], confidence: float) -> Agreement:
    base = pairs.total()
    rows: Counter[Hashable] = Counter()
    columns: Counter[Hashable] = Counter()
    for (a, b), count in pairs.items():
        rows[a] += count
        columns[b] += count
    expected = sum(rows[code] * columns[code] for code in rows) / base**2 if base else 1.0
    if expected == 1:
        return Agreement(None, None, base)
    observed = sum(count for (a, b), count in pairs.items() if a == b) / base
    kappa = (observed - expected) / (1 - expected)
    # Fleiss, Cohen and Everitt 1969: each cell's part in the change of kappa, gathered.
    spread = sum(
        count / base * ((a == b) - (1 - kappa) * (columns[a] + rows[b]) / base) ** 2
        for (a, b), count in pairs.items()
    )
    variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (base * (1 - expected) ** 2)
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(max(0.0, variance))
    return Agreement(kappa, Interval(max(-1.0, kappa - reach), min(1.0, kappa + reach)), base)
