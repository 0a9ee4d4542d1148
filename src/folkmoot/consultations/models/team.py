"""The people of the body who run a consultation and answer for it."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.images import get_image_model_string
from wagtail.models import Orderable


class PolicyTeamMember(Orderable):
    """Somebody of the policy team: who they are, what they answer for."""

    consultation = ParentalKey(
        "consultations.Consultation", on_delete=models.CASCADE, related_name="team"
    )
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    responsibilities = models.TextField(blank=True, max_length=600)
    picture = models.ForeignKey(
        get_image_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    picture_alternative = models.CharField(
        max_length=250, blank=True, help_text="What the picture shows; empty if only decoration."
    )

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"
