"""Questions answered by writing, pointing or sending a file, as an officer edits them."""

from __future__ import annotations

from django.forms import CheckboxSelectMultiple
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from folkmoot.responses.blocks.closed import refuse
from folkmoot.responses.blocks.common import QuestionBlock
from folkmoot.responses.files import EXTENSIONS, MOST_MEGABYTES
from folkmoot.responses.questions.kinds import FILE_MEGABYTES, FILE_TYPES

ASKS_TO_QUOTE = "Ask whether the words may be quoted"


class TextBlock(QuestionBlock):
    """A question answered in the respondent's own words."""

    words_guide = blocks.IntegerBlock(
        default=150, min_value=10, max_value=5000, help_text="A guide, never a limit."
    )
    may_be_quoted = blocks.BooleanBlock(required=False, default=True, label=ASKS_TO_QUOTE)

    class Meta:
        icon = "pilcrow"
        label = "Long text"


class ShortTextBlock(QuestionBlock):
    """A question answered in a few words on one line."""

    may_be_quoted = blocks.BooleanBlock(required=False, default=False, label=ASKS_TO_QUOTE)

    class Meta:
        icon = "minus"
        label = "Short text"


class NumberBlock(QuestionBlock):
    """A question answered with a number."""

    lowest = blocks.FloatBlock(required=False, help_text="Empty: no limit.")
    highest = blocks.FloatBlock(required=False, help_text="Empty: no limit.")
    decimals = blocks.IntegerBlock(
        default=0, min_value=0, max_value=6, label="Digits after the point", help_text="0 to 6."
    )
    unit = blocks.CharBlock(max_length=30, required=False, help_text="Such as minutes, or £.")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a range that holds no number."""
        cleaned = super().clean(value)
        lowest, highest = cleaned["lowest"], cleaned["highest"]
        if lowest is not None and highest is not None and lowest > highest:
            refuse(
                {
                    "lowest": f"The lowest number, {lowest:g}, is above the highest, {highest:g}: "
                    "change one of them."
                }
            )
        return cleaned

    class Meta:
        icon = "decimal"
        label = "Number"


class DateBlock(QuestionBlock):
    """A question answered with a day."""

    earliest = blocks.DateBlock(required=False, help_text="Empty: any day.")
    latest = blocks.DateBlock(required=False, help_text="Empty: any day.")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a span without a day."""
        cleaned = super().clean(value)
        earliest, latest = cleaned["earliest"], cleaned["latest"]
        if earliest and latest and earliest > latest:
            refuse({"earliest": "The earliest day is after the latest: change one of them."})
        return cleaned

    class Meta:
        icon = "calendar"
        label = "Date"


class PostcodeBlock(QuestionBlock):
    """A question answered with a postcode."""

    is_whole = blocks.BooleanBlock(
        required=False,
        label="Keep the whole postcode",
        help_text="A whole postcode is about fifteen homes. Unticked, only its first half is kept.",
    )

    class Meta:
        icon = "home"
        label = "Postcode"


class FileBlock(QuestionBlock):
    """A question answered with files; never required, as not everybody can send one."""

    required = None
    extensions = blocks.MultipleChoiceBlock(
        choices=[(each, words) for each, words in EXTENSIONS.items()],
        default=list(FILE_TYPES),
        widget=CheckboxSelectMultiple,
        label="Types of file",
    )
    megabytes = blocks.IntegerBlock(
        default=FILE_MEGABYTES,
        min_value=1,
        max_value=MOST_MEGABYTES,
        label="Largest size, in megabytes",
    )
    most = blocks.IntegerBlock(default=1, min_value=1, max_value=10, label="How many files at most")

    class Meta:
        icon = "upload"
        label = "File"


class PlaceBlock(QuestionBlock):
    """A question answered with a place: on a picture of a map, and in words."""

    picture = ImageChooserBlock(
        required=False,
        help_text="A map whose top is north. Without one the place is asked for in words only.",
    )
    north = blocks.FloatBlock(required=False, help_text="Latitude of its top edge, such as 51.69.")
    south = blocks.FloatBlock(required=False, help_text="Latitude of its bottom edge.")
    west = blocks.FloatBlock(required=False, help_text="Longitude of its left edge, such as -0.51.")
    east = blocks.FloatBlock(required=False, help_text="Longitude of its right edge.")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse edges that are missing, off the earth, or the wrong way round."""
        cleaned = super().clean(value)
        if cleaned["picture"] is None:
            return cleaned
        edges = {name: cleaned[name] for name in ("north", "south", "west", "east")}
        wrong = {
            name: "Write this edge of the picture in degrees."
            for name, degrees in edges.items()
            if degrees is None
        }
        if not wrong:
            if not -90 <= edges["south"] < edges["north"] <= 90:
                wrong["south"] = "The bottom edge is south of the top, and both are from -90 to 90."
            if not -180 <= edges["west"] < edges["east"] <= 180:
                wrong["west"] = "The left edge is west of the right; both are from -180 to 180."
        refuse(wrong)
        return cleaned

    class Meta:
        icon = "crosshairs"
        label = "Place on a map"
