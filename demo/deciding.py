"""The award decision and its letters."""

from accounts.models import User
from awards.actions import (
    confirm_letter_read,
    decide,
    deviate,
    issue_letters,
    open_letter,
    prepare_decision,
    propose_decision,
    write_owed_letters,
)
from awards.models import Decision, Letter
from demo.moments import chance
from demo.people import authorising_officer, officer, second_officer


def prepare(call, *, at):
    return prepare_decision(Decision(call=call), by=officer(), at=at)


def the_decision(call):
    """The last one prepared; the calls of the demo have one."""
    return Decision.objects.of_call(call).newest_first().first()


def deviate_from_list(call, said, *, at):
    """Another amount than the committee's list has, with its reason."""
    for one in said:
        line = the_decision(call).lines.filter(application__acronym=one["acronym"]).first()
        if line is not None:
            deviate(
                the_decision(call), by=second_officer(), at=at, line=line, outcome=one["outcome"],
                contribution=one["contribution"], reason=one["reason"],
            )  # fmt: skip


def propose(call, *, at):
    return propose_decision(the_decision(call), by=officer(), at=at)


def take(call, reasons, *, at):
    return decide(the_decision(call), by=authorising_officer(), at=at, reason=reasons)


def issue(call, *, at):
    decision = issue_letters(the_decision(call), by=officer(), at=at)
    write_owed_letters(decision, at=at)  # the worker of that day
    return decision


def read_letters(call):
    """Most confirm, some only open their letter, some have not looked yet. Today: the worker has sent them today."""
    for letter in Letter.objects.of_call(call).unread().select_related("application__applicant"):
        by = User.objects.speaking_for(letter.application.applicant).first()
        habit = chance("letter", letter.application.acronym, below=10)
        if habit < 8:
            open_letter(letter, by=by)
        if habit < 6:
            confirm_letter_read(letter, by=by)
