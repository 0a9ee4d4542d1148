"""Every kind of question that a step may hold."""

from __future__ import annotations

from wagtail import blocks

from folkmoot.responses.blocks.bank import BankBlock
from folkmoot.responses.blocks.closed import (
    AreaBlock,
    ChoiceBlock,
    GridBlock,
    MonitoringBlock,
    RankingBlock,
    ScaleBlock,
)
from folkmoot.responses.blocks.free import (
    DateBlock,
    FileBlock,
    NumberBlock,
    PlaceBlock,
    PostcodeBlock,
    ShortTextBlock,
    TextBlock,
)


class QuestionsBlock(blocks.StreamBlock):
    """The questions of a step."""

    choice = ChoiceBlock(group="Choosing")
    scale = ScaleBlock(group="Choosing")
    grid = GridBlock(group="Choosing")
    ranking = RankingBlock(group="Choosing")
    area = AreaBlock(group="Choosing")
    short_text = ShortTextBlock(group="Writing")
    text = TextBlock(group="Writing")
    number = NumberBlock(group="Writing")
    date = DateBlock(group="Writing")
    postcode = PostcodeBlock(group="Writing")
    file = FileBlock(group="More")
    place = PlaceBlock(group="More")
    monitoring = MonitoringBlock(group="More")
    bank = BankBlock(group="More")

    class Meta:
        collapsed = True
