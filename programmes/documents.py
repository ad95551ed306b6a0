"""What leaves the house about a call: its closing time for anybody's calendar (RFC 5545)."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from core.formats import brussels

LONGEST_LINE = 74  # bytes; the norm says 75 with the mark of the line before
REMINDERS = ("-P7D", "-PT48H", "-PT4H")  # as the house reminds by mail


def calendar_of(call):
    """The bytes of the file. Taken again after a corrigendum, the same entry moves."""
    address = settings.SITE_URL.rstrip("/") + call.get_absolute_url()
    summary = _("Call %(reference)s closes") % {"reference": call.reference}
    words = {"title": call.title, "closes": brussels(call.closes_at), "address": address}
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ISF-Police//calls//EN", "BEGIN:VEVENT",
        f"UID:{call.pk}@{urlsplit(address).hostname}", f"SEQUENCE:{call.published_corrigenda.count()}",
        f"DTSTAMP:{in_utc(call.published_at)}", f"DTSTART:{in_utc(call.closes_at)}", f"SUMMARY:{escaped(summary)}",
        f"DESCRIPTION:{escaped(_('%(title)s. Closes on %(closes)s. %(address)s') % words)}", f"URL:{address}",
        *(line for before in REMINDERS for line in alarm(before, summary)), "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def alarm(before, summary):
    return [
        "BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{before}", f"DESCRIPTION:{escaped(summary)}", "END:VALARM",
    ]  # fmt: skip


def in_utc(moment):
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text):
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def folded(line):
    """A long line goes on in the next, after a blank; no letter of several bytes is cut through."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > LONGEST_LINE:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
