"""Blocks that any page of text may carry."""

from __future__ import annotations

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class NoticeBlock(blocks.StructBlock):
    """A short notice that stands out from the text."""

    title = blocks.CharBlock(max_length=100)
    text = blocks.RichTextBlock(features=["bold", "link"])

    class Meta:
        icon = "warning"
        template = "publishing/blocks/notice.html"


class PictureBlock(blocks.StructBlock):
    """A picture with the words that stand for it."""

    picture = ImageChooserBlock()
    alternative = blocks.CharBlock(
        max_length=250, help_text="What the picture shows, for somebody who cannot see it."
    )
    caption = blocks.CharBlock(max_length=250, required=False)

    class Meta:
        icon = "image"
        template = "publishing/blocks/picture.html"


class BodyBlock(blocks.StreamBlock):
    """The blocks of a page of text."""

    heading = blocks.CharBlock(
        max_length=120, icon="title", template="publishing/blocks/heading.html"
    )
    text = blocks.RichTextBlock(features=["h3", "bold", "ol", "ul", "link", "document-link"])
    notice = NoticeBlock()
    picture = PictureBlock()
