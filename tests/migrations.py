"""The house as it stood before a migration, and as it stands today."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(*targets):
    """To these migrations; without any to the newest, with the servers' rights, as an installation does it."""
    executor = MigrationExecutor(connection)
    wanted = list(targets) or executor.loader.graph.leaf_nodes()
    executor.migrate(wanted)
    if not targets:
        call_command("grant_rights")
        return None  # today's models are at hand, and drawing all of a state takes its time
    return state_at(*wanted)


def state_at(*targets):
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps
