"""Every table of states in the house, found by its room."""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from core.workflow import Workflow


def workflows():
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "states"):
            states = import_module(f"{config.name}.states")
            for name, value in vars(states).items():
                if isinstance(value, Workflow):
                    yield f"{config.name}: {name.lower().replace('_', ' ')}", value


def require_complete():
    """A step without a body must not wait for the day somebody takes it."""
    for _title, workflow in workflows():
        workflow.complete()
