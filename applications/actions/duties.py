"""Parts of a proposal given to people until a day: handed on, taken back, done. It helps, and permits nothing."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.actions.remarks import require_written
from applications.models import Duty
from applications.models.duties import LONGEST_LINE
from applications.parts import PARTS, asked_by
from applications.states import DUTY, ParticipationPhase
from core.days import day_of
from core.errors import Incomplete, NotAllowed, Stale
from core.fields import CleanCharField
from core.formats import brussels_day
from core.versions import TOLD
from promises.actions import promise, tell_whose_turn
from promises.notices import next_look

KIND = "duties"


@DUTY.action("give")
def give_duty(duty, *, by, at, person, due_on, line=""):
    """`duty` is new: its application, part, and the participation if it is a partner's own part."""
    require_its_part(duty)
    entrust(duty, person, due_on, line, by=by, at=at)


@DUTY.action("hand_on")
def hand_on_duty(duty, *, by, at, person, due_on, line=""):
    entrust(duty, person, due_on, line, by=by, at=at)


@DUTY.action("finish")
def finish_duty(duty, *, by, at):
    require_under_way(duty, at)
    duty.done_at = at


@DUTY.action("reopen")
def reopen_duty(duty, *, by, at):
    require_under_way(duty, at)
    duty.done_at = None


@DUTY.action("take_back")
def take_back_duty(duty, *, by, at):
    require_written(duty.application, at)
    duty.done_at = None


def give_duties(application, wanted, *, by, key=None, **given):
    """Several at once, all or none. `wanted`: [(part, participation or None, the stamp that was seen, or None where
    nobody had it)]; `given`: to whom, until when, and what is wanted."""
    if not wanted:
        raise Incomplete({"parts": _("Choose at least one part.")})
    with transaction.atomic():
        return [give_one(application, *one, by=by, key=key, **given) for one in wanted]


def give_one(application, part, participation, seen, *, by, key, **given):
    row = Duty.objects.filter(application=application, part=part, participation=participation).first()
    if row is None:
        new = Duty(application=application, part=part, participation=participation)
        return give_duty(new, by=by, key=f"{key}:{part}:{new.participation_id}" if key else None, **given)
    if says(row, **given):
        return row  # sent twice, or a colleague did the same
    if seen is None:
        raise given_meanwhile(row)
    return hand_on_duty(row, by=by, base=seen, **given)


def says(row, *, person, due_on, line=""):
    return row.stands_in(DUTY.steps["finish"].sources) and (row.person_id, row.due_on, row.line) == (
        person.pk, due_on, line.strip()
    )  # fmt: skip


def given_meanwhile(row):
    words = {"part": PARTS[row.part].label, "who": row.given_by, "person": row.person, "day": brussels_day(row.due_on)}
    sentence = _(
        "%(who)s gave “%(part)s” to %(person)s until %(day)s, after you opened this page. Nothing was changed."
    )
    return Stale(sentence % words)


def entrust(duty, person, due_on, line, *, by, at):
    require_written(duty.application, at)
    require_one_of_them(duty, person)
    require_day(duty.application.call, due_on, at)
    duty.person, duty.due_on, duty.line = person, due_on, line_of(line)
    duty.given_by, duty.given_at, duty.done_at = by, at, None
    tell_whose_turn(duty)
    promise(KIND, duty.application, due_at=next_look(at))


# guards


def require_its_part(duty):
    part = PARTS.get(duty.part)
    if part not in asked_by(duty.application.call):
        raise Incomplete({"parts": _("The call does not ask for this part; leave it out.")})
    if duty.participation_id is None:
        return
    of_it = duty.participation.application_id == duty.application_id
    if not (of_it and part.partners_own and duty.participation.stands_in(ParticipationPhase.TAKING_PART)):
        raise Incomplete({"parts": _("This is no part of a partner that takes part.")})


def require_under_way(duty, at):
    require_written(duty.application, at)
    if duty.participation_id and not duty.participation.stands_in(ParticipationPhase.TAKING_PART):
        raise NotAllowed(_("Your organisation takes no part in this proposal, or not any more. Nothing was saved."))


def require_one_of_them(duty, person):
    if not User.objects.speaking_for(duty.organisation).filter(pk=person.pk).exists():
        words = {"person": person, "organisation": duty.organisation, "part": PARTS[duty.part].label}
        sentence = _("%(person)s does not write for %(organisation)s: “%(part)s” cannot be given to this person.")
        raise Incomplete({"person": sentence % words})


def require_day(call, due_on, at):
    last = day_of(call.closes_at)
    if not isinstance(due_on, date) or not day_of(at) <= due_on <= last:
        sentence = _("Choose a day from today until %(day)s, when the call closes.")
        raise Incomplete({"due_on": sentence % {"day": brussels_day(last)}})


def line_of(text):
    try:
        return CleanCharField(required=False, max_length=LONGEST_LINE).clean(text)
    except ValidationError as wrong:
        raise Incomplete({"line": " ".join(wrong.messages)}) from wrong


def told(was, now):
    """The difference of two people, in words."""
    names = {str(one.pk): one.name for one in User.objects.filter(pk__in=[one for one in (was, now) if one])}
    words = {"was": names.get(str(was), ""), "now": names.get(str(now), "")}
    return _("Given to: was “%(was)s”, is now “%(now)s”") % words


TOLD["applications.duty", "person_id"] = told
