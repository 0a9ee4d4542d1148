"""AnswerVector: what an answer means, as numbers that a search by meaning compares."""

from __future__ import annotations

from django.db import models

from folkmoot.responses.models.register import Answer


class AnswerVector(models.Model):
    """The vector of one answer to a free-text question: an index, made from its words.

    It goes with the words: whoever erases them deletes it in the same transaction. A row is never
    changed, only deleted and made again, so that the number of rows and the last key tell whether
    anything is new. Survey and question are the answer's own, kept beside it so that all vectors
    of a question are read without it.
    """

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="vector")
    survey = models.ForeignKey(
        "responses.Survey", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    question = models.SlugField(max_length=124, db_index=False)
    made_with = models.CharField(max_length=60, help_text="The embedding's name and version.")
    vector = models.BinaryField(help_text="Whole numbers of eight bits, one a dimension.")

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["survey", "question", "made_with", "id"], name="vectors_of_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"Vector of answer {self.answer_id}"
