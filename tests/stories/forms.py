"""Every form about people, roles and organisations: on which row, whose it is, and what it needs."""

from dataclasses import dataclass, field

from django.urls import reverse

from tests.factories import an_organisation
from tests.stories.steps import REASON


@dataclass(frozen=True)
class Form:
    """`row` names a kind of row of the world and `who` one of its people; `data` is what a complete form says."""

    page: str
    row: str
    who: str
    data: dict = field(default_factory=dict)
    api: str = ""

    def __str__(self):
        return f"{self.page} by {self.who}"

    def address(self, row):
        return reverse(self.page, args=[row.pk])

    def program(self, row):
        return reverse(self.api, args=[row.pk])

    def filled(self, world):
        """What stands in the form; what depends on rows is made now."""
        return {name: value(world) if callable(value) else value for name, value in self.data.items()}


def twin(world):
    return str(an_organisation(world.owner.organisation.member_state).pk)


DATA = {"kind": "LAW", "registration_number": "R 77", "vat_number": "", "address": "Αθήνα 1", "reason": REASON}
NAMES = {"name": "Another name of it", "latin_name": "Another name", "reason": REASON}
FORMS = [
    Form("person_rename", "person", "owner", {"name": "Eleni Another"}),
    Form("person_rename", "person", "admin", {"name": "Eleni Another"}),
    Form("close_account", "person", "admin", {"successor": "new@example.eu", "reason": REASON}, "api-people-close"),
    Form("hand_over", "officers_role", "admin", {"successor": lambda world: world.people["evaluator"].email,
                                                 "reason": REASON}),
    Form("organisation_correct", "organisation", "owner", DATA, "api-organisations-correct"),
    Form("organisation_correct", "organisation", "admin", DATA, "api-organisations-correct"),
    Form("organisation_rename", "organisation", "owner", NAMES, "api-organisations-rename"),
    Form("organisation_rename", "organisation", "admin", NAMES, "api-organisations-rename"),
    Form("organisation_merge", "organisation", "admin", {"into": twin, "reason": REASON}, "api-organisations-merge"),
]  # fmt: skip
WITH_API = [one for one in FORMS if one.api]
WITH_REASON = [one for one in FORMS if "reason" in one.data]


def row_of(world, form):
    """Read again: an earlier story may hold the very object."""
    row = {
        "person": world.owner,
        "officers_role": world.officer.memberships.get(),
        "organisation": world.owner.organisation,
    }[form.row]
    return type(row)._base_manager.get(pk=row.pk)
