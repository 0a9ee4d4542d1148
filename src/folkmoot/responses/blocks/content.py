"""What a page of a survey shows before its questions: evidence, the plan, a figure."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from folkmoot.core.tables import Table
from folkmoot.publishing.blocks import BodyBlock
from folkmoot.responses.blocks.closed import refuse

FEWEST_ROWS = 2


class EvidenceBlock(blocks.StructBlock):
    """Words or a number from elsewhere, and where they come from."""

    quotation = blocks.TextBlock(
        rows=3, label="Quotation or finding", help_text="In the words of the source."
    )
    source = blocks.CharBlock(
        max_length=250, help_text="Who says so, where and when, such as “Crime Survey, June 2021”."
    )
    address = blocks.URLBlock(required=False, label="Link to the source")

    class Meta:
        icon = "openquote"
        label = "Evidence: a quotation or finding with its source"
        template = "responses/blocks/evidence.html"


class PlanSectionBlock(blocks.StructBlock):
    """A section of a plan that the questions are about, with the way to read it whole."""

    section = blocks.PageChooserBlock(page_type="plans.Section")
    words = blocks.RichTextBlock(
        features=["bold", "ol", "ul"],
        required=False,
        label="What it says",
        help_text="In short, or the passage itself. Empty: the section's own summary.",
    )

    class Meta:
        icon = "doc-full"
        label = "Section of the plan"
        template = "responses/blocks/plan_section.html"


class MeasureBlock(blocks.StructBlock):
    """A measure of the plan with its latest reading, as its own page has it."""

    measure = SnippetChooserBlock("plans.Measure")

    class Meta:
        icon = "order"
        label = "Figure: a measure and its latest reading"
        template = "responses/blocks/measure.html"


class TableBlock(blocks.StructBlock):
    """A small table, pasted from a spreadsheet or written with bars between the cells."""

    caption = blocks.CharBlock(max_length=200)
    cells = blocks.TextBlock(
        rows=6,
        help_text=(
            "One row a line, the headings first: paste it from a spreadsheet, or put | between "
            "the cells."
        ),
    )
    source = blocks.CharBlock(max_length=250)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse rows of different lengths, and a table without rows."""
        cleaned = super().clean(value)
        rows = cells_of(cleaned["cells"])
        wrong = {}
        if len(rows) < FEWEST_ROWS:
            wrong["cells"] = "Write the headings in the first line and at least one row below."
        else:
            many = len(rows[0])
            uneven = next((at for at, row in enumerate(rows, start=1) if len(row) != many), None)
            if uneven:
                wrong["cells"] = (
                    f"Line {uneven} has {len(rows[uneven - 1])} cells and the headings have "
                    f"{many}: give every line as many."
                )
        refuse(wrong)
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Give the template the table as a value."""
        rows = cells_of(value["cells"])
        many = len(rows[0]) if rows else 0
        table = Table(
            value["caption"],
            rows[0] if rows else (),
            tuple(row for row in rows[1:] if len(row) == many),
            (f"Source: {value['source']}",),
        )
        return super().get_context(value, parent_context) | {"table": table}

    class Meta:
        icon = "table"
        label = "Table"
        template = "responses/blocks/table.html"


class ContentBlock(BodyBlock):
    """What stands before the questions of a page; a page may be made of it alone."""

    evidence = EvidenceBlock()
    section = PlanSectionBlock()
    measure = MeasureBlock()
    table = TableBlock()


def cells_of(written: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of cells of a table, pasted with tabs or written with bars."""
    lines = [line.strip("\r\n") for line in written.splitlines() if line.strip()]
    mark = "\t" if any("\t" in line for line in lines) else "|"
    # Bars may close a row on both sides too.
    trimmed = lines if mark == "\t" else [line.strip().strip("|") for line in lines]
    return tuple(tuple(cell.strip() for cell in line.split(mark)) for line in trimmed)
