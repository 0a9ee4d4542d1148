"""Routing of a survey: which pages and questions a respondent comes to, and whether all can be.

A page or a question may have a condition on answers to earlier questions. An answer counts only
where its question is on the respondent's way: what was typed under a question that is no longer
asked decides nothing.
"""

from folkmoot.core.routing.conditions import (
    ALWAYS,
    Answered,
    AnyOf,
    AtLeast,
    Condition,
    Every,
    FirstOf,
    Not,
    Replies,
    Reply,
    Some,
    asked_about,
    described,
    holds,
)
from folkmoot.core.routing.faults import RoutingFault, placed_routing_faults, routing_faults
from folkmoot.core.routing.reach import MOST_WAYS
from folkmoot.core.routing.ways import RoutedPage, RoutedQuestion, Way, way

__all__ = [
    "ALWAYS",
    "MOST_WAYS",
    "Answered",
    "AnyOf",
    "AtLeast",
    "Condition",
    "Every",
    "FirstOf",
    "Not",
    "Replies",
    "Reply",
    "RoutedPage",
    "RoutedQuestion",
    "RoutingFault",
    "Some",
    "Way",
    "asked_about",
    "described",
    "holds",
    "placed_routing_faults",
    "routing_faults",
    "way",
]
