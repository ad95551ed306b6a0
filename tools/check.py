"""python -m tools.check: what machines can say about the code, each tool by name, all even if one fails.

As many at once as there are processors, so the one that takes longest comes first.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tools.places import CHECKOUT, VENV, say
from tools.services import ensure, release

BIN = VENV / "bin"
PYTHON = BIN / "python"
# Whole, like a real one, so that `check --deploy` judges the production settings themselves.
PRODUCTION = {
    "ISF_ENV": "production",
    "SECRET_KEY": "only-for-the-check-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "CHECKPOINT_KEY": "only-for-the-check",
    "ALLOWED_HOSTS": "grants.example.eu",
    "CSRF_TRUSTED_ORIGINS": "https://grants.example.eu",
    "SITE_URL": "https://grants.example.eu",
    "DATABASE_URL": "postgresql://isf_app:secret@db/isf_police",
    "DATABASE_OWNER_URL": "postgresql://owner:secret@db/isf_police",
    "REDIS_URL": "redis://redis:6379/0",
    "FILES_ROOT": "/srv/files",
    "EMAIL_URL": "smtp://mail.example.eu:587",
    "DEFAULT_FROM_EMAIL": "grants@example.eu",
    "TRUST_PROXY": "1",
}
MANAGE = [PYTHON, "-W", "error::RuntimeWarning", "manage.py"]
CHECKS = {
    # Starting programs is what tools are for, with no shell; ruff (S105) judges what looks like a password.
    "security": [BIN / "bandit", "-q", "-r", ".", "-c", "pyproject.toml", "--skip", "B105,B404,B603,B607"],
    "ruff": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "imports": [BIN / "lint-imports"],
    "templates": [BIN / "djlint", "templates", "--lint", "--quiet"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "settings": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "dependencies": [BIN / "deptry", "."],
}
FOR_PRODUCTION = {"settings"}


def main():
    try:
        development = os.environ | ensure("test") | {"ISF_ENV": "development", "ISF_INSTANCE": "test"}
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            passed = pool.map(partial(passes, development=development), CHECKS)
            failed = [name for name, well in zip(CHECKS, passed, strict=True) if not well]
    finally:
        release("test")
    if failed:
        say(f"\nFailed: {', '.join(failed)}.")
    return 1 if failed else 0


def passes(name, *, development):
    environment = os.environ | PRODUCTION if name in FOR_PRODUCTION else development
    began = time.monotonic()
    done = subprocess.run(
        [str(word) for word in CHECKS[name]],
        check=False,
        cwd=CHECKOUT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    verdict = "failed" if done.returncode else "ok"
    line = f"{name:<16} {verdict:<7} {time.monotonic() - began:5.1f} s"
    say(f"{line}\n{done.stdout}" if done.returncode else line)
    return not done.returncode


if __name__ == "__main__":
    sys.exit(main())
