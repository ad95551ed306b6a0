from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProgrammesConfig(AppConfig):
    name = "programmes"

    def ready(self):
        """The apps above offer the parts that the form of a call may name; what differs between two is told in words."""
        from core.versions import TOLD
        from programmes.form_questions.told import form_difference

        autodiscover_modules("parts")
        TOLD["programmes.call", "parts"] = form_difference
