import gc
import os

from django.core.wsgi import get_wsgi_application

from isf_police.bodies import TakenIn

os.environ.setdefault("STATEMENT_TIMEOUT", "20")  # a page that asks longer would hold a thread that others need
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isf_police.settings")

application = TakenIn(get_wsgi_application(), places=4)

# What is loaded now stays to the end: looking through all of it for garbage again and again made a page wait each time.
gc.collect()
gc.freeze()
