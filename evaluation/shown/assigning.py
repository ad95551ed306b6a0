"""What an officer may assign, whom, and why a proposal came out as it did, in words."""

from math import ceil

from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import is_assessor, is_evaluator
from applications.models import Application
from core.counting import number_of
from evaluation.models import Assessment, Consensus
from evaluation.querysets import kept_from


def applications_to_assign(call, officer):
    """Those whose evaluators may still be chosen, by an officer who does not judge them."""
    return (
        Application.objects.visible_to(officer)
        .of_call(call)
        .evaluable()
        .exclude(pk__in=Consensus.objects.of_call(call).current().standing().values("application"))
        .exclude(pk__in=kept_from(officer).values("pk"))
    )


def judges(*, officers=False):
    """Who may be asked: evaluators, and officers where wanted."""
    return User.objects.of(is_assessor if officers else is_evaluator)


def standing_of(call, officer):
    """{all, short, missing}: applications that may be assigned, those short of evaluators, the places still open."""
    counting = Assessment.objects.current().counting()
    rows = applications_to_assign(call, officer).annotate(have=number_of(counting, "application"))
    rows = rows.annotate(lacking=Greatest(Value(call.evaluators_wanted) - F("have"), 0))
    return rows.aggregate(
        all=Count("pk"), short=Count("pk", filter=Q(lacking__gt=0)), missing=Coalesce(Sum("lacking"), 0)
    )


def why(line):
    """Why this evaluator for this application, as the proposal found it."""
    facts = line.facts
    if not facts:
        return _("as the file says")
    words = {"person": line.evaluator.name, **facts}
    if line.batch.is_of_rapporteurs:
        return (
            _(
                "Of %(free)d who signed and may write it: %(person)s, who would have %(load)d; everybody has between "
                "%(least)d and %(most)d."
            )
            % words
        )
    sentence = ngettext(
        "Nothing bars %(free)d evaluator: %(person)s, whose load becomes %(load)d; all loads lie between %(least)d and "
        "%(most)d.",
        "Nothing bars %(free)d evaluators, of them %(person)s, whose load becomes %(load)d; all loads lie between "
        "%(least)d and %(most)d.",
        facts["free"],
    )
    return " ".join([sentence % words, *what_fits(facts)])


def what_fits(facts):
    if not facts.get("words"):
        return []
    return [_("Of the expertise, the application touches: %(words)s.") % {"words": ", ".join(facts["words"])}]


def lacks(one):
    """Which rule leaves an application short, and by how much: a line of `Batch.lacking`."""
    found = [
        ngettext(
            "%(number)s still lacks %(missing)d evaluator.", "%(number)s still lacks %(missing)d evaluators.",
            one["missing"],
        ),
        ngettext("%(barred)d has a conflict.", "%(barred)d have a conflict.", one["barred"]) if one["barred"] else "",
        ngettext("%(full)d is at the limit.", "%(full)d are at the limit.", one["full"]) if one["full"] else "",
        ngettext(
            "%(housed)d is of the organisation of one who assesses it.",
            "%(housed)d are of the organisation of one who assesses it.", one["housed"],
        ) if one["housed"] else "",
    ]  # fmt: skip
    return " ".join(sentence % one for sentence in found if sentence)


def lacks_rapporteur(one):
    """Why an application is proposed nobody: a line of `Batch.lacking` of rapporteurs."""
    if one["full"]:
        return _("%(number)s: everybody who signed is at the limit.") % one
    return _("%(number)s: nobody who signed may judge any more. Replace an evaluator first.") % one


def limit_too_low(terms):
    """How far the limits are from serving everybody, and who cannot be asked at all; or an empty text."""
    return " ".join(sentence for sentence in (no_room(terms), nobody_there(terms)) if sentence)


def nobody_there(terms):
    away = terms.get("away", 0)
    if not away or not terms.get("missing"):
        return ""
    return ngettext(
        "%(away)d evaluator cannot be asked now: the register or the pool says why.",
        "%(away)d evaluators cannot be asked now: the register or the pool says why.", away,
    ) % {"away": away}  # fmt: skip


def no_room(terms):
    limit, people, missing = terms.get("limit"), terms.get("people", 0), terms.get("missing", 0)
    room = terms.get("room", limit and limit * people)  # proposals of before this had one limit for everybody
    if room is None or not missing or not people:
        return ""
    wanted = terms["taken"] + missing
    if wanted <= room:
        return ""
    words = {"limit": limit, "people": people, "room": room, "wanted": wanted, "more": wanted - room}
    if not limit or room < limit * people:
        sentence = _(
            "The limits that %(people)d evaluators have given leave room for %(room)d assessments, %(wanted)d are "
            "wanted: %(more)d too few."
        )
        return sentence % words
    sentence = _(
        "The limit of %(limit)d lets %(people)d evaluators take %(room)d assessments, %(wanted)d are wanted: "
        "%(more)d too few. A limit below %(least)d cannot do."
    )
    return sentence % (words | {"least": ceil(wanted / people)})
