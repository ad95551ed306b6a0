"""Every address of the site with the rows it is tried on; a new address with a row in it must say on which."""

import re
from uuid import UUID

from django.urls import get_resolver, reverse

from accounts.states import (
    ACCESS_LINE,
    ACCESS_REVIEW,
    ADDRESS_CHANGE,
    IDENTITY,
    INVITATION,
    MEMBERSHIP,
    ORGANISATION,
    USER,
)
from applications.states import APPLICATION, CHECK, CHECK_BATCH, CLARIFICATION, DUTY, HEARING, PARTICIPATION, REMARK
from audit.models import AuditRecord
from awards.states import DECISION, LETTER, OFFER, REDRESS
from evaluation.states import ASSESSMENT, BATCH, CONSENSUS, ENTRY, POOL_MEMBER, RANKED_LIST, RULING, SCENARIO, SEAT
from programmes.states import CALL, QUESTION
from promises.states import PROMISE
from reports.states import FINDING, REPORT_FILE, SAMPLE
from tests.attack.world import SECRET

NOBODY = UUID(int=0)
SECTIONS = ["identity", "budget", "attachments"]


def routes():
    """{name: names of its parameters}; a name that serves two patterns once for each."""
    return sorted({(name, tuple(params)) for name, params in walk(get_resolver().url_patterns) if name})


def walk(patterns, before=""):
    for one in patterns:
        path = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from walk(one.url_patterns, path)
        else:
            yield one.name, re.findall(r"<(?:\w+:)?(\w+)>", path)


def doors(world):
    """[(label of the row, address)] of everything there is."""
    rows = rows_of(world)
    found = []
    for name, params in routes():
        if not params:
            found.append((name, reverse(name)))
            continue
        for label, kwargs in rows[name, params]:
            found.append((f"{name} {label}", reverse(name, kwargs=kwargs)))
    return found


def rows_of(world):
    """{(name, parameters): [(label, values)]}: a KeyError here names an address without a row."""
    rows = things_of(world)
    table = {}
    for thing, workflow in WORKFLOWS.items():
        table |= {(name, ("pk",)): by_pk(rows[thing]) for name in PAGES.get(thing, ())}
        table |= {(f"{API[thing]}-{name}", ("pk",)): by_pk(rows[thing]) for name in API_PAGES.get(thing, ())}
        table[f"{thing}_step", ("pk", "step")] = by_step(rows[thing], workflow)
        table |= {(name, ("pk", "step")): by_step(rows[thing], workflow) for name in previews_of(workflow)}
        if thing in API:
            table[f"{API[thing]}-take-step", ("pk", "step")] = by_step(first_of(rows[thing]), workflow)
    for thing, names in BELOW.items():
        table |= {(name, ("pk",)): by_pk(rows[thing]) for name in names}
    return table | particular_rows(world, rows)


def previews_of(workflow):
    return {step.preview for step in workflow.steps.values() if step.preview}


