"""What changed between two versions of a text: section by section, passage by passage, in words.

Passages (paragraphs, headings, bullets) are paired in order by the words they share; the words of
a pair are then compared with difflib. A text is compared by its words alone: links, bold, and
whether a passage is a paragraph or a bullet are not compared. How, with which sources, and how
fast: docs/methods/comparison.md.
"""

from folkmoot.core.comparison.parts import ComparedPart, Part, compare_part, compare_parts
from folkmoot.core.comparison.passages import Passage, is_stop, joined, passages, words_of
from folkmoot.core.comparison.rows import (
    Change,
    Edit,
    Row,
    compare_passages,
    compare_words,
)

__all__ = [
    "Change",
    "ComparedPart",
    "Edit",
    "Part",
    "Passage",
    "Row",
    "compare_part",
    "compare_parts",
    "compare_passages",
    "compare_words",
    "is_stop",
    "joined",
    "passages",
    "words_of",
]
