"""What a body sets once for its site, and the organisations that help."""

from __future__ import annotations

import hashlib
import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from folkmoot.core.colours import contrast

HEX = re.compile(r"#[0-9a-fA-F]{6}")
COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Write a colour as # and six digits, like #0b4f55.")
COLOURS = ("brand", "brand_deep", "link_colour")
LEAST_CONTRAST = 4.5


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """What a body sets once: its name, colours, and the notices on every page."""

    body_name = models.CharField("name of the body", max_length=100, default="Folkmoot")
    body_short_name = models.CharField("short name", max_length=40, blank=True)
    site_name = models.CharField("name in the header", max_length=60, default="Folkmoot")
    notice = models.CharField(
        max_length=300, blank=True, help_text="Shown under the header of every page."
    )
    brand = models.CharField(max_length=7, default="#0b4f55", validators=[COLOUR])
    brand_deep = models.CharField(max_length=7, default="#083a3f", validators=[COLOUR])
    link_colour = models.CharField(max_length=7, default="#0b4f8a", validators=[COLOUR])
    contact_email = models.EmailField(blank=True)
    leave_quickly_url = models.URLField(
        "leave this site quickly: where to",
        default="https://www.bbc.co.uk/weather",
        help_text="A harmless page that opens when somebody needs to leave at once.",
    )
    licence = models.CharField(max_length=200, blank=True)
    licence_url = models.URLField(blank=True)
    accessibility_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    privacy_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    contact_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    staying_safe_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("body_name", "body_short_name", "site_name", "notice")],
            "Name and notice",
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("brand", "brand_deep", "link_colour")], "Colours"
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "contact_email",
                    "contact_page",
                    "accessibility_page",
                    "privacy_page",
                    "staying_safe_page",
                    "leave_quickly_url",
                    "licence",
                    "licence_url",
                )
            ],
            "Footer and staying safe",
        ),
    ]

    select_related = ["accessibility_page", "privacy_page", "contact_page", "staying_safe_page"]

    class Meta:
        verbose_name = "site settings"

    def clean(self) -> None:
        """Refuse a colour on which white letters, or links on white, could not be read."""
        super().clean()
        for name in COLOURS:
            colour = getattr(self, name)
            if not HEX.fullmatch(colour):
                continue  # the field's own sentence says so
            ratio = contrast(colour, "#ffffff")
            if ratio < LEAST_CONTRAST:
                raise ValidationError(
                    {
                        name: f"{colour} is too pale: its contrast with white is {ratio:.1f} to 1 "
                        f"and must be {LEAST_CONTRAST} to 1 or more. Choose a darker colour."
                    }
                )

    @property
    def brand_address(self) -> str:
        """Address of the stylesheet with the body's colours; empty where they are the usual."""
        usual = {name: self._meta.get_field(name).default for name in COLOURS}
        own = {name: getattr(self, name) for name in COLOURS}
        if own == usual:
            return ""
        key = hashlib.sha256("".join(own.values()).encode()).hexdigest()[:12]
        return reverse("brand", args=[key])

    @property
    def footer_links(self) -> list[dict[str, str]]:
        """Titles and addresses of the pages that every page's foot links to."""
        pages = (
            self.accessibility_page,
            self.privacy_page,
            self.contact_page,
            self.staying_safe_page,
        )
        return [{"title": page.title, "url": page.url} for page in pages if page and page.live]


@register_snippet
class SupportOrganisation(models.Model):
    """An organisation that helps people who are worried or have been harmed."""

    name = models.CharField(max_length=120)
    helps_with = models.CharField(max_length=200)
    telephone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    web = models.URLField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    panels = [
        FieldPanel(name) for name in ("name", "helps_with", "telephone", "hours", "web", "order")
    ]

    class Meta:
        ordering = ["order", "name"]
        verbose_name = "support organisation"

    def __str__(self) -> str:
        return self.name