def things_of(world):
    """{kind of row: {label: row}}"""
    open_, evaluated, decided, house = world.open, world.evaluated, world.decided, world.house
    judged = decided.entries[0].assessments.get(evaluator=decided.evaluators[0])
    applications = {
        "sent": open_.sent, "draft": open_.draft, "withdrawn": open_.back, "unsent": evaluated.draft,
        "evaluated": evaluated.first, "agreeing": evaluated.second, "decided": decided.entries[0],
        "excluded": decided.excluded,
    }  # fmt: skip
    return {
        "call": {"draft": world.draft_call, "open": open_.call, "evaluated": evaluated.call,
                 "proposed": world.proposed.call, "decided": decided.call},
        "application": applications,
        "question": {"waiting": world.question, "answered": world.answered},
        "file": {key: applications[key].attachments.first() for key in ("sent", "evaluated", "decided")},
        "receipt": {key: applications[key].receipts.first() for key in ("sent", "withdrawn", "evaluated", "decided")},
        "draft_paper": {"sent": world.draft_paper},
        "clarification": {"waiting": world.wanted, "answered": world.clarified},
        "clarification_file": {"answered": world.clarified.files.get()},
        "participation": {"invited": world.participation},
        "remark": {"open": world.remark},
        "duty": {"given": world.duty},
        "hearing": {"sent": world.noticed, "settled": world.settled},
        "hearing_file": {"settled": world.settled.files.get()},
        "check_batch": {"proposed": evaluated.check_batch},
        "check": {key: applications[key].checks.first() for key in ("evaluated", "decided")},
        "assessment": {"mine": evaluated.mine, "signed": evaluated.other, "undeclared": evaluated.undeclared,
                       "conflict": evaluated.conflict, "decided": judged},
        "batch": {"proposed": evaluated.batch},
        "consensus": {"agreeing": evaluated.consensus, "decided": decided.entries[0].consensus_reports.get()},
        "register_entry": {"evaluators": evaluated.entry},
        "pool_member": {"invited": world.invited, "accepted": world.accepted},
        "ruling": {"lifted": evaluated.ruling},
        "seat": {"declared": evaluated.seat, "decided": decided.call.seats.first()},
        "ranked_list": {"decided": decided.ranked_list},
        "scenario": {"kept": decided.scenario},
        "decision": {"proposed": world.proposed, "decided": decided.decision},
        "line": {"proposed": world.proposed.lines.first(), "decided": decided.decision.lines.first()},
        "offer": {"open": world.offer},
        "redress": {"filed": world.redress},
        "letter": {
            "waiting": world.waiting,
            "read": decided.decision.letters.get(application=decided.entries[0]),
            "sent": decided.decision.letters.get(application=decided.entries[2]),
        },
        "promise": {"hidden": house.hidden, "failed": house.failed},
        "invitation": {"open": house.invitation},
        "address_change": {"asked": world.address_change, "for_another": world.address_for},
        "identity": {"stranger": world.identity},
        "access_review": {"open": world.access_review},
        "access_line": {"officer": world.access_line, "admin": world.access_of_admin},
        "organisation": {"owner": world.owner.organisation},
        "role": {"owner": world.owner.memberships.get(), "officer": world.officer.memberships.get()},
        "report_file": {"ranked": house.file},
        "pack": {"decided": house.pack},
        "finding": house.findings,
        "sample": house.samples,
        "proof_run": {"faulty": house.proof_run},
        "record": {"decided": first_record(decided.entries[0]), "hidden": first_record(open_.sent)},
    }  # fmt: skip


def first_record(application):
    return AuditRecord.objects.within(application=application.pk).earliest("pk")


