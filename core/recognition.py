"""Acts that bind are taken only from somebody who has shown a short while ago who it is (decision 67).

A browser may stand open while its person is at lunch. Programs and the worker are asked nothing: whoever gave them
their word was asked then.
"""

from contextvars import ContextVar
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotRecognised

# The session of the browser that sent this request; None where it is not a signed-in browser that acts
BROWSER = ContextVar("browser", default=None)


def require_recognised(step):
    """Refuse where the person at the browser last showed who it is too long ago."""
    browser = BROWSER.get()
    if browser is None or timezone.now() - browser.recognised_at <= timedelta(minutes=settings.RECOGNISED_MINUTES):
        return
    raise NotRecognised(
        _(
            "“%(step)s” is only taken from somebody who has shown within the last %(minutes)d minutes who it is. "
            "Give your code or your password once more, then take the step again. Nothing was done."
        )
        % {"step": step, "minutes": settings.RECOGNISED_MINUTES}
    )
