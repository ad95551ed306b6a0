"""Everything that waits for one person, from every app, the most urgent first."""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

FAR = "9999"


def waiting_for(user, at):
    """Ask each app's `desk.py`; sorted by date, what has none last."""
    found = [one for room in desks() for one in room.waiting_for(user, at)]
    return sorted(found, key=lambda one: one.until.isoformat() if one.until else FAR)


def desks():
    for config in apps.get_app_configs():
        if config.name not in {"core", "isf_police"} and module_has_submodule(config.module, "desk"):
            yield import_module(f"{config.name}.desk")
