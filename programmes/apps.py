from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProgrammesConfig(AppConfig):
    name = "programmes"

    def ready(self):
        """The apps above offer the parts that the form of a call may name; what differs between two is told."""
        from core.versions import TOLD  # noqa: PLC0415 - models are there only now
        from programmes.form_questions.told import form_difference  # noqa: PLC0415

        autodiscover_modules("parts")
        TOLD["programmes.call", "parts"] = form_difference
