"""What the pages of a decision show, put into words, cells and pictures."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import label_of as role_label
from applications.states import ApplicationPhase
from awards import deadlines
from awards.budget import contribution_of, left_of
from awards.models import DecisionLine
from awards.permissions import reasons_against
from awards.shown.tones import LETTER_TONES, OUTCOME_TONES
from awards.states import BEFORE, DecisionPhase, DecisionStatus
from core.cells import Cell
from core.charts import stacked_bar
from core.days import day_of
from core.formats import brussels, brussels_day, euro, percent
from core.phases import for_each

P = DecisionPhase
PLACE_OF = for_each(DecisionStatus, {P.PREPARED: 0, P.PROPOSED: 1, P.DECIDED: 2, P.ISSUED: 3, P.DISCARDED: 0})
Outcome = DecisionLine.Outcome


# the whole decision


def steps_bar(decision):
    """Where it stands on its way."""
    labels = [_("Prepared"), _("Sent to the authorising officer"), _("Decided"), _("Letters issued")]
    here = PLACE_OF[decision.status]
    states = ["done" if place <= here else "current" if place == here + 1 else "todo" for place in range(len(labels))]
    return list(zip(labels, states, strict=True))


def facts_of(decision):
    call = decision.call
    facts = [
        (_("Call"), f"{call.reference} – {call.title}"),
        (_("Cause"), decision.get_cause_display()),
        (_("Ranked list signed"), brussels(decision.ranked_list.signed_at)),
        (_("SHA-256 of the ranked list"), decision.ranked_list.sha256),
        (_("Prepared by"), f"{decision.prepared_by}, {brussels(decision.prepared_at)}"),
    ]
    if decision.decided_by:
        facts += [
            (_("Number"), decision.number),
            (_("Decided by"), f"{decision.decided_by}, {brussels(decision.decided_at)}"),
            (_("Reasons"), decision.reasons),
        ]
    if decision.issued_at:
        facts.append((_("Letters issued"), brussels(decision.issued_at)))
    return facts


def others_of(decisions):
    """The other decisions on the call: what the last one says of an application is in force."""
    return [
        (_("Another decision on this call"), Cell(f"{one} – {one.get_cause_display()}", url=one.get_absolute_url()))
        for one in decisions
    ]


def figures_of(lines):
    return [
        (count_of(lines, Outcome.AWARD), _("awards")),
        (euro(awarded(lines)), _("awarded")),
        (count_of(lines, Outcome.RESERVE), _("on the reserve list")),
        (count_of(lines, Outcome.REJECTION), _("rejected")),
    ]


def awarded_beside(decision):
    """Euro that earlier decisions award to applications this one is not about."""
    return DecisionLine.objects.beside(decision).awarded()


def count_of(lines, outcome):
    return sum(line.outcome == outcome for line in lines)


def awarded(lines):
    return sum((line.contribution for line in lines), Decimal(0))


def budget_bar(decision, lines):
    spent, beside, budget = awarded(lines), awarded_beside(decision), decision.ranked_list.budget
    parts = [(_("Awarded"), spent), (_("Left"), max(left_of(budget, beside + spent), Decimal(0)))]
    if beside:
        parts.insert(0, (_("Awarded by earlier decisions"), beside))
    title = _("Budget of %(budget)s") % {"budget": euro(budget)}
    return stacked_bar(title, parts, show=euro, columns=(_("Part"), _("Amount")), of=budget)


def overspent(decision, lines):
    """The sentence that says by how much the awards exceed the budget, while that can still be mended."""
    budget = decision.ranked_list.budget
    over = -left_of(budget, awarded_beside(decision) + awarded(lines))
    if over <= 0 or not decision.stands_in(BEFORE):
        return ""
    share = percent((over * 100 / budget).quantize(Decimal("0.1"))) if budget else "–"
    return _(
        "The awards exceed the budget of %(budget)s by %(over)s (%(share)s of it). Lower or withdraw an award before"
        " this is sent to the authorising officer."
    ) % {"budget": euro(budget), "over": euro(over), "share": share}


def figures_of_places(entries):
    """What the signed list proposes, before there are lines."""
    main = [entry for entry in entries if entry.place == "MAIN"]
    return [
        (len(main), _("proposed for award")),
        (euro(sum((entry.contribution for entry in main), Decimal(0))), _("proposed in all")),
        (sum(entry.place == "RESERVE" for entry in entries), _("for the reserve list")),
        (sum(entry.place == "REJECTED" for entry in entries), _("for rejection")),
    ]


def deciders(decision, people):
    """Name, entity and whether each authorising officer may decide; four eyes in words."""
    return [[one.name, one.entity, verdict(reasons_against(one, decision))] for one in people]


def verdict(against):
    if against:
        return Cell(" ".join(str(sentence) for sentence in against), tone="warning")
    return Cell(_("may decide"), tone="good")


def alarm_of(decision, at):
    """(kind of notification, sentence) while a legal time limit runs; nothing once the letters are out."""
    if decision.issued_at or decision.ordinal > 1:
        return None
    last = decision.call.inform_by or deadlines.inform_by(decision.call.closes_at)
    late = day_of(at) > last
    words = {"day": brussels_day(last)}
    if late:
        return "error", _("Applicants had to be informed by %(day)s. Issue the letters as soon as you can.") % words
    return "info", _("Applicants have to be informed by %(day)s: six months from the closing time of the call.") % words


def timeline_of(records, workflow):
    return [
        {
            "at": entry.at,
            "title": label_of(entry.act, workflow),
            "by": f"{entry.actor_name} ({role_label(entry.actor_role)})",
            "text": entry.reason,
        }
        for entry in records
    ]


def label_of(act, workflow):
    step = workflow.steps.get(act.rpartition(".")[2])
    return step.label if step else act


# its lines


def rows_of(lines, letters, *, may_deviate):
    """For each line its cells, each with the name of its column: a table on a wide screen, cards on a narrow one."""
    return [row_of(line, letters.get(line.application_id), may_deviate=may_deviate) for line in lines]


def row_of(line, letter, *, may_deviate):
    application = line.application
    name = f"{application.reference} {application.acronym}"
    tone = "warning" if line.deviates else OUTCOME_TONES[line.outcome]
    cells = [
        (_("Rank"), Cell(line.rank or "–")),
        (_("Application"), Cell(name, url=application.get_absolute_url())),
        (_("Applicant"), Cell(f"{application.applicant.name} ({application.applicant.member_state})")),
        (_("Outcome"), Cell(outcome_of(line), tone=tone)),
        (_("Maximum grant"), Cell(euro(line.contribution) if line.contribution else "–")),
        (_("Rate"), Cell(percent(line.rate) if line.contribution else "–")),
        (_("Reason"), Cell(line.reason)),
        (_("Letter"), letter_cell(line, letter)),
    ]
    return [*cells, (_("Change"), change_cell(line))] if may_deviate else cells


def change_cell(line):
    return Cell(_("Deviate"), url=reverse("deviate", args=[line.pk]))


def outcome_of(line):
    label = line.get_outcome_display()
    if line.stage:
        label = f"{label} ({line.get_stage_display()})"
    if line.application.stands_in(ApplicationPhase.RETRACTED):
        label = f"{label} – {_('withdrawn since')}"
    return f"{label} – {_('deviates from the list')}" if line.deviates else label


def letter_cell(line, letter):
    if letter is None:
        return Cell(_("Preview"), url=reverse("letter_preview", args=[line.pk]))
    return Cell(letter.get_status_display(), url=letter.get_absolute_url(), tone=LETTER_TONES[letter.status])


def no_place(line):
    return _("none: below a threshold") if line.stage == "THRESHOLD" else _("none: it failed a check")


def facts_of_line(line):
    application, call = line.application, line.application.call
    offered = contribution_of(application.requested, call.max_contribution)
    budget = line.decision.ranked_list.budget
    return [
        (_("Application"), f"{application.reference} {application.acronym} – {application.title}"),
        (_("Applicant"), application.applicant.name),
        (_("Place on the ranked list"), line.rank or no_place(line)),
        (_("Now decided"), outcome_of(line)),
        (_("Asked for"), euro(application.requested)),
        (_("Highest possible grant"), euro(offered)),
        (_("Left of the budget"), euro(left_of(budget, line.decision.lines.awarded() + awarded_beside(line.decision)))),
    ]
