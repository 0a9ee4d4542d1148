from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "folkmoot.workshops"
    verbose_name = "Workshops"

    def ready(self) -> None:
        from folkmoot.workshops import dates, jobs, panels

        panels.register()
        dates.register()
        jobs.register()
