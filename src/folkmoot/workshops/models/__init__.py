"""Workshop with its registrations, its joining link, and what came of the session."""

from folkmoot.workshops.models.notes import Point, SessionNotes
from folkmoot.workshops.models.pages import Session, Workshop
from folkmoot.workshops.models.registrations import JoiningLink, Registration

__all__ = ["JoiningLink", "Point", "Registration", "Session", "SessionNotes", "Workshop"]
