"""What a theme is called: a few words of its answers that many of them share and few others use.

Every word that means something is weighed by how many of the theme's answers use it and how few
others do. A title is the run of words, said by people, that gathers most of that weight without
words that carry none; where it speaks for few of the answers, a second one joins it.
"""

from folkmoot.texts.titles.choosing import clauses_for, title_of
from folkmoot.texts.titles.shapes import is_term
from folkmoot.texts.titles.weights import fits_of, weighed_titles, weighed_words

__all__ = ["clauses_for", "fits_of", "is_term", "title_of", "weighed_titles", "weighed_words"]
