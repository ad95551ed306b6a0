"""What a web server counts of its requests. Whoever may read the figures: `isf_police/metrics.py`."""

from prometheus_client import CollectorRegistry, Counter, Histogram

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "isf_requests", "Requests that were answered.", ["route", "method", "status"], registry=REGISTRY
)  # fmt: skip
SECONDS = Histogram(
    "isf_request_seconds", "From the arrival in the web server to the answer.", ["route"], registry=REGISTRY,
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)  # fmt: skip


def measure(*, route, method, status, seconds):
    """By the route's name, never by the address: what a visitor makes up makes no new series."""
    REQUESTS.labels(route, method if method in METHODS else "other", status).inc()
    SECONDS.labels(route).observe(seconds)
