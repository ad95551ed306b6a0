"""One application, from its first line to the receipt, by the acts of its authority."""

from datetime import timedelta
from uuid import uuid4

from applications.actions import (
    add_attachment,
    edit_application,
    start_application,
    submit_application,
    withdraw_application,
)
from applications.content import content_of
from applications.declarations import Declaration
from applications.models import Application
from demo.budgets import budget_of
from demo.moments import a_while_before, at_work, day_in, moment_in
from demo.papers import paper, work_package
from demo.people import applicant_of
from demo.tables import mail_of, organisations

PARTS = (("identity", "partners", "content"), ("timetable", "budget", "declarations"))
A_WEEK_OF_WORK = timedelta(days=6)


def hand_in_all(every, call, *, day, latest):
    """In the order in which they came in, so that their numbers follow it; what was never sent comes last."""
    for said in sorted(every, key=lambda one: sent_at(one, day) or call.closes_at):
        hand_in(said, call, day=day, latest=latest)


def hand_in(said, call, *, day, latest):
    """Prepare a proposal as far as its table says, submit it if it says when; drafts were last saved by `latest`."""
    by = applicant_of(said)
    sent = sent_at(said, day)
    saved = last_saved(said, before=sent or latest)
    application = begin(said, call, by=by, at=max(call.opens_at, saved - A_WEEK_OF_WORK))
    write(application, said, by=by, at=saved, day=day)
    attach(application, said, by=by, at=saved)
    if sent:
        submit_application(application, by=by, at=sent)
    if sentence := said.get("edited"):
        add_sentence(application, said, sentence, by=by, at=sent + A_WEEK_OF_WORK / 2)
    if withdrawn := moment_in(said, "withdrawn", day):
        withdraw_application(application, by=by, at=withdrawn, reason=said["withdrawn_reason"])
    return application


def add_sentence(application, said, sentence, *, by, at):
    """An edit that waits to be submitted again."""
    summary = f"{said['summary']} {sentence}"
    return edit_application(application, by=by, at=at, content={"summary": summary})


def last_saved(said, *, before):
    moment = at_work(a_while_before(before, said["acronym"], "saved", hours=60))
    return min(moment, before - timedelta(minutes=50))


def sent_at(said, day):
    """Where only a day is said, the hour is drawn."""
    moment = moment_in(said, "sent", day)
    return a_while_before(moment, said["acronym"]) if "sent_in" in said else moment


def begin(said, call, *, by, at):
    return start_application(Application(call=call, applicant=by.organisation), by=by, at=at)


def write(application, said, *, by, at, day):
    """Two sessions of work, whatever the draft still lacks left out."""
    sections = sections_of(application, said, day)
    for place, names in enumerate(PARTS):
        given = {name: sections[name] for name in names if name not in said.get("lacks", ())}
        if given:
            edit_application(application, by=by, at=at - timedelta(hours=len(PARTS) - place), **given)


def sections_of(application, said, day):
    lead = application.partners.get()
    partners = [lead_of(lead), *(partner_of(key) for key in said["with"])]
    lacks = said.get("lacks", ())
    return {
        "identity": {"acronym": said["acronym"], "title": said["title"]},
        "partners": partners,
        "content": {
            "summary": said["summary"], "description": description_of(said),
            "objectives": list(said["so"]), "actions": list(said["actions"]),
        },
        "timetable": {} if "timetable" in lacks else timetable_of(said, day),
        "budget": {} if "budget" in lacks else budget_of(said, [one["id"] for one in partners], application.call),
        "declarations": Declaration.values,
    }  # fmt: skip


def lead_of(lead):
    return {
        "id": str(lead.pk), "is_coordinator": True,
        "contact_name": lead.contact_name, "contact_email": lead.contact_email,
    }  # fmt: skip


def partner_of(key):
    said = organisations()[key]
    return {
        "id": str(uuid4()), "name": said["name"], "country": key[:2].upper(), "kind": said["kind"],
        "contact_name": said.get("person", ""), "contact_email": mail_of(key) if "mail" in said else "",
    }  # fmt: skip


def description_of(said):
    parts = {
        "Needs": said["need"],
        "Activities": "\n".join(f"– {one['title']}: months {one['first_month']} to {one['last_month']}"
                                for one in map(work_package, said["work"])),
        "Expected results": said["results"],
    }  # fmt: skip
    return "\n\n".join(f"{title}\n{text}" for title, text in parts.items() if text)


def timetable_of(said, day):
    return {
        "starts_on": day_in(said, "starts", day),
        "months": said["months"],
        "milestones": [work_package(text) for text in said["work"]],
    }


def attach(application, said, *, by, at):
    if "attachments" in said.get("lacks", ()):
        return
    application.refresh_from_db()
    call, content = application.call, content_of(application)
    for kind in call.required_attachments:
        add_attachment(application, paper(kind, said, call, content), kind=kind, by=by, at=at)
