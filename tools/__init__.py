"""What runs before and around Django: private servers, fetched assets, the doctor, the demo."""

import sys

# Read by every tool first, and so old in its words that an old Python can still say it.
if sys.version_info < (3, 11):  # noqa: UP036 - the reader of this sentence has an older one
    raise SystemExit(
        "Python 3.11 or newer is needed, and this is {}.{}: install it (Debian 12: apt-get install python3) "
        "or name another, as in 'make demo PYTHON=python3.12'.".format(*sys.version_info)
    )
