"""Whatever three people do to one draft from old pages, on a bad line: nothing that was acknowledged is ever lost."""

import json
from itertools import count
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from applications.actions import Sent, edit_application
from applications.models import Application
from applications.parts import PARTS, form_of
from core.errors import WrongState
from tests.applications.factories import a_draft, an_owner
from tests.factories import NOON, a_call, an_applicant

pytestmark = pytest.mark.django_db
PEOPLE = st.sampled_from(["Anna", "Bram", "Carmen"])
FATES = st.sampled_from(["heard", "heard", "heard", "answer lost", "request lost"])
ANSWERS = st.sampled_from(["title", "acronym", "summary", "partner", "costs"])
PARTS_USED = ("identity", "partners", "content", "budget")


class ThreeAtOneDraft(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        owner, self.partner = an_owner(), str(uuid4())
        self.draft = a_draft(by=owner, call=a_call())
        said = [{"id": self.partner, "name": "Malta", "country": "MT", "kind": "LAW"}]
        edit_application(self.draft, by=owner, at=NOON, partners=said)
        self.users = {name: an_applicant(owner.organisation, name=name) for name in ("Anna", "Bram", "Carmen")}
        self.pages, self.unheard, self.sent, self.acknowledged = {}, {}, [], set()
        self.settled, self.numbers = set(), count(1)
        for person in self.users:
            self.loads(person)

    # where an answer stands

    def place_of(self, answer):
        return {
            "title": ("identity", "title"), "acronym": ("identity", "acronym"), "summary": ("content", "summary"),
            "partner": ("partners", f"{self.partner}-name"), "costs": ("budget", f"{self.partner}-A"),
        }[answer]  # fmt: skip

    def drawn(self, part):
        draft = Application.objects.get(pk=self.draft.pk)
        return json.loads(form_of(draft, PARTS[part]).drawn)

    def sends(self, person, changes=(), **others):
        sent = Sent(tuple(changes), **others)
        self.draft = edit_application(self.draft, by=self.users[person], at=NOON, sent=sent)

    # what people do

    @rule(person=PEOPLE)
    def loads(self, person):
        self.pages[person] = {part: self.drawn(part) for part in PARTS_USED}
        self.unheard[person] = {}

    @rule(person=PEOPLE, answer=ANSWERS, fate=FATES)
    def writes(self, person, answer, fate):
        part, name = self.place_of(answer)
        page, number = self.pages[person][part], next(self.numbers)
        if name not in page:
            return
        value = f"{number}.00" if answer == "costs" else f"v{number}"
        unheard = self.unheard[person].setdefault(name, [])
        change = {"part": part, "name": name, "base": page[name], "sent": list(unheard), "value": value}
        if fate != "request lost":
            self.sends(person, [change], key=str(number))
            self.sent.append((person, change, str(number)))
            self.settled |= {(name, seen) for seen in (page[name], *unheard)}  # written over by whoever saw it
        if fate == "heard":
            page[name], self.unheard[person][name] = value, []
            self.acknowledged.add((name, value))
        else:
            unheard.append(value)

    @rule(back=st.integers(1, 5))
    def a_request_arrives_again(self, back):
        if len(self.sent) >= back:
            person, change, key = self.sent[-back]
            self.sends(person, [change], key=key)

    @rule(person=PEOPLE)
    def removes_the_partner(self, person):
        page = self.pages[person]["partners"]
        base = {name.removeprefix(f"{self.partner}-"): seen for name, seen in page.items() if self.partner in name}
        if not base:
            return
        self.sends(person, [{"part": "partners", "name": f"{self.partner}-remove", "base": base, "value": "on"}])
        if not self.draft.partners.filter(pk=self.partner).exists():
            self.settled |= {one for one in self.acknowledged if self.partner in one[0] and not self.is_kept(one)}

    @rule(takes=st.booleans(), person=PEOPLE)
    def decides_about_what_was_kept(self, takes, person):
        kept = self.draft.kept_changes.first()
        if kept is None:
            return
        before = self.drawn(kept.part).get(kept.name, "")
        if not takes:
            self.sends(person, leave=(kept.pk,))
            self.settled.add((kept.name, kept.value))
        elif not kept.name.endswith("-remove"):
            back = (self.partner,) if kept.against is None else ()
            change = {"part": kept.part, "name": kept.name, "base": before, "value": kept.value}
            self.sends(person, [change], back=back)
            self.settled.add((kept.name, before))

    @rule(person=PEOPLE)
    def undoes_the_last_own_save(self, person):
        saving = self.draft.savings.filter(by=self.users[person], undone_at=None).last()
        if saving is None:
            return
        undone = {(name, after) for name, (_before, after) in saving.changed.items()}
        try:
            self.sends(person, undo=saving.pk)
        except WrongState:
            return
        self.settled |= {one for one in undone if not self.stands(*one)}

    # what must hold

    def is_kept(self, one):
        return self.draft.kept_changes.filter(name=one[0], value=one[1]).exists()

    def stands(self, name, value):
        return any(self.drawn(part).get(name) == value for part in PARTS_USED)

    @invariant()
    def nothing_acknowledged_is_lost(self):
        if not hasattr(self, "acknowledged"):
            return
        for one in self.acknowledged - self.settled:
            assert self.stands(*one) or self.is_kept(one), one


def test_nothing_that_three_people_were_told_is_saved_is_lost():
    run_state_machine_as_test(
        ThreeAtOneDraft,
        settings=settings(
            max_examples=25, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
