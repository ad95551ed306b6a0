"""PostgreSQL refuses to run as root: as root, the servers run as `postgres` or `nobody`."""

import os
import pwd
import stat


def service_account():
    """The account the servers run as; None means ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit(
        "As root the private PostgreSQL needs an account to run as: create one with "
        "'useradd --system postgres', or set DATABASE_URL."
    )


def dropped_to(account):
    """The arguments of Popen that give up root for that account."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def may_enter(path, account):
    """May the account pass through every folder on the way to `path`? Reads modes only."""
    found = (folder for folder in (path, *path.parents) if folder.exists())
    return all(_may_pass(folder.stat(), account) for folder in found)


def _may_pass(facts, account):
    if facts.st_uid == account.pw_uid:
        return bool(facts.st_mode & stat.S_IXUSR)
    if facts.st_gid == account.pw_gid:
        return bool(facts.st_mode & stat.S_IXGRP)
    return bool(facts.st_mode & stat.S_IXOTH)


def may_write(path):
    """May we ourselves make `path`, or write in it if it is there?"""
    nearest = next(folder for folder in (path, *path.parents) if folder.exists())
    return os.access(nearest, os.W_OK | os.X_OK)
