"""Log lines: each is one event, says of which request it is, cannot be forged, and tells nothing personal.

`LOG_FORMAT` chooses lines for people or JSON for programs. Whatever is written, addresses of mail, what stands behind
the question mark of an address, and tokens are taken out at the end, where nothing passes by.
"""

import logging
import re
from datetime import UTC, datetime

from pythonjsonlogger.json import JsonFormatter

from audit.door import this_door

NO_NEWS = {
    "fontTools": {"level": "WARNING"},
    "weasyprint": {"level": "ERROR"},
    "celery.beat": {"level": "WARNING"},  # else it says each second that it looks: 90,000 lines a day of nothing
    "django.request": {"filters": ["pages"]},
}
PERSONAL = (
    (re.compile(r"[^\s@<>\"'=:,;()\[\]{}\\/|]+@[^\s@<>\"'=:,;()\[\]{}\\/|]+\.\w{2,}"), "…@…"),
    (re.compile(r"\?[\w.%~\[\]-]+=[^\s\"'<>\\]*"), "?…"),
    (re.compile(r"\b(Token|Bearer|Basic) +[\w.~+/=-]{8,}", re.IGNORECASE), r"\1 …"),
)
TOLD = ("method", "path", "route", "status", "seconds", "bytes", "address")  # of a request, see core.observed
PLAIN = re.compile(r"[0-9]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z][a-z_.-]{0,39}")


def log_settings(*, level, form="lines"):
    """What the settings call LOGGING: one stream, and no program of others that talks of its daily business."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": FORMS[form]}},
        "filters": {"pages": {"()": WithoutSecrets}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": NO_NEWS,
    }


class OneLine(logging.Formatter):
    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s")

    def format(self, record):
        return scrubbed(super().format(record))

    def formatMessage(self, record):  # noqa: N802 - the library's name
        record.request_id = this_door()[1] or "-"
        line = super().formatMessage(record)
        return "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)


class JsonLine(JsonFormatter):
    """An object a line; of what others hang on a record, only what is named here is written."""

    def format(self, record):
        return scrubbed(super().format(record))

    def add_fields(self, log_data, record, message_dict):
        door, request_id = this_door()
        log_data |= {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname, "logger": record.name, "message": record.message,
            "door": door, "request_id": request_id,
        }  # fmt: skip
        log_data |= {name: vars(record)[name] for name in TOLD if name in vars(record)}
        log_data |= {name: told for name, told in message_dict.items() if name in ("exc_info", "stack_info") and told}


class WithoutSecrets(logging.Filter):
    """Django names the path of a page that failed, with whatever stands in it."""

    def filter(self, record):
        request = vars(record).get("request")
        if request is not None and isinstance(record.args, tuple):
            told = told_path(request)
            record.args = tuple(told if one == request.path else one for one in record.args)
        return True


def told_path(request):
    """The path with the ids in it, without what may be a secret: the token of an invitation, whatever was guessed."""
    match = request.resolver_match
    if match is None:
        return "-"
    secret = {str(one) for one in (*match.args, *match.kwargs.values()) if one and not PLAIN.fullmatch(str(one))}
    parts = request.path.split("/")
    return "/".join("*" if any(one in part for one in secret) else part for part in parts)


def scrubbed(line):
    for sign, instead in PERSONAL:
        line = sign.sub(instead, line)
    return line


FORMS = {"lines": OneLine, "json": JsonLine}
