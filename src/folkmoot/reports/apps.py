from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "folkmoot.reports"
    verbose_name = "Reports"
