"""The Celery application. A message is only a hint; the promise's row is the truth."""

import os

from celery import Celery
from celery.signals import worker_process_init

from isf_police.garbage import set_aside_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isf_police.settings")

app = Celery("isf_police")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
worker_process_init.connect(set_aside_what_is_loaded)
