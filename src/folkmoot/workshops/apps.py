from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "folkmoot.workshops"
    verbose_name = "Workshops"

    def ready(self) -> None:
        from folkmoot.workshops import attendance, dates, jobs, panels, personal

        panels.register()
        attendance.register()
        dates.register()
        personal.register()
        jobs.register()
