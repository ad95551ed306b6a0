"""Who has which part of a proposal until when, as those who write it see it."""

from django.utils.translation import gettext as _

from applications.models import Duty
from applications.parts import asked_by
from applications.states import DUTY, DutyPhase
from core.formats import brussels_day


def duties_in(application, user, today):
    """{part: [(words, tone)]} of what is given, read once for all parts; a partner's as its own."""
    found = {}
    for one in Duty.objects.visible_to(user).given().filter(application=application).for_reading():
        found.setdefault(one.part, []).append(mark_of(one, user, today))
    return found


def own_duties(participation, today, user):
    """The same of a partner's own part, for its people."""
    rows = Duty.objects.given().filter(participation=participation).for_reading()
    return {one.part: [mark_of(one, user, today, is_own=True)] for one in rows}


def mark_of(duty, user, today, *, is_own=False):
    state = state_of(duty, today)
    words = {"who": duty.person, "day": brussels_day(duty.due_on), "partner": duty.participation and duty.organisation}
    if duty.participation_id and not is_own:
        return OF_A_PARTNER[state]() % words, TONES[state]
    mine = duty.person_id == user.pk and state in MINE
    return (MINE if mine else OURS)[state]() % words, TONES[state]


def state_of(duty, today):
    if not duty.stays:
        return "free"
    if duty.stands_in(DutyPhase.DONE):
        return "done"
    return "over" if duty.is_over(today) else "held"


TONES = {"held": "info", "over": "bad", "done": "good", "free": "warning"}
OURS = {
    "held": lambda: _("%(who)s, until %(day)s"),
    "over": lambda: _("%(who)s, overdue since %(day)s"),
    "done": lambda: _("%(who)s is done"),
    "free": lambda: _("free again: %(who)s has left"),
}
MINE = {
    "held": lambda: _("yours, until %(day)s"),
    "over": lambda: _("yours, overdue since %(day)s"),
    "done": lambda: _("yours, done"),
}
OF_A_PARTNER = {
    "held": lambda: _("%(partner)s: %(who)s, until %(day)s"),
    "over": lambda: _("%(partner)s: %(who)s, overdue since %(day)s"),
    "done": lambda: _("%(partner)s: %(who)s is done"),
    "free": lambda: _("%(partner)s: free again, %(who)s has left"),
}


def duties_here(application, part, user, today, *, participation=None):
    """What stands at the head of the page of a part: each with its line and what may be done about it."""
    rows = Duty.objects.visible_to(user).given().filter(application=application, part=part.name)
    rows = rows.filter(participation=participation) if participation else rows
    return [line_of(one, user, today, is_own=bool(participation)) for one in rows.for_reading()]


def line_of(duty, user, today, *, is_own=False):
    words, tone = mark_of(duty, user, today, is_own=is_own)
    return {
        "duty": duty, "words": words, "tone": tone, "steps": DUTY.buttons(user, duty), "url": f"/duties/{duty.pk}/",
    }  # fmt: skip


# the page on which parts are given


def places_of(application):
    """{key: (part, participation or None)} of all that can be given: the parts, then each partner's own."""
    asked = asked_by(application.call)
    found = {part.name: (part, None) for part in asked}
    for one in application.participations.taking_part().select_related("organisation").order_by("organisation__name"):
        found |= {f"{part.name}.{one.pk}": (part, one) for part in asked if part.partners_own}
    return found


def label_of(part, participation):
    if participation is None:
        return part.label
    return _("%(part)s of %(partner)s") % {"part": part.label, "partner": participation.organisation}


def standing_duties(application):
    """{key: duty} of all that was ever given: its stamp is what a page rests on."""
    rows = Duty.objects.filter(application=application).for_reading()
    return {key_of(one): one for one in rows}


def key_of(duty):
    return f"{duty.part}.{duty.participation_id}" if duty.participation_id else duty.part


def table_of(places, duties, application, user, today):
    """Every part with who has it, until when, what is wanted, and what may be done about it."""
    found = []
    for key, (part, participation) in places.items():
        one = duties.get(key)
        given = one is not None and not one.stands_in(DutyPhase.FREE)
        if given:
            one.application = application
        found.append({"label": label_of(part, participation), **(line_of(one, user, today) if given else {})})
    return found
