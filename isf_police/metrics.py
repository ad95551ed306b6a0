"""`/metrics` for Prometheus: closed until `METRICS_TOKEN` says a secret, and never answered through the front server.

Before Django, which serves no host names but the site's: who watches asks each web server by its own address.
"""

from hmac import compare_digest

from django.db import close_old_connections
from django.utils.module_loading import import_string
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from isf_police.front import ARRIVED

PATH = "/metrics"
FIGURES = "isf_police.figures.House"  # by name: it knows tables, which are there once Django has begun


class Metrics:
    """Around a WSGI application; `counts` is the folder in which this server's processes count."""

    def __init__(self, application, *, token, counts):
        self.application, self.token, self.counts = application, token, counts

    def __call__(self, environ, start_response):
        if environ.get("PATH_INFO") != PATH or not self.is_open_to(environ):
            return self.application(environ, start_response)
        told = self.told()
        start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST), ("Content-Length", str(len(told)))])
        return [told]

    def is_open_to(self, environ):
        """To others it is an address like any that does not exist."""
        said = environ.get("HTTP_AUTHORIZATION", "").encode()
        return bool(self.token) and ARRIVED not in environ and compare_digest(said, f"Bearer {self.token}".encode())

    def told(self):
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(self.counts))
        registry.register(import_string(FIGURES)())
        close_old_connections()
        try:
            return generate_latest(registry)
        finally:
            close_old_connections()
