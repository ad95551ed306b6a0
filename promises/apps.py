from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PromisesConfig(AppConfig):
    name = "promises"

    def ready(self):
        """Load every app's `tasks.py`, `schedule.py` and `notices.py`: importing them registers it all."""
        autodiscover_modules("tasks", "schedule", "notices")
