from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PromisesConfig(AppConfig):
    name = "promises"

    def ready(self):
        """Load every app's `tasks.py` and `schedule.py`: importing them registers their keepers."""
        autodiscover_modules("tasks", "schedule")
