"""The product's own settings on the private test instance; nothing of the product is replaced."""

import os

os.environ.setdefault("ISF_ENV", "development")
os.environ.setdefault("DATABASE_AS_OWNER", "1")  # the suite makes and drops databases
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # live_server with sync Playwright
os.environ.setdefault("EMAIL_URL", "memory://")
os.environ.setdefault("LONGEST_WAY_IN", "1")  # who closes a call in a test does not wait half a minute for its opening

# Two workers of one run must not take each other's messages from the broker.
if (worker := os.environ.get("PYTEST_XDIST_WORKER")) and "?db=" in os.environ.get("REDIS_URL", ""):
    address, _, number = os.environ["REDIS_URL"].partition("?db=")
    os.environ["REDIS_URL"] = f"{address}?db={int(number) + 2 + 2 * int(worker.removeprefix('gw'))}"

from isf_police.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a suite signs in a thousand times
MIDDLEWARE = ["tests.described.HeldAgainstTheDocument", *MIDDLEWARE]  # noqa: F405
