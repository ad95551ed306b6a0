"""Gunicorn reads this by itself, in the folder where it is begun: its own lines look like all the others, and the line
for each request is the house's (`core/observed.py`), which leaves out what is nobody's business."""

import logging
import os

from core.logs import log_settings

logconfig_dict = log_settings(level=os.environ.get("LOG_LEVEL") or "INFO", form=os.environ.get("LOG_FORMAT") or "lines")
logconfig_dict["loggers"] = {
    name: {"handlers": ["out"], "level": "INFO", "propagate": False} for name in ("gunicorn.error", "gunicorn.access")
}
logging.captureWarnings(True)  # Python's own, which else stand between the lines
limit_request_line = 8190  # the most it takes: what is typed too long is refused by a page, not by the bare server
