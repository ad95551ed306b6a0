"""Mails that leave the house: how one is sent, and the one that tells a person all that waits.

Whose turn it is, is asked once more in the transaction that sends; nobody else has these notices meanwhile. A mail that
cannot be sent leaves them as they were, to be asked about again.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.days import day_of, next_at
from core.formats import brussels
from promises.models import Mail, Notice
from promises.notices import KINDS, MORNING, Asked, Pace

NAMED = 60  # of one kind in a mail: the page behind the link has them all


def send(mail, papers=()):
    message = EmailMessage(mail.subject.replace("\n", " "), mail.body, None, [mail.to])
    for paper in papers:
        message.attach(paper.name, paper.read(), paper.content_type)
    message.send()


@transaction.atomic
def tell(notice_id, *, at):
    """Send what the person of this notice is to be told by now; gives the moment when the rest of it is due, or None.

    What is not this person's any more is dropped; what was told of today already waits for tomorrow.
    """
    notices = list(Notice.objects.beside(notice_id, at).select_for_update(skip_locked=True, of=["self"]))
    if not notices:
        return None
    person = notices[0].person
    standing = turns_of(person, notices, at=at)
    drop([one for one in notices if one.pk not in standing], at=at)
    again = told_today(person, day_of(at))
    now, later = [], []
    for one in notices:
        if one.pk in standing:
            (later if (one.kind, one.subject_id) in again else now).append(one)
    if now:
        send_one(person, now, standing, at=at)
    return put_off(later, until=next_at(MORNING, at))


def turns_of(person, notices, *, at):
    """{notice's id: turn} of those that are this person's turn still."""
    turns = {}
    for kind in [kind for name, kind in KINDS.items() if name in {one.kind for one in notices}]:
        if kind.is_for(person) and kind.pace_of(person) != Pace.OFF:
            found = kind.turns(Asked(at=at, person=person.pk))
            turns |= {(kind.name, turn.subject, turn.occasion): turn for turn in found}
    keys = {one.pk: (one.kind, one.subject_id, one.occasion) for one in notices}
    return {pk: turns[key] for pk, key in keys.items() if key in turns}


def told_today(person, day):
    return set(Notice.objects.filter(person=person, told_on=day).values_list("kind", "subject_id"))


def drop(notices, *, at):
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(dropped_at=at)


def put_off(notices, *, until):
    """The moment, where there is something to put off."""
    moved = Notice.objects.filter(pk__in=[one.pk for one in notices]).update(due_at=until)
    return until if moved else None


def send_one(person, notices, turns, *, at):
    by_kind = {}
    for one in notices:
        by_kind.setdefault(one.kind, []).append(turns[one.pk])
    scope = dict(set.intersection(*(set(one.scope.items()) for one in notices)))
    with override(person.language or settings.LANGUAGE_CODE):
        said = {"subject": subject_of(by_kind)[:200], "body": body_of(by_kind), "scope": scope}
    mail = Mail.objects.create(to=person.email, written_at=at, sent_at=at, **said)
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(told_at=at, told_on=day_of(at), mail=mail)
    send(mail)


# its words: nothing but what each kind calls it, until when, and where


def subject_of(by_kind):
    """What it is, where it is one thing; else how much."""
    if len(by_kind) > 1:
        return _("What waits for you: %(count)s") % {"count": sum(map(len, by_kind.values()))}
    ((name, turns),) = by_kind.items()
    words = {"title": KINDS[name].title, "what": turns[0].name if len(turns) == 1 else len(turns)}
    return _("%(title)s: %(what)s") % words


def body_of(by_kind):
    words = {
        "sections": "\n\n".join(section(KINDS[name], by_kind[name]) for name in KINDS if name in by_kind),
        "desk": address(reverse("desk")), "mails": address(reverse("mails")),
    }  # fmt: skip
    return _(
        "%(sections)s\n\n"
        "All that waits for you, once you have signed in:\n%(desk)s\n\n"
        "How you get these mails:\n%(mails)s\n"
    ) % words  # fmt: skip


def section(kind, turns):
    shown = sorted(turns, key=lambda turn: (turn.until is None, turn.until or 0, turn.name))[:NAMED]
    lines = [line_of(turn) for turn in shown]
    if more := len(turns) - len(shown):
        lines.append(_("and %(more)s more") % {"more": more})
    return "\n".join([str(kind.title), *lines])


def line_of(turn):
    words = {"what": turn.name, "until": brussels(turn.until), "link": address(turn.path)}
    sentence = _("- %(what)s, by %(until)s\n  %(link)s") if turn.until else _("- %(what)s\n  %(link)s")
    return sentence % words


def address(path):
    return settings.SITE_URL.rstrip("/") + path
