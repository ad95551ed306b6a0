"""What leaves the house about a call: its closing time for calendars (RFC 5545), the feed (RFC 4287), and mails."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from core.formats import brussels
from core.language import for_each_reader
from programmes.shown.calls import changes_of

LONGEST_LINE = 74  # bytes; the norm says 75 with the mark of the line before
REMINDERS = ("-P7D", "-PT48H", "-PT4H")  # as the house reminds by mail


def calendar_of(call):
    """The bytes of the file. Taken again after a corrigendum, the same entry moves."""
    address = link(call.get_absolute_url())
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


class PlainFeed(Atom1Feed):
    """What it says of an entry is plain text: “<” in it is a sign, not the beginning of a tag."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})


def feed_of(calls):
    """Atom."""
    feed = PlainFeed(title=_("Calls for proposals"), link=link(reverse("calls")), description="",
                     feed_url=link(reverse("call_feed")))  # fmt: skip
    for call in calls:
        moment = max(call.published_at, call.cancelled_at or call.published_at)
        words = {"text": call.topic or call.title, "opens": brussels(call.opens_at), "closes": brussels(call.closes_at)}
        feed.add_item(
            f"{call.reference} – {call.title}", link(call.get_absolute_url()),
            _("%(text)s. Open from %(opens)s to %(closes)s.") % words, pubdate=call.published_at, updateddate=moment,
            unique_id=f"urn:uuid:{call.pk}", categories=[call.get_status_display()],
        )  # fmt: skip
    return feed.writeString("utf-8")


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


@for_each_reader
def reply_mail(reply):
    """Subject and body; the question as it is published, never as it was asked."""
    question = reply.question
    words = {"number": question.number, "call": question.call, "version": reply.version}
    subject = _("Answer to question %(number)d on the call %(call)s") % words
    if reply.version > 1:
        subject = _("Answer to question %(number)d on the call %(call)s, corrected (version %(version)d)") % words
    return {"subject": subject, "body": written("reply", question.call, question=question, reply=reply)}


@for_each_reader
def withdrawn_reply_mail(question):
    words = {"number": question.number, "call": question.call, "version": question.replies.count()}
    subject = _("Answer to question %(number)d on the call %(call)s withdrawn (version %(version)d)") % words
    return {"subject": subject, "body": written("withdrawn", question.call, question=question)}


@for_each_reader
def declined_mail(question):
    """To its asker alone."""
    subject = _("Your question on the call %(call)s is not answered in public") % {"call": question.call}
    body = written("declined", question.call, question=question, own_link=link(question.get_absolute_url()))
    return {"subject": subject, "body": body}


@for_each_reader
def corrigendum_mail(corrigendum):
    """For who follows the call and has no application under way."""
    call = corrigendum.call
    subject = _("Corrigendum %(number)d to the call %(call)s") % {"number": corrigendum.number, "call": call}
    said = {
        "corrigendum": corrigendum,
        "changes": changes_of(corrigendum),
        "moment": brussels(corrigendum.published_at),
    }
    return {"subject": subject, "body": written("corrigendum", call, **said)}


def written(name, call, **said):
    """Each mail ends with where its reader stops following."""
    context = {"call": call, "call_link": link(call.get_absolute_url()), **said}
    context["questions_link"] = link(reverse("call_questions", args=[call.pk]))
    return render_to_string(f"programmes/mails/{name}.txt", context).strip() + "\n"


def link(path):
    return settings.SITE_URL.rstrip("/") + path
