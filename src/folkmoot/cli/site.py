"""Start Django for a command, and bring the site's database and files up to date."""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from pathlib import Path

from folkmoot.cli.terminal import console, stop


def start_django() -> None:
    """Load the settings and the apps. Stops with a sentence where a setting is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise stop(str(error)) from error


def prepare_database() -> None:
    """Create or update the tables. Stops with a sentence where there is no database to reach."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if pending:
            console.print(f"Preparing the database ({len(pending)} steps)")
            call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        raise stop(
            f"The database cannot be used ({str(error).strip()}): check DATABASE_URL, "
            "that the server runs, and that the disk has room."
        ) from error


def prepare_static_files() -> None:
    """Gather stylesheets, scripts and pictures where the server finds them, if any changed."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    if settings.DEBUG:
        return
    known = hashlib.sha256(version("wagtail").encode())
    for app in apps.get_app_configs():
        folder = Path(app.path) / "static"
        if app.name.startswith("folkmoot.") and folder.is_dir():
            for file in sorted(folder.rglob("*")):
                known.update(f"{file} {file.stat().st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / "fingerprint"
    if stamp.exists() and stamp.read_text() == known.hexdigest():
        return
    console.print("Gathering static files")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(known.hexdigest())
