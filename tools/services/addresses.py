"""The addresses of an instance: cheap, without side effects, known before anything runs."""

import os
from urllib.parse import quote

from tools.services.instance import instance_of

# Of Redis databases, for one test run: its own and those of its xdist workers (tests/settings.py).
PAIRS = 8
OWNER, RUNTIME, DATABASE = "owner", "isf_app", "isf_police"


def urls(named="demo", *, slot=0):
    """What Django needs in its environment; a user's own DATABASE_URL and REDIS_URL win."""
    return database_urls(named) | broker_url(named, slot=slot) | test_database(slot)


def database_urls(named):
    if given := os.environ.get("DATABASE_URL"):
        owner = os.environ.get("DATABASE_OWNER_URL") or given
        return {"DATABASE_URL": given, "DATABASE_OWNER_URL": owner}
    return {
        "DATABASE_URL": database_url(named, role=RUNTIME, database=DATABASE),
        "DATABASE_OWNER_URL": database_url(named, role=OWNER, database=DATABASE),
    }


def test_database(slot):
    """Its name after `test_`, another for each test run that goes on at the same time."""
    return {"TEST_DB": f"{DATABASE}_{slot}"} if slot else {}


def broker_url(named, *, slot=0):
    """Databases come in pairs: the even one for the broker, the odd one for the cache."""
    given = os.environ.get("REDIS_URL")
    return {"REDIS_URL": given or f"unix://{broker_socket(named)}?db={2 * PAIRS * slot}"}


def database_url(named, *, role, database):
    folder = quote(str(instance_of(named).sockets), safe="")
    return f"postgresql://{role}@{folder}/{database}"


def broker_socket(named):
    return instance_of(named).sockets / "kv.sock"
