import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from isf_police.bodies import TakenIn
from isf_police.environment import require_whole_provider
from isf_police.front import Front
from isf_police.garbage import set_aside_what_is_loaded
from isf_police.metrics import Metrics
from isf_police.together import count_together

os.environ.setdefault("STATEMENT_TIMEOUT", "20")  # a page that asks longer would hold a thread that others need
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isf_police.settings")

require_whole_provider(os.environ, development=settings.DEVELOPMENT)
counts = count_together() if settings.METRICS_TOKEN else None  # before Django begins, and counts
application = Front(TakenIn(get_wsgi_application(), places=4), secret=settings.ARRIVAL_SECRET)
application = Metrics(application, token=settings.METRICS_TOKEN, counts=counts)

set_aside_what_is_loaded()
