import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("STATEMENT_TIMEOUT", "20")  # a page that asks longer would hold a thread that others need
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isf_police.settings")

application = get_wsgi_application()
