"""The forms of following: an address, and what a follower may change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from folkmoot.publishing.models import Follower, Following

if TYPE_CHECKING:
    from collections.abc import Sequence

WRITE_ADDRESS = "Write your e-mail address, like name@example.org."


class FollowForm(forms.Form):
    """An e-mail address, and a field that only programs fill in."""

    email = forms.EmailField(
        max_length=254, error_messages=dict.fromkeys(("required", "invalid"), WRITE_ADDRESS)
    )
    website = forms.CharField(required=False)

    @property
    def is_filled_by_program(self) -> bool:
        """Whether the field that nobody sees was filled in."""
        return bool(self.cleaned_data.get("website"))


class ManageForm(forms.Form):
    """What somebody follows, how often they are written to, and whether for now at all."""

    keep = forms.TypedMultipleChoiceField(coerce=int, required=False)
    every_days = forms.TypedChoiceField(
        coerce=int,
        choices=Follower.Every.choices,
        error_messages={"required": "Choose how often we may write to you."},
    )
    is_paused = forms.BooleanField(required=False)

    def __init__(self, *args: Any, followings: Sequence[Following], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = [(each.pk, str(each.pk)) for each in followings]  # type: ignore[attr-defined]
