"""Making the folders of an instance, with the modes the servers insist on."""

import contextlib
import fcntl
import os
import shutil

from tools.services.account import service_account
from tools.services.processes import run_as


def prepare(instance):
    """Every folder the servers need; refuses in one sentence what they could not use."""
    account = service_account()
    _make_home(instance)
    for folder in (instance.folder / "kv", instance.sockets):
        make_private(folder, account=account)
        _require_reach(folder, account=account)


@contextlib.contextmanager
def locked(instance, *, name="starting"):
    """One process at a time; the next waits, and finds the work done."""
    _make_home(instance)
    try:
        lock = (instance.folder / f"{name}.lock").open("a")
    except PermissionError:
        raise SystemExit(
            f"{instance.folder} belongs to another user: run as that user, or remove the folder "
            "if nothing in it is needed."
        ) from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def open_to_all(folder):
    """Readable and enterable by everyone, whatever the umask was."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            readable = 0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444
            path.chmod(path.stat().st_mode | readable)


def remove(instance):
    """The instance's data and sockets, and nothing beside them."""
    for folder in (instance.folder, instance.sockets):
        if folder.exists():
            shutil.rmtree(folder)
    with contextlib.suppress(OSError):  # others still live in it
        instance.home.rmdir()


def _make_home(instance):
    for folder in (instance.home, instance.folder):
        if not folder.exists():
            _make(folder, mode=0o755)


def make_private(folder, *, account):
    """Mode 0700 and the account's own, or refused: /tmp is everybody's."""
    _make(folder, mode=0o700)
    facts = folder.lstat()
    owner = account.pw_uid if account else os.geteuid()
    if account and facts.st_uid == 0:
        os.chown(folder, account.pw_uid, account.pw_gid, follow_symlinks=False)
        facts = folder.lstat()
    if folder.is_symlink() or facts.st_uid != owner:
        raise SystemExit(
            f"{folder} belongs to another user (uid {facts.st_uid}): run as that user, "
            "or remove the folder if nothing in it is needed."
        )


def _make(folder, *, mode):
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if folder.stat().st_uid == os.geteuid():
            folder.chmod(mode)
    except OSError as error:
        raise SystemExit(
            f"The data folder {folder} cannot be made ({error.strerror}): run where you may write, "
            "or set DATABASE_URL and REDIS_URL."
        ) from None


def _require_reach(folder, *, account):
    try:
        run_as(account, "/bin/ls", folder)
    except (SystemExit, OSError):
        raise SystemExit(
            f"The account {account.pw_name if account else os.geteuid()} cannot reach {folder}, where the data lies: "
            "let it pass ('chmod o+x' on the folders above), or move the checkout."
        ) from None
