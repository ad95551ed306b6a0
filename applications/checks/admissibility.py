"""What came in, and when: without these nothing else is looked at (FR Art. 194)."""

from django.utils.translation import gettext as _

from applications.completeness import gaps_in
from applications.models import Attachment
from core.formats import milliseconds, span


def came_in_time(case):
    distance = case.call.closes_at - case.at
    words = {"at": milliseconds(case.at), "time": span(abs(distance))}
    passed = case.at < case.call.closes_at
    found = (
        _("Received on %(at)s, %(time)s before the call closed.")
        if passed
        else _("Received on %(at)s, %(time)s after the call closed.")
    )
    return _("The application is submitted before the call closes."), found % words, passed


def is_complete(case):
    gaps = [str(sentence) for name, sentence in gaps_in(case.content, case.call).items() if "attachments." not in name]
    found = " ".join(gaps) if gaps else _("Every part is filled in.")
    return _("The application is complete."), found, not gaps


def has_attachments(case):
    names = dict(Attachment.Kind.choices)
    there = {file["kind"] for file in case.content["attachments"]}
    lacking = [str(names.get(kind, kind)) for kind in case.call.required_attachments if kind not in there]
    found = (
        _("Missing: %(list)s.") % {"list": ", ".join(lacking)} if lacking else _("Every required document is attached.")
    )
    return _("Every required document is attached."), found, not lacking
