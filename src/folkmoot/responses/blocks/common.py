"""What every question and every option has, as an officer edits it."""

from __future__ import annotations

from wagtail import blocks

from folkmoot.responses.blocks.routing import CODE, KEY, shown_if, when_shown

MADE = "Made of the words where you leave it empty. Never change it once people have answered."


class PlainOptionBlock(blocks.StructBlock):
    """One option, point or statement: its code in exports, and its words."""

    label = blocks.CharBlock(max_length=200, label="Words")
    code = blocks.CharBlock(
        max_length=60,
        required=False,
        validators=[CODE],
        label="Code in exports",
        help_text=MADE,
    )

    class Meta:
        label_format = "{label}"
        form_layout = blocks.BlockGroup(["label"], settings=["code"])


class OptionBlock(PlainOptionBlock):
    """One option of a closed question."""

    is_exclusive = blocks.BooleanBlock(
        required=False, label="Goes with no other answer, such as “None of these”"
    )
    asks_text = blocks.BooleanBlock(
        required=False, label="Has a field to write in, such as “Other, please say”"
    )

    class Meta:
        form_layout = blocks.BlockGroup(["label"], settings=["asks_text", "is_exclusive", "code"])


class QuestionBlock(blocks.StructBlock):
    """What every question has; what is seldom needed is closed at first."""

    FIRST: tuple[str, ...] = ("title", "hint")
    SELDOM: tuple[str, ...] = ()
    OF_ALL: tuple[str, ...] = ("why", "may_decline", "sensitive", "key")

    key = blocks.CharBlock(
        max_length=60,
        required=False,
        validators=[KEY],
        label="Key in exports",
        help_text=MADE,
    )
    title = blocks.CharBlock(max_length=300, label="Question")
    hint = blocks.CharBlock(max_length=300, required=False, label="Help text")
    why = blocks.CharBlock(
        max_length=300, required=False, label="Why we ask", help_text="Shown under the question."
    )
    required = blocks.BooleanBlock(required=False, label="An answer is needed")
    may_decline = blocks.BooleanBlock(required=False, label="Offer “Prefer not to say”")
    sensitive = blocks.BooleanBlock(
        required=False, label="Show the organisations that help under it"
    )
    shown_if = shown_if()

    def get_form_layout(self) -> blocks.BlockGroup:
        """Return the words, what makes the kind, the condition, and last what is seldom needed."""
        more = [name for name in (*self.SELDOM, *self.OF_ALL) if name in self.child_blocks]
        of_kind = [
            name
            for name in self.child_blocks
            if name not in {*self.FIRST, *more, "required", "shown_if"}
        ]
        needed = ["required"] if "required" in self.child_blocks else []
        seldom = blocks.BlockGroup(
            more,
            heading="More: why we ask, “prefer not to say”, key in exports",
            icon="cog",
            classname="collapsed",
            label_format="",
        )
        return blocks.BlockGroup([*self.FIRST, *of_kind, *needed, when_shown(), seldom])

    class Meta:
        label_format = "{title}"
