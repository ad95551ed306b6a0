"""How the auditors' pages tell what happened."""

from reports.shown.life import life_of

__all__ = ["life_of"]
