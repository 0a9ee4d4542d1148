"""The words for what a PDF fails. Apart from the check, whose library takes long to import."""

from __future__ import annotations

# Name of the fault: what is wrong, and how to mend it.
FAULTS = {
    "locked": (
        "It is protected with a password: it could not be checked, and it may shut out readers.",
        "Save it again without protection, so that everybody can open it.",
    ),
    "no-text": (
        "Its pages are pictures of text: a screen reader reads nothing and nobody can search it.",
        "Make the PDF from the file it was written in, or run text recognition (OCR) on the scan.",
    ),
    "no-tags": (
        "It has no tags: a screen reader cannot tell its headings, lists and tables.",
        "In Word choose Save as, PDF, Options and tick “Document structure tags for "
        "accessibility”; in LibreOffice choose Export as PDF and tick “Tagged PDF”.",
    ),
    "no-language": (
        "It does not say in which language it is written: a screen reader may use the wrong voice.",
        "Set the language of the text in the program it was written in and export it again.",
    ),
    "no-title": (
        "It has no title: a reader hears its file name instead.",
        "Write a title in File, Properties of the program it was written in and export it again.",
    ),
}
