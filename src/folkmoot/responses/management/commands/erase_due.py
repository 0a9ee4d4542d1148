"""Erase what is kept for a time only and whose time is over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from folkmoot.publishing.clock import now
from folkmoot.responses.acts import erase_due


class Command(BaseCommand):
    """Run once a day."""

    help = "Erase what is kept for a time only and whose time is over."

    def handle(self, *args: Any, **options: Any) -> None:
        erased = erase_due(now())
        self.stdout.write(", ".join(f"{many} {what}" for what, many in erased.items()) + " erased.")
