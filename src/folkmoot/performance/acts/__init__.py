"""Every write to releases, observations and what officers say of them."""

from folkmoot.performance.acts.importing import Imported, ImportRefusedError, import_release

__all__ = ["ImportRefusedError", "Imported", "import_release"]
