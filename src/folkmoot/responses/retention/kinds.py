"""The kinds of fields that are kept for a time: how long by default, and why.

No law names these periods: personal data are kept no longer than their purpose needs, and the body
says how long that is and looks at it again (UK GDPR article 5(1)(e); ICO, Principle (e): storage
limitation). The defaults are ours, with a reason each; a body chooses its own.
"""

from __future__ import annotations

from dataclasses import dataclass

DRAFTS, TESTS, EQUALITY, CONTACT = "drafts", "tests", "equality", "contact"
WORDS, FILES, IMPORTS, EXPORTS = "words", "files", "imports", "exports"
CLOSING = "the closing of the consultation"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of field that is kept for a time: how long by default, from when, and why.

    `most` is the longest that a body can choose: respondents were promised no longer.
    """

    key: str
    words: str
    days: int
    counted_from: str
    reason: str
    most: int = 36_500


KINDS = (
    Kind(
        DRAFTS,
        "drafts",
        30,
        "their last change",
        "Somebody who comes back does so within days; what was not sent was not given to the body.",
        most=365,
    ),
    Kind(
        TESTS,
        "test submissions",
        90,
        "their sending",
        "They serve while a survey is being made, and may hold what a tester typed of themselves.",
        most=365,
    ),
    Kind(
        EQUALITY,
        "equality answers",
        365,
        f"{CLOSING}, and no later than the day that respondents were promised",
        "Special category data: kept while the report is written and can be questioned. Their "
        "counts are frozen before they go.",
        most=365,
    ),
    Kind(
        CONTACT,
        "contact details and names",
        365,
        CLOSING,
        "Hashes of e-mail addresses, and who wrote for an organisation: needed to answer questions "
        "about the outcome. The name of an organisation stays.",
    ),
    Kind(
        WORDS,
        "free text, places and days",
        5 * 365,
        CLOSING,
        "The evidence for the decisions of a plan of four years, and a year to account for it.",
    ),
    Kind(
        FILES,
        "files that were sent",
        2 * 365,
        CLOSING,
        "Files can show much more than they were sent for; what was taken from them is in the "
        "consultation's report.",
    ),
    Kind(
        IMPORTS,
        "files that were imported",
        90,
        "their import",
        "Their rows are in the register; the file serves to answer questions about the import.",
    ),
    Kind(
        EXPORTS,
        "exports",
        7,
        "their making",
        "Another can be made at any time; a copy that lies about is a risk and no use.",
        most=90,
    ),
)
# Its time is no choice of the body: it is what a crash left behind.
STRAYS = Kind(
    "strays",
    "files that nothing leads to",
    1,
    "their writing",
    "What a crash left on the disk of something that was never kept, or is erased already.",
    most=1,
)
BY_KEY = {kind.key: kind for kind in (*KINDS, STRAYS)}
