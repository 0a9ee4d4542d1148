from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "folkmoot.publishing"
    verbose_name = "Publishing"

    def ready(self) -> None:
        from folkmoot.publishing import auditing, clock, jobs, purging
        from folkmoot.publishing.following import personal

        clock.stand()
        purging.connect()
        auditing.connect()
        jobs.register()
        personal.register()
