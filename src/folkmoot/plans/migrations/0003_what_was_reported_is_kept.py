"""The database itself refuses to change what was reported or forecast."""

from django.db import migrations

KEPT = {
    "plans_progressupdate": "What was reported cannot be changed: add another update.",
    "plans_forecast": "What was expected cannot be changed: say it anew.",
}


def guard(apps, schema_editor):
    for table, refusal in KEPT.items():
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
        elif schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {table}_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_is_kept()"
            )


def release(apps, schema_editor):
    for table in KEPT:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
        elif schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_is_kept()")


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_versions_cannot_be_rewritten")]

    operations = [migrations.RunPython(guard, release)]
