"""What is asked before responses are exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from folkmoot.consultations.models import Consultation
from folkmoot.responses import access
from folkmoot.responses.acts.exporting import refusal
from folkmoot.responses.exporting.layout import forms_of
from folkmoot.responses.exporting.selection import CHANNELS, KINDS, Selection
from folkmoot.responses.models import Export
from folkmoot.responses.questions import MonitoringQuestion

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.responses.exporting.tables import Of

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ExportForm(forms.Form):
    """Format, columns and responses of an export."""

    format = forms.ChoiceField(
        choices=Export.Format.choices,
        initial=Export.Format.CSV,
        widget=forms.RadioSelect,
        help_text="A CSV is sent at once. Others are made in the background, as a ZIP with a data "
        "dictionary.",
    )
    with_dictionary = forms.BooleanField(
        label="A CSV as a ZIP with its data dictionary, made in the background",
        required=False,
    )
    with_files = forms.BooleanField(
        label="The files that were sent, and a table of them",
        required=False,
        help_text="In the ZIP, made in the background. They may show who sent them.",
    )
    in_words = forms.BooleanField(
        label="The wording of options in place of their codes",
        required=False,
        help_text="An SPSS file has both.",
    )
    bom = forms.BooleanField(
        label="A mark at the beginning of a CSV by which Excel knows its letters (UTF-8 BOM)",
        required=False,
        initial=True,
    )
    questions = forms.MultipleChoiceField(
        label="Only these questions",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="All of them where none is ticked.",
    )
    channels = forms.MultipleChoiceField(
        label="Only what came by",
        required=False,
        choices=list(CHANNELS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="All of it where none is ticked.",
    )
    kind = forms.ChoiceField(
        label="Only answers of",
        required=False,
        choices=[("", "Everybody"), *((key, f"{words}s") for key, words in KINDS.items())],
    )
    since = forms.DateField(label="That came on or after", required=False, widget=DAY)
    until = forms.DateField(label="That came on or before", required=False, widget=DAY)
    monitoring = forms.ChoiceField(
        label="Equality answers",
        required=False,
        choices=Export.Monitoring.choices,
        initial=Export.Monitoring.NONE,
        widget=forms.RadioSelect,
        help_text="With a key, no row has a reference or the name of an organisation.",
    )

    def __init__(self, *posted: Any, of: Of, user: User, **more: Any) -> None:
        super().__init__(*posted, **more)
        self.of = of
        if not access.may_export_files(user):
            del self.fields["with_files"]
        if isinstance(of, Consultation):
            del self.fields["questions"], self.fields["monitoring"]
            return
        found, _ = forms_of(of)
        asked: dict[str, str] = {}
        for form in reversed(found.values()):
            for question in form.questions:
                if not isinstance(question, MonitoringQuestion):
                    asked.setdefault(question.key, question.title)
        self.fields["questions"].choices = list(asked.items())  # type: ignore[attr-defined]
        allowed = [each for each in Export.Monitoring.choices if access.may_export(user, each[0])]
        self.fields["monitoring"].choices = allowed  # type: ignore[attr-defined]
        if len(allowed) == 1:
            del self.fields["monitoring"]

    def clean(self) -> dict[str, Any]:
        """Refuse days that leave nothing."""
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error(
                "until", "The last day is before the first: choose the same day or a later one."
            )
        wanted = Selection(with_files=bool(given.get("with_files")))
        if refused := refusal(self.of, wanted, self.with_monitoring):
            self.add_error("with_files", refused)
        return given

    @property
    def selection(self) -> Selection:
        """What was chosen, once the form is valid."""
        given = self.cleaned_data
        return Selection(
            questions=frozenset(given.get("questions", ())),
            channels=frozenset(given["channels"]),
            kind=given["kind"],
            since=given["since"],
            until=given["until"],
            in_words=given["in_words"],
            with_files=given.get("with_files", False),
        )

    @property
    def with_monitoring(self) -> str:
        """How equality answers are exported."""
        return self.cleaned_data.get("monitoring") or Export.Monitoring.NONE

    @property
    def is_sent_at_once(self) -> bool:
        """Whether the export is a CSV alone, which is sent as it is read."""
        given = self.cleaned_data
        is_csv = given["format"] == Export.Format.CSV and not given["with_dictionary"]
        alone = self.with_monitoring == Export.Monitoring.NONE and not given.get("with_files")
        return is_csv and alone
