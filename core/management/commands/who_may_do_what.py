"""Prints every table of states as Markdown, for docs/who-may-do-what.md."""

from importlib import import_module

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils.module_loading import module_has_submodule

from core.workflow import NEW, SAME, Workflow

HEAD = "| step | from | to | who | |\n|---|---|---|---|---|\n"


class Command(BaseCommand):
    help = "Print who may do what, from which state, for every kind of row."

    def handle(self, **options):
        self.stdout.write("# Who may do what\n\nMade by `manage.py who_may_do_what > docs/who-may-do-what.md`.\n")
        for title, workflow in workflows():
            self.stdout.write(f"\n## {title}\n\n{HEAD}" + "".join(line(step) for step in workflow.steps.values()))


def workflows():
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "states"):
            states = import_module(f"{config.name}.states")
            for name, value in vars(states).items():
                if isinstance(value, Workflow):
                    yield f"{config.name}: {name.lower().replace('_', ' ')}", value


def line(step):
    sources = ", ".join(sorted("(new)" if source is NEW else source for source in step.sources))
    target = "(unchanged)" if step.target is SAME else step.target
    reason = "reason required" if step.needs_reason else ""
    return f"| {step.name} | {sources} | {target} | {step.allowed.name} | {reason} |\n"
