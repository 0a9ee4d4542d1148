from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate


class ResponsesConfig(AppConfig):
    name = "folkmoot.responses"
    verbose_name = "Responses"

    def ready(self) -> None:
        from folkmoot.consultations.intake import open_register
        from folkmoot.publishing.schedule import register_job
        from folkmoot.responses import checklist, finding, panels, personal
        from folkmoot.responses.acts import RegisterOfResponses, erase_due
        from folkmoot.responses.acts.counting import keep_all_counts
        from folkmoot.responses.acts.keying import erase_typed
        from folkmoot.responses.acts.repeats import forget_arrivals
        from folkmoot.responses.receiving import doors

        panels.register()
        checklist.register()
        doors.register()
        personal.register()
        open_register(RegisterOfResponses())
        # What finds words in answers is made by the database, after the table it is made from.
        post_migrate.connect(finding.prepare, sender=self, dispatch_uid="folkmoot-answer-words")
        register_job("responses: count answers", timedelta(minutes=5), keep_all_counts)
        # Whatever else is kept for longer: keys to addresses last a day.
        register_job("responses: forget addresses", timedelta(hours=1), forget_arrivals)
        # What was typed of a form on paper lasts a day once its response is there.
        register_job("responses: erase typed copies", timedelta(hours=6), erase_typed)
        if settings.FOLKMOOT_ERASE_DUE:
            register_job("responses: erase what is due", timedelta(days=1), erase_due)
