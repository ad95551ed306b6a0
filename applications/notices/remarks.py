"""What colleagues said beside a proposal, for whoever it concerns: who writes it, who has the part or said something in
the thread. A mail says that, by whom and on what; the words are read on the page."""

from collections import defaultdict

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import is_applicant
from applications.models import Duty, Remark
from applications.notices.duties import AT_ONCE_DAILY_OR_OFF, scope_of
from applications.parts import label_of
from applications.states import ParticipationPhase
from promises.notices import Turn, tells


@tells(
    "remark",
    title=gettext_lazy("Comments between colleagues on applications that you write"),
    label=gettext_lazy("A colleague comments on an application that you write"),
    because=gettext_lazy("Talk among colleagues. You may do without it: the list of parts counts what is open."),
    is_for=is_applicant,
    paces=AT_ONCE_DAILY_OR_OFF,
)
def remark(asked):
    """While the thread is open and the application is written; of nothing that one has answered since."""
    rows = spoken(asked)
    said, readers = words_of(rows), Readers(rows)
    return [
        turn_of(row, pk, own=pk in readers.of(row.application.applicant_id))
        for row in rows
        for pk in sorted(readers.concerned(row, said[thread_of(row)]))
        if asked.person in (None, pk) and not answered_since(row, said[thread_of(row)], pk)
    ]


def spoken(asked):
    rows = Remark.objects.awaiting(asked.at)
    if asked.row:
        rows = rows.filter(pk=asked.row)
    if asked.person:
        rows = rows.visible_to(User.objects.get(pk=asked.person))
    return list(rows.select_related("by", "application__call", "application__applicant", "participation"))


def thread_of(row):
    return row.thread_id or row.pk


def words_of(rows):
    """{thread: [(who, when)]} of all that was said in these threads."""
    wanted, found = {thread_of(row) for row in rows}, defaultdict(list)
    for pk, thread, by, at in Remark.objects.filter(Q(pk__in=wanted) | Q(thread__in=wanted)).values_list(
        "pk", "thread", "by", "at"
    ):
        found[thread or pk].append((by, at))
    return found


def answered_since(row, said, person):
    return any(by == person and at > row.at for by, at in said)


class Readers:
    """Whom it concerns, read once for all rows and each organisation."""

    def __init__(self, rows):
        given = Duty.objects.given().filter(application__in={row.application_id for row in rows})
        self.people, self.have = {}, defaultdict(set)
        for participation, part, person in given.values_list("participation", "part", "person"):
            self.have[participation, part].add(person)

    def of(self, organisation):
        if organisation not in self.people:
            self.people[organisation] = set(User.objects.speaking_for(organisation).values_list("pk", flat=True))
        return self.people[organisation]

    def concerned(self, row, said):
        """All who write the application; of a partner, while it takes part, who has the part or spoke in the thread."""
        found = set(self.of(row.application.applicant_id))
        one = row.participation
        if one is not None and one.stands_in(ParticipationPhase.TAKING_PART):
            spoke = {by for by, _at in said}
            found |= self.of(one.organisation_id) & (spoke | self.have[one.pk, row.part])
        return found - {row.by_id}


def turn_of(row, person, *, own):
    """On the page that this person may open."""
    words = {"who": row.by.name, "part": label_of(row.part), "application": row.application}
    name, pk = ("application_edit", row.application_id) if own else ("participation_edit", row.participation_id)
    return Turn(
        person=person, subject=row.pk, occasion=row.at.isoformat(), scope=scope_of(row),
        path=f"{reverse(name, args=[pk, row.part])}#remarks",
        name=_("%(who)s on “%(part)s” of %(application)s") % words,
    )  # fmt: skip
