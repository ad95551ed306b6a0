"""What acts below an application hold: the application itself, before their own row."""

from core.holds import parent

APPLICATION = parent("application", place=40, related=("call", "applicant"))
