"""Prints every table of states as Markdown, for docs/who-may-do-what.md."""

from django.core.management.base import BaseCommand

from core.holds import ROW
from core.lives import workflows
from core.steps import BACK, NEW, SAME

TOP = """# Who may do what

Made by `manage.py who_may_do_what > docs/who-may-do-what.md`.

“Recognised”: taken only from somebody who has shown a short while ago who it is (decision 67).
"""
HEAD = "| step | from | to | who | | holds, in this order |\n|---|---|---|---|---|---|\n"
TARGETS = {SAME: "(unchanged)", BACK: "(where it came from)"}


class Command(BaseCommand):
    help = "Print who may do what, from which state, for every kind of row."

    def handle(self, **options):
        self.stdout.write(TOP)
        for title, workflow in workflows():
            self.stdout.write(f"\n## {title}\n\n{HEAD}" + "".join(line(step) for step in workflow.steps.values()))


def line(step):
    sources = ", ".join(sorted("(new)" if source is NEW else source for source in step.sources))
    target = TARGETS.get(step.target, step.target)
    who = " & ".join([step.allowed.name, *(f"~{bar.name}" for bar in step.bars)])
    asked = {"reason required": step.needs_reason, "recognised": step.binds}
    asks = ", ".join(words for words, is_asked in asked.items() if is_asked)
    holds = "" if step.holds == (ROW,) else ", ".join(map(str, step.holds))
    return f"| {step.name} | {sources} | {target} | {who} | {asks} | {holds} |\n"
