"""Any tidy CSV, described by a small YAML file: one row a period, area and series.

For every body whose figures no module here knows. `docs/reference/sources.md` tells what stands
in the description.
"""

from folkmoot.sources.described.description import read_description

__all__ = ["read_description"]
