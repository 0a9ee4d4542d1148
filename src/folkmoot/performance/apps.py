from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "folkmoot.performance"
    verbose_name = "Performance"
