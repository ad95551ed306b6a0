"""For migrations that give a table its versions; no migration itself."""

from django.db.models.functions import Now


def first_versions(app, *names):
    """For a migration: rows that stood there before their table kept versions get one, and the past begins with it.

    `names` are models of `app`; gives the function that `RunPython` calls.
    """

    def write(apps, schema_editor):
        for name in names:
            model, versions = apps.get_model(app, name), apps.get_model(app, f"{name}Event")
            if model.objects.exists():
                write_versions(schema_editor, model, versions)
                beginnings = apps.get_model("audit", "Beginning").objects
                beginnings.update_or_create(table=model._meta.db_table, defaults={"at": Now()})

    return write


def write_versions(schema_editor, model, versions):
    columns = [field.column for field in versions._meta.concrete_fields if not field.name.startswith("pgh_")]
    names = ", ".join(f'"{column}"' for column in columns)
    keyed = any(field.name == "pgh_obj" for field in versions._meta.concrete_fields)
    into, given = (f"{names}, pgh_obj_id", f"{names}, id") if keyed else (names, names)
    schema_editor.execute(
        f'INSERT INTO "{versions._meta.db_table}" ({into}, pgh_created_at, pgh_label)'  # noqa: S608  # nosec B608 - no word of users
        f""" SELECT {given}, now(), 'found' FROM "{model._meta.db_table}" """
    )
