from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProgrammesConfig(AppConfig):
    name = "programmes"

    def ready(self):
        """The apps above offer the parts that the form of a call may name."""
        autodiscover_modules("parts")
