from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PromisesConfig(AppConfig):
    name = "promises"

    def ready(self):
        """Load every app's `tasks.py`: importing it registers its keepers, in the web process as in the worker."""
        autodiscover_modules("tasks")
