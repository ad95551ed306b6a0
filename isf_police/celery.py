"""The Celery application. A message is only a hint; the promise's row is the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isf_police.settings")

app = Celery("isf_police")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
