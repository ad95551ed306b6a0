"""The one switch of the house: reading goes on, nothing is changed.

A file that all its processes see, whatever else fails.
"""

from pathlib import Path

from django.conf import settings


def read_only_switch():
    return Path(settings.FILES_ROOT) / "READ-ONLY"


def is_read_only():
    return read_only_switch().exists()


def set_read_only(wanted):
    """For everybody, at once."""
    switch = read_only_switch()
    if wanted:
        switch.parent.mkdir(parents=True, exist_ok=True)
        switch.touch()
    else:
        switch.unlink(missing_ok=True)