def particular_rows(world, rows):
    """Addresses that take more, or something else, than one id."""
    fund = [("", {"code": world.fund.code})]
    return {
        ("application_edit", ("pk", "section")): [
            (f"{label}.{section}", {"pk": rows["application"][label].pk, "section": section})
            for label in ("sent", "evaluated") for section in SECTIONS
        ],
        ("participation_edit", ("pk", "section")): [
            (f"invited.{section}", {"pk": world.participation.pk, "section": section})
            for section in ("partners", "budget", "content")
        ],
        ("remark", ("pk", "section")): [
            (f"{label}.content", {"pk": rows["application"][label].pk, "section": "content"})
            for label in ("sent", "evaluated")
        ],
        ("participation_remark", ("pk", "section")): [
            ("invited.partners", {"pk": world.participation.pk, "section": "partners"})
        ],
        ("log_tile", ("level", "number")): [("first", {"level": 0, "number": "000.p/1"})],
        ("log_entries", ("number",)): [("first", {"number": "000.p/1"})],
        ("log_record", ("sha256",)): [(key, {"sha256": row.hash}) for key, row in rows["record"].items()],
        ("log_consistency", ("earlier", "size")): [("first", {"earlier": 1, "size": 1})],
        ("application_start", ("call_pk",)): [(label, {"call_pk": row.pk}) for label, row in rows["call"].items()],
        ("address_word", ("secret",)): [("asked", {"secret": SECRET}), ("wrong", {"secret": "wrong"})],
        ("accept_invitation", ("secret",)): [("open", {"secret": SECRET}), ("wrong", {"secret": "wrong"})],
        ("close_account", ("pk",)): by_pk({"owner": world.owner}),
        ("person_step", ("pk", "step")): by_step({"owner": world.owner}, USER),
        **{(name, ("pk",)): by_pk({"owner": world.owner})
           for name in ("person", "person_address", "person_rename", "grant")},
        ("hand_over", ("pk",)): by_pk(rows["role"]),
        ("membership_step", ("pk", "step")): by_step(rows["role"], MEMBERSHIP),
        **{(f"organisation{name}", ("pk",)): by_pk(rows["organisation"])
           for name in ("", "_correct", "_rename", "_move", "_merge")},
        ("api-people-take-step", ("pk", "step")): by_step({"owner": world.owner}, USER),
        ("api-memberships-take-step", ("pk", "step")): by_step(rows["role"], MEMBERSHIP),
        ("api-organisations-take-step", ("pk", "step")): by_step(rows["organisation"], ORGANISATION),
        **{(f"api-memberships-{name}", ("pk",)): by_pk(rows["role"]) for name in ("detail", "hand-over")},
        **{(f"api-organisations-{name}", ("pk",)): by_pk(rows["organisation"])
           for name in ("detail", "correct", "rename", "move", "merge")},
        ("assign_person", ("pk", "person")): [
            (label, {"pk": row.pk, "person": world.officer.pk}) for label, row in rows["application"].items()
        ],
        ("rule_on_conflict", ("pk", "person")): [
            (label, {"pk": row.pk, "person": world.people["unassigned"].pk})
            for label, row in rows["application"].items()
        ],
        ("api-conflict-rulings-detail", ("pk",)): by_pk(rows["ruling"]),
        ("api-conflict-rulings-take-step", ("pk", "step")): by_step(rows["ruling"], RULING),
        ("end_session", ("name",)): [("wrong", {"name": "wrong"})],
        **{(name, ("pk",)): by_pk(rows["register_entry"]) for name in ("register_entry", "api-evaluators-detail")},
        ("api-evaluators-take-step", ("pk", "step")): by_step(rows["register_entry"], ENTRY),
        ("drop_token", ("digest",)): [("owner", {"digest": world.house.token.digest})],
        ("fund", ("code",)): fund, ("allocation", ("code",)): fund,
        ("api-funds-detail", ("code",)): fund, ("api-funds-what-if", ("code",)): fund,
        ("api_group", ("name",)): [("calls", {"name": "calls"}), ("wrong", {"name": "wrong"})],
        ("report", ("slug",)): [(slug, {"slug": slug}) for slug in SLUGS],
        **{(f"mfa_{name}_webauthn", ("pk",)): [("unknown", {"pk": 1})] for name in ("edit", "remove")},
        ("account_confirm_email", ("key",)): [("wrong", {"key": "wrong"})],
        ("account_reset_password_from_key", ("uidb36", "key")): [("wrong", {"uidb36": "1", "key": "x-y"})],
        ("api-people-detail", ("pk",)): by_pk({"owner": world.owner, "officer": world.officer}),
        ("api-people-close", ("pk",)): by_pk({"owner": world.owner}),
        ("api-trail-detail", ("pk",)): [
            (label, {"pk": f"{row.chain}:{row.sequence}"}) for label, row in rows["record"].items()
        ],
        ("api-report-files-take-step", ("pk", "step")): by_step(rows["report_file"], REPORT_FILE),
        **{(f"api-applications-receipt-{name}", ("pk", "receipt_id")): [
            (label, {"pk": row.application_id, "receipt_id": row.pk}) for label, row in rows["receipt"].items()
        ] for name in ("paper", "bundle")},
        **{(f"api-applications-{name}-clarification", ("pk", "clarification_id")): [
            (label, {"pk": row.application_id, "clarification_id": row.pk})
            for label, row in rows["clarification"].items()
        ] for name in ("reply", "extend", "withdraw")},
        **{(f"api-applications-{name}-hearing", ("pk", "hearing_id")): [
            (label, {"pk": row.application_id, "hearing_id": row.pk}) for label, row in rows["hearing"].items()
        ] for name in ("reply", "extend", "consider", "close", "withdraw")},
        ("api-applications-hearing-file", ("pk", "file_id")): [
            (label, {"pk": row.hearing.application_id, "file_id": row.pk})
            for label, row in rows["hearing_file"].items()
        ],
        ("api-applications-clarification-file", ("pk", "file_id")): [
            (label, {"pk": row.clarification.application_id, "file_id": row.pk})
            for label, row in rows["clarification_file"].items()
        ],
        ("api-applications-paper", ("pk", "paper_id")): [
            (label, {"pk": row.application_id, "paper_id": row.pk}) for label, row in rows["draft_paper"].items()
        ],
        ("api-applications-attachment", ("pk", "file_id")): [
            (label, {"pk": row.application_id, "file_id": row.pk}) for label, row in rows["file"].items()
        ],
    }  # fmt: skip


