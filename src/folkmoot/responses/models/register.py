"""Response, Answer, MonitoringAnswer: the register of what came, by whatever channel."""

from __future__ import annotations

from django.db import models

from folkmoot.consultations.models import Respondent


class Channel(models.TextChoices):
    """How a response reached the body."""

    WEB = "web", "Web"
    PAPER = "paper", "Paper"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    WORKSHOP = "workshop", "Workshop"
    DISCUSSION = "discussion", "Discussion"


class Standing(models.TextChoices):
    """Whether a response counts. One that does not is kept, and says what stands in its place."""

    STANDS = "stands", "Counts"
    REPLACED = "replaced", "Replaced by its sender"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DUPLICATE = "duplicate", "Duplicate of another"


class Publication(models.TextChoices):
    """What a respondent agreed may be published of a response, once it has been read."""

    NOT = "not", "Not to be published"
    UNNAMED = "unnamed", "Without a name"
    NAMED = "named", "With the organisation's name"


class ResponseQuerySet(models.QuerySet["Response"]):
    """Named filters of the register."""

    def standing(self) -> ResponseQuerySet:
        """Return the responses that count."""
        return self.filter(standing=Standing.STANDS)


class Response(models.Model):
    """One respondent's whole submission to one activity, by whatever channel.

    `survey` is empty for a letter or e-mail that answers no survey, and for a point raised in a
    workshop; `respondent` is empty for such a point, as who raised it is not written down.
    Only those that stand are counted, exported and analysed.
    """

    # A response is one row in each index more, and a hundred thousand are brought over at once. So
    # fields that begin an index of several have none of their own, what most responses lack is in
    # an index of those that have it, and no text is indexed by its beginning (`unique=True`).
    consultation = models.ForeignKey(
        "consultations.Consultation",
        on_delete=models.PROTECT,
        related_name="responses",
        db_index=False,
    )
    survey = models.ForeignKey(
        "responses.Survey",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responses",
        db_index=False,
    )
    version = models.ForeignKey(
        "responses.SurveyVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responses",
        db_index=False,
        help_text="The questions as the respondent saw them.",
    )
    respondent = models.ForeignKey(
        Respondent, null=True, on_delete=models.PROTECT, related_name="responses"
    )
    reference = models.CharField(max_length=20)
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.WEB)
    submitted_at = models.DateTimeField(db_index=True)
    draft_key = models.CharField(  # noqa: DJ001 (an index of those that have one needs NULL)
        max_length=43,
        null=True,
        blank=True,
        help_text="The draft it came from, so that a post sent twice is one response.",
    )
    code_digest = models.CharField(
        max_length=64,
        blank=True,
        help_text="Keyed hash of the code with which its sender changes or withdraws it.",
    )
    consent = models.TextField(help_text="The consent text as the respondent saw it.")
    may_be_quoted = models.BooleanField(default=False)
    publication = models.CharField(max_length=10, choices=Publication, default=Publication.NOT)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.STANDS)
    instead = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="in_place_of",
        db_index=False,
        help_text="The response that stands in its place.",
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    import_run = models.ForeignKey(
        "responses.ImportRun",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responses",
        db_index=False,
        help_text="The file that it was brought over with.",
    )
    reference_there = models.CharField(
        max_length=200, blank=True, help_text="Its number in the product it came from."
    )
    is_generated = models.BooleanField("generated for demonstration", default=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="one_response_a_reference"),
            models.UniqueConstraint(
                fields=["draft_key"],
                condition=models.Q(draft_key__isnull=False),
                name="one_response_a_draft",
            ),
        ]
        indexes = [
            models.Index(fields=["survey", "standing", "submitted_at"]),
            models.Index(fields=["consultation", "standing", "submitted_at"]),
            models.Index(
                fields=["instead"],
                condition=models.Q(instead__isnull=False),
                name="response_instead",
            ),
            models.Index(
                fields=["import_run"],
                condition=models.Q(import_run__isnull=False),
                name="response_import_run",
            ),
            models.Index(
                fields=["survey", "reference_there"],
                condition=~models.Q(reference_there=""),
                name="response_reference_there",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Answer(models.Model):
    """The reply to one question; a question without a reply has no answer.

    Of a grid each row is a question (see `questions.SurveyForm.parts`). `choices` are option
    codes of a closed question, in order of rank for a ranking, or "prefer-not-to-say" alone for
    any; `text` is what was typed, unchanged: a text, the digits of a number, a day as YYYY-MM-DD,
    a postcode, a place in words. `other` has what was typed beside an option, by its code.
    """

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    question = models.SlugField(
        max_length=124, db_index=False, help_text="Key of the question in the survey."
    )
    choices = models.JSONField(default=list, blank=True)
    text = models.TextField(blank=True)
    other = models.JSONField(default=dict, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="one_answer_a_question")
        ]
        indexes = [models.Index(fields=["question"])]

    def __str__(self) -> str:
        return f"{self.response}: {self.question}"


class MonitoringAnswer(models.Model):
    """A reply to an equality question: optional, apart from the answers, kept for less long."""

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="monitoring_answers", db_index=False
    )
    question = models.SlugField(max_length=60, db_index=False)
    choice = models.CharField(max_length=60, help_text="Code of an option, or a district.")
    text = models.CharField(max_length=200, blank=True, help_text="What was typed beside it.")
    delete_on = models.DateField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question"], name="one_monitoring_answer_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"Monitoring answer {self.pk}"
