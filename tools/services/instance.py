"""One instance: a name and the folders its servers live in. Nothing here writes."""

import functools
import os
import re
from dataclasses import dataclass
from pathlib import Path

from tools.places import CHECKOUT, fingerprint
from tools.services.account import may_enter, may_write, service_account

# A socket address holds 107 bytes; the longest name in the folder is ".s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER = 85
# Everybody's folders: what we make there is 0700, and its owner is checked before use (folders.py).
SHARED = Path("/tmp")  # noqa: S108  # nosec B108
SHARED_AND_KEPT = Path("/var/tmp")  # noqa: S108  # nosec B108
# Capitals, spaces and percent signs do not survive every URL parser between here and the server.
PLAIN = re.compile(r"[a-z0-9/._-]+")


@dataclass(frozen=True)
class Instance:
    """`durable` is for people's data; the others trade it for speed and are thrown away."""

    name: str = "demo"
    checkout: Path = CHECKOUT

    @property
    def durable(self):
        return self.name != "test"

    @functools.cached_property
    def home(self):
        """`var/` of the checkout, or a folder outside it when the servers' account cannot get there."""
        inside, *outside = self.homes()
        for home in (inside, *outside):
            if os.path.exists(home / self.name / "pg" / "PG_VERSION"):
                return home
        return next((home for home in (inside, *outside) if self._fits(home)), inside)

    @functools.cached_property
    def folder(self):
        return self.home / self.name

    @functools.cached_property
    def sockets(self):
        """Beside the data; in /tmp when that path is too long or not plain enough for an address."""
        beside = str(self.folder / "run")
        if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER and PLAIN.fullmatch(beside):
            return Path(beside)
        return SHARED / f"isf-police-{fingerprint(self.folder)}"

    def homes(self):
        label = f"isf-police-{fingerprint(self.checkout)}"
        return self.checkout / "var", Path("/var/lib") / label, SHARED_AND_KEPT / label

    @staticmethod
    def _fits(home):
        account = service_account()
        return may_write(home) and (account is None or may_enter(home, account))


def instance_of(named):
    """The servers' functions take a name or an instance."""
    return named if isinstance(named, Instance) else Instance(named)