WORKFLOWS = {
    "call": CALL, "application": APPLICATION, "check": CHECK, "assessment": ASSESSMENT, "consensus": CONSENSUS,
    "batch": BATCH, "check_batch": CHECK_BATCH, "clarification": CLARIFICATION, "hearing": HEARING,
    "participation": PARTICIPATION, "remark": REMARK, "duty": DUTY,
    "seat": SEAT, "pool_member": POOL_MEMBER, "ranked_list": RANKED_LIST, "scenario": SCENARIO,
    "decision": DECISION, "letter": LETTER,
    "promise": PROMISE, "invitation": INVITATION, "offer": OFFER, "redress": REDRESS, "question": QUESTION,
    "address_change": ADDRESS_CHANGE, "access_review": ACCESS_REVIEW, "access_line": ACCESS_LINE,
    "finding": FINDING, "sample": SAMPLE, "identity": IDENTITY,
}  # fmt: skip
PAGES = {
    "call": ("call", "opportunity", "call_checks", "call_calendar", "call_edit", "call_form", "form_preview",
             "call_correct", "call_questions", "question_ask", "call_follow", "call_unfollow", "evaluation_of_call",
             "assign",
             "assign_automatically", "assign_file", "assign_workbook", "appoint_rapporteur", "propose_rapporteurs",
             "committee", "conflicts", "scenarios",
             "scenarios_beside", "pool", "pool_choose", "pool_invite", "draw_up", "prepare_decision",
             "prepare_again", "evaluate_again"),
    "application": ("application", "application_missing", "application_edit", "attachment_add", "application_submit",
                    "condition_add", "clarification_ask", "hearing_send", "standing_order", "take_away", "proposal_zip",
                    "application_copy", "budget_file", "budget_workbook", "choose_partner",
                    "partners_desk", "duties",
                    "stand_aside", "bar_person", "assign_one", "application_life"),
    "clarification": ("clarification", "clarification_extend"), "participation": ("participation",),
    "hearing": ("hearing", "hearing_extend"),
    "batch": ("batch", "assignments_progress"), "check_batch": ("check_batch", "check_batch_progress"),
    "assessment": ("assessment",), "pool_member": ("pool_member", "pool_decline"),
    "consensus": ("consensus", "hand_on", "pass_over"),
    "ranked_list": ("ranked_list", "settle_tie", "sureness", "suppose"), "scenario": ("scenario",),
    "decision": ("decision",), "letter": ("letter", "letter_pdf", "file_redress"), "redress": ("redress",),
    "question": ("question", "question_answer", "question_correct"), "address_change": ("address_change",),
    "access_review": ("access_review", "keep_many"), "access_line": ("access_line", "keep_access", "end_access"),
    "finding": ("finding", "finding_edit", "finding_extend", "finding_replace"),
    "sample": ("sample", "sample_file"),
}  # fmt: skip
API = {
    "call": "api-calls", "promise": "api-promises", "application": "api-applications", "check": "api-checks",
    "check_batch": "api-check-batches", "participation": "api-participations", "duty": "api-duties",
    "remark": "api-remarks",
    "assessment": "api-assessments", "batch": "api-assignment-batches",
    "consensus": "api-consensus-reports", "seat": "api-seats", "pool_member": "api-pool-members",
    "ranked_list": "api-ranked-lists", "scenario": "api-scenarios",
    "decision": "api-decisions", "letter": "api-letters",
    "address_change": "api-address-changes",
    "access_review": "api-access-reviews", "access_line": "api-access-lines",
    "offer": "api-offers", "redress": "api-redress", "question": "api-questions", "finding": "api-findings",
}  # fmt: skip
API_PAGES = {
    "call": ("detail", "correct", "questions", "ask", "follow", "unfollow"),
    "participation": ("detail", "accept"), "duty": ("detail",), "remark": ("detail",),
    "promise": ("detail",), "check": ("detail",), "assessment": ("detail", "score"),
    "application": ("detail", "attachments", "attempts", "bundle", "clarifications", "conditions", "copies", "duties",
                    "hearings", "organisations", "papers", "receipts", "standing-order", "submit", "writers"),
    "batch": ("detail", "confirm", "lines"), "check_batch": ("detail", "lines"),
    "consensus": ("detail", "agree", "hand-on", "pass-over"),
    "seat": ("detail", "sign"), "pool_member": ("detail", "decline"),
    "ranked_list": ("detail", "entries", "settle", "sureness"), "scenario": ("detail", "outcome"),
    "decision": ("detail", "deviate", "letters", "letters-to-issue"), "letter": ("detail", "pdf"),
    "address_change": ("detail",),
    "access_review": ("detail", "keep", "lines"), "access_line": ("detail", "end", "keep"),
    "offer": ("detail",), "redress": ("detail",), "question": ("detail", "answer", "correct"),
    "finding": ("detail", "correct", "extend"),
}  # fmt: skip
BELOW = {
    "line": ("deviate", "letter_preview"),
    "decision": ("batch_progress",),
    "file": ("attachment", "attachment_move", "attachment_put_back", "attachment_remove", "attachment_replace"),
    "receipt": ("receipt", "receipt_pdf", "receipt_json", "receipt_zip"), "draft_paper": ("draft_paper_pdf",),
    "clarification_file": ("clarification_file",), "hearing_file": ("hearing_file",),
    "invitation": ("api-invitations-take-back",),
    "report_file": ("report_file", "report_file_progress", "report_file_bytes", "api-report-files-detail",
                    "api-report-files-fetch"),
    "pack": ("pack", "pack_progress", "pack_bytes"),
    "proof_run": ("proof_run", "proof_run_progress", "api-proof-runs-detail"),
}  # fmt: skip
SLUGS = ("submissions", "checks", "score-matrix", "audit-trail", "no-such-report")


def by_pk(rows):
    return [(label, {"pk": row.pk}) for label, row in rows.items()] + [("unknown", {"pk": NOBODY})]


def first_of(rows):
    """Pages have tried every row; the interface for programs asks the same workflow."""
    return dict([next(iter(rows.items()))])


def by_step(rows, workflow):
    """Every step on every row, also those no button offers."""
    steps = [*workflow.steps, "no_such_step"]
    return [(f"{label}.{step}", {"pk": row.pk, "step": step}) for label, row in rows.items() for step in steps]


def pk_of_record(application):
    return AuditRecord.objects.within(application=application.pk).order_by("pk").first().pk
