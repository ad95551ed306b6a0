"""The schema is migrated once for all databases of a run and of the runs after it; each of them begins as a copy."""

import hashlib
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection

PREFIX = "drawn_isf_police_"
LOCK = 20142020  # of the server's own database: one worker migrates, the others wait for it


def database_to_copy():
    """The name of a database as today's migrations leave it, made where it is missing; those of before go."""
    wanted = PREFIX + state_of_the_migrations()
    with connection._nodb_cursor() as cursor:  # Django's own way to a server without a database of ours
        cursor.execute("SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # until this connection ends
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        there = {name for (name,) in cursor.fetchall()}
        if wanted not in there:
            for name in there:
                cursor.execute(f"DROP DATABASE {name}")
            cursor.execute(f"CREATE DATABASE {PREFIX}begun")
            migrate_in(f"{PREFIX}begun")
            cursor.execute(f"ALTER DATABASE {PREFIX}begun RENAME TO {wanted}")
    return wanted


def state_of_the_migrations():
    folders = [Path(one.path) / "migrations" for one in apps.get_app_configs()]
    files = sorted(file for folder in folders for file in folder.glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def migrate_in(name):
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
