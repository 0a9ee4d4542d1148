from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "folkmoot.publishing"
    verbose_name = "Publishing"
