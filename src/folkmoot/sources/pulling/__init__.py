"""Publishers' files, fetched from where they offer them: all of a file or nothing."""

from folkmoot.sources.pulling.download import Line
from folkmoot.sources.pulling.errors import PullError
from folkmoot.sources.pulling.pull import Pull, PulledFile, pull

__all__ = ["Line", "Pull", "PullError", "PulledFile", "pull"]
