from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "folkmoot.workshops"
    verbose_name = "Workshops"

    def ready(self) -> None:
        from folkmoot.workshops import dates, jobs, panels, personal

        panels.register()
        dates.register()
        personal.register()
        jobs.register()
