"""Which answers to code next, so that the fewest need to be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from folkmoot.texts.coding.coder import Coder
from folkmoot.texts.coding.features import read_text, vectors_of
from folkmoot.texts.embedding import EXACT_LENGTH, exact
from folkmoot.texts.wording import carries_signal, is_empty, words

# How much an answer unlike any before counts beside one that may have a rare code.
NEW_WEIGHT = 0.5


def next_to_code(
    texts: Sequence[str | None], coder: Coder | None = None, *, many: int = 20
) -> list[int]:
    """Return the places in `texts` of the answers to code next, the most useful first.

    `texts` are answers still to be coded. First come those whose codes are uncertain, above all
    rare codes, and those unlike any that was coded; none that is much like one chosen before.
    Without a coder, those that differ most. Answers that say nothing come last, in their order.
    """
    read = [read_text(text) for text in texts]
    says = [
        at for at, text in enumerate(read) if not is_empty(text) and carries_signal(words(text))
    ]
    silent = [at for at in range(len(read)) if at not in set(says)]
    vectors = exact(vectors_of([read[at] for at in says]))
    worth = np.ones(len(says))
    nearest = np.zeros(len(says), dtype=np.float32)
    if coder is not None and says:
        probabilities = coder.probabilities([texts[at] for at in says])
        doubt = coder.doubt(probabilities)
        known = coder.likeness([texts[at] for at in says])
        worth = doubt / max(float(doubt.max()), 1e-9) + NEW_WEIGHT * (1 - known)
    chosen: list[int] = []
    for _ in range(min(many, len(says))):
        value = worth * (1 - np.maximum(nearest, 0))
        value[chosen] = -1
        best = int(np.argmax(np.round(value, 6)))
        chosen.append(best)
        nearest = np.maximum(nearest, vectors @ vectors[best] / np.float32(EXACT_LENGTH**2))
    return ([says[at] for at in chosen] + silent)[:many]
