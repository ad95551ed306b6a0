"""The Celery application. A message is only a hint; the promise's row is the truth."""

import gc
import os

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isf_police.settings")

app = Celery("isf_police")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def what_is_loaded_stays(**_):
    """As in `isf_police.wsgi`."""
    gc.collect()
    gc.freeze()
