"""Where a request came from is believed of our own front server alone, which says its secret beside it.

Whoever else reaches the web server – a neighbour in the same network, a forgotten port – is taken for what it is: its
own address counts for limits and stands in the log, and it came without TLS. Without a secret nothing is changed here;
then `TRUST_PROXY` alone says whether forwarded headers are believed.
"""

from hmac import compare_digest

ARRIVED = "HTTP_X_ARRIVED"
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO")


class Front:
    """Around a WSGI application; `secret` is what the front server says after the moment of arrival."""

    def __init__(self, application, *, secret):
        self.application, self.secret = application, secret

    def __call__(self, environ, start_response):
        """Changes what the web server holds too: its log has the visitor's address and not the proxy's."""
        if self.secret:
            if self.vouches_for(environ):
                environ["REMOTE_ADDR"] = visitor(environ) or environ.get("REMOTE_ADDR", "")
            else:
                for name in (ARRIVED, *FORWARDED):
                    environ.pop(name, None)
                environ["wsgi.url_scheme"] = "http"  # gunicorn has read the header itself if this machine sent it
        return self.application(environ, start_response)

    def vouches_for(self, environ):
        _moment, _, secret = environ.get(ARRIVED, "").partition(" ")
        return compare_digest(secret.encode(), self.secret.encode())


def visitor(environ):
    """The last address is what the front server saw; those before it are whatever the visitor wrote."""
    return environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
