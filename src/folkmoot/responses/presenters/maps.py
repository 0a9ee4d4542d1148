"""The picture of a map that a place is marked on, and the mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.images import get_image_model

from folkmoot.responses.questions import Answers, PlaceQuestion, Question, field_name
from folkmoot.responses.questions.replies import place_point
from folkmoot.responses.questions.values import point_written

# As wide as the column of the questions; without JavaScript a phone scrolls it.
RENDITION = "max-620x620"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is shown: its size in pixels, which a press on it is measured in."""

    url: str
    width: int
    height: int


def pictures_of(questions: Iterable[Question]) -> dict[int, Picture]:
    """Return the pictures of the maps among some questions, by their number; one that is gone is
    absent, and its place is asked for in words."""
    wanted = {
        each.picture for each in questions if isinstance(each, PlaceQuestion) and each.picture
    }
    if not wanted:
        return {}
    images = list(get_image_model().objects.filter(pk__in=wanted).prefetch_renditions(RENDITION))
    shown = {image.pk: image.get_rendition(RENDITION) for image in images}
    return {key: Picture(each.url, each.width, each.height) for key, each in shown.items()}


def map_fields(
    question: PlaceQuestion, answers: Answers, pictures: Mapping[int, Picture]
) -> dict[str, Any]:
    """Return what a place prints: its map and its mark, in pixels of the picture."""
    picture = pictures.get(question.picture) if question.picture else None
    name = field_name(question.key, "point")
    point = place_point(question, answers)
    printed: dict[str, Any] = {
        "map": picture,
        "point_name": name,
        "size_name": field_name(question.key, "size"),
        "clear_name": field_name(question.key, "clear"),
        # A mark that is wrong is sent back with its page, so that it stays wrong until mended.
        "point": point_written(point) if point else "".join(answers.get(name, ())[:1]),
        "is_marked": point is not None,
    }
    if picture is None:
        return printed
    edges = ("north", "south", "east", "west")
    printed["edges"] = {edge: repr(getattr(question, edge)) for edge in edges}
    if point is not None:
        down = (question.north - point[0]) / (question.north - question.south)
        across = (point[1] - question.west) / (question.east - question.west)
        printed |= {
            "across": round(across * picture.width, 1),
            "down": round(down * picture.height, 1),
            "where": f"{point[0]:.5f}, {point[1]:.5f}",
        }
    return printed
