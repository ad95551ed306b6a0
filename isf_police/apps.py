from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "isf_police"

    def ready(self):
        """A house with an unfinished table of states does not start."""
        import_module("core.lives").require_complete()  # its imports need every model ready
