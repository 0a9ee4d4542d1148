import logging
from pathlib import Path

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "folkmoot.performance"
    verbose_name = "Performance"

    def ready(self) -> None:
        from django.conf import settings

        from folkmoot.performance import panels, telling
        from folkmoot.performance.defining import unknown_areas
        from folkmoot.plans.defining import register_check
        from folkmoot.sources.described import read_description
        from folkmoot.sources.errors import SourceError
        from folkmoot.sources.registry import register

        panels.register()
        telling.register()
        register_check(unknown_areas)
        # Sources that the body described itself; each import keeps its description there.
        for described in sorted(Path(settings.VAR, "sources").glob("*.yaml")):
            try:
                register(read_description(described))
            except SourceError as error:
                # The site goes on without its figures, which are still stored.
                logging.getLogger(__name__).error("%s", error)
