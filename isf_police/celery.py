"""The Celery application. A message is only a hint; the promise's row is the truth."""

import os

from celery import Celery
from celery.signals import setup_logging, worker_process_init

from isf_police.garbage import set_aside_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isf_police.settings")

app = Celery("isf_police")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
worker_process_init.connect(set_aside_what_is_loaded)


def log_as_the_settings_say(**_words):
    """Worker and beat write what LOG_LEVEL asks for, in single lines as the web does, and not in Celery's own way."""


setup_logging.connect(log_as_the_settings_say)
