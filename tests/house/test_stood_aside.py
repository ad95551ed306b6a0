"""Whoever stood aside for a conflict ceases all activity in the matter (FR Art. 61): each step of the office has a bar.

A step without one stands here with its reason, so that a new one is thought about once.
"""

import re

from core.lives import workflows

MATTER = {"programmes", "applications", "evaluation", "awards"}  # the apps whose rows belong to a call
OFFICE = re.compile(r"is_(officer|commission|authorising)")
UNOPENED = "before the closing time nobody has read an application, so nobody can have stood aside"
PUBLIC = "of the questions, which close before the applications are read; the answer is every reader's"
EACH = "made of rows that are judged one by one: those of the conflict are left out of it"

WITHOUT = {
    "programmes: call": {
        "prepare": UNOPENED,
        "edit": UNOPENED,
        "publish": UNOPENED,
        "correct": UNOPENED,
        "publish_correction": UNOPENED,
        "drop_correction": UNOPENED,
        "recall": UNOPENED,
    },
    "programmes: question": {"answer": PUBLIC, "correct": PUBLIC, "withdraw": PUBLIC, "decline": PUBLIC},
    "applications: check batch": {"propose": EACH, "confirm": EACH, "discard": EACH, "take_back": EACH},
    "evaluation: batch": {"propose": EACH, "confirm": EACH, "discard": EACH, "take_back": EACH},
    "evaluation: assessment": {"stand_aside": "it is the standing aside itself"},
    "evaluation: scenario": {"withdraw": "takes back a supposition of one's own; nothing rests on it"},
    "awards: letter": {
        "write": "inside the issuing and the replacing of letters, which have the bar",
        "remind": "sends the same notice of a letter that is there; it can say and move nothing",
    },
    "awards: offer": {"make": "inside the issuing of letters, which has the bar"},
}


def of_the_office(step):
    return OFFICE.search(step.allowed.name) is not None


def is_barred(step):
    return any("conflict" in bar.name or "blind" in bar.name for bar in step.bars)


def without_a_bar():
    found = {}
    for title, workflow in workflows():
        if title.partition(":")[0] in MATTER:
            names = {one.name for one in workflow.steps.values() if of_the_office(one) and not is_barred(one)}
            found |= {title: names} if names else {}
    return found


def test_each_step_of_the_office_is_shut_by_a_conflict_or_says_why_not():
    assert without_a_bar() == {title: set(names) for title, names in WITHOUT.items()}
