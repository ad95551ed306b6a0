"""The project: settings, addresses and the Celery application. It wires the apps together and owns no rule."""

from isf_police.celery import app as celery_app

__all__ = ["celery_app"]
