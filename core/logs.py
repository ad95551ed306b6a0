"""Log lines that cannot be forged: control characters from users are escaped."""

import logging

NO_NEWS = {
    "fontTools": {"level": "WARNING"},
    "weasyprint": {"level": "ERROR"},
    "celery.beat": {"level": "WARNING"},  # else it says each second that it looks: 90,000 lines a day of nothing
}


def log_settings(*, level):
    """What the settings call LOGGING: one stream, and no program of others that talks of its daily business."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": OneLine}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": NO_NEWS,
    }


class OneLine(logging.Formatter):
    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record):  # noqa: N802 - the library's name
        line = super().formatMessage(record)
        return "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
