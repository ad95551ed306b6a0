"""What acts below an application hold: the application itself, before their own row."""

from core.holds import parent

LONG = ("summary", "description", "answers", "as_typed", "search_text")
APPLICATION = parent("application", place=40, related=("call", "applicant"), long=LONG)
