"""The grounds on which the house itself finds a conflict of interest (FR Art. 61): one table, one function each.

Each ground names, for one application, whom of a crowd it bars and with which sentence; it asks the facts of the
applications alone, so that 60 people of 300 applications are as many questions as one of one. Nothing found is stored:
it is found again with every assignment and declaration, from what is on file then. What an officer ruled is stored.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership
from accounts.roles import is_evaluator
from applications.models import Attachment, Attempt, Partner, Receipt, Saving
from evaluation.models.ranking import RankedEntry
from evaluation.models.rulings import Ruling


@dataclass
class Case:
    """One application before a crowd: whom each ground bars, in the order of the table."""

    application: object
    parties: list
    crowd: object
    facts: object
    found: dict = field(default_factory=lambda: defaultdict(dict))  # {person: {ground: sentence}}

    def note(self, ground, person, sentence, **said):
        if person in self.crowd.people and ground not in self.found[person]:
            self.found[person][ground] = sentence % {"person": self.crowd.people[person].name, **said}


def of_one_house(case):
    for party in case.parties:
        for person in case.crowd.of_house(party):
            sentence = _("%(person)s belongs to %(party)s, which takes part in this application.")
            case.note("house", person, sentence, **without_person(party))


def of_one_state(case):
    if not case.application.call.same_state_conflicts:
        return
    for party in case.parties:
        for person in case.crowd.states.get(party.state, ()):
            sentence = _("%(person)s is from %(state)s, like %(party)s: this call refuses that.")
            case.note("state", person, sentence, **without_person(party))


def of_one_mail_domain(case):
    for party in case.parties:
        for domain in case.facts.own_domains.get(party.key, ()):
            for person in case.crowd.domains.get(domain, ()):
                sentence = _("%(person)s has an e-mail address of %(party)s (%(domain)s), which takes part in this "
                             "application.")  # fmt: skip
                case.note("mail", person, sentence, domain=domain, **without_person(party))


def wrote_in_it(case):
    for person in case.facts.writers.get(case.application.pk, ()):
        case.note("wrote", person, _("%(person)s wrote in this application or submitted it."))


def was_there(case):
    """From the opening of the call to the submission."""
    submitted, opened = case.application.submitted_at, case.application.call.opens_at
    for party in case.parties:
        for one in case.facts.members.get(party.key, ()):
            if submitted and one.from_at <= submitted and not (one.until_at and one.until_at < opened):
                sentence = _("%(person)s was at %(party)s when it prepared this application.")
                case.note("there", one.person_id, sentence, **without_person(party))


def had_an_award_together(case):
    for party in case.parties:
        for other in case.facts.together.get(party.key, ()):
            for person in case.crowd.keys.get(other, ()):
                sentence = _("The organisation of %(person)s and %(party)s were on a main list with one application.")
                case.note("together", person, sentence, **without_person(party))


def without_person(party):
    return {"party": party.name, "state": party.state}


# name: (words for it, whom it bars); the first one found is said
GROUNDS = {
    "house": (gettext_lazy("same organisation"), of_one_house),
    "state": (gettext_lazy("same Member State"), of_one_state),
    "mail": (gettext_lazy("e-mail address of the organisation"), of_one_mail_domain),
    "wrote": (gettext_lazy("worked on the application"), wrote_in_it),
    "there": (gettext_lazy("at the organisation when it applied"), was_there),
    "together": (gettext_lazy("earlier award together"), had_an_award_together),
}


class Facts:
    """What is on file about some applications: each fact asked once for all of them, when first needed."""

    def __init__(self, applications, parties_of):
        self.applications, self.parties_of = list(applications), parties_of

    @cached_property
    def keys(self):
        """Ids of the registered organisations that take part."""
        return {party.key for one in self.applications for party in self.parties_of(one)} - {""}

    @cached_property
    def members(self):
        """{organisation: its memberships, also those that ended}"""
        found = defaultdict(list)
        rows = Membership.objects.filter(organisation__in=self.keys).annotate(domain=DOMAIN)
        for one in rows.only("person", "organisation", "role", "from_at", "until_at", "status"):
            found[str(one.organisation_id)].append(one)
        return found

    @cached_property
    def own_domains(self):
        """{organisation: domains that are its own}: two of its people or more and most of them have an address there,
        and nobody of another organisation or of the Commission. So no public provider is anybody's own."""
        mostly = {key: most_of(rows) for key, rows in self.members.items()}
        wanted = set().union(*mostly.values())
        users = defaultdict(set)
        if wanted:
            rows = Membership.objects.in_force().annotate(domain=DOMAIN).filter(domain__in=wanted)
            judges = Membership.objects.of(is_evaluator).filter(organisation=None)
            others = rows.exclude(pk__in=judges.values("pk"))
            for domain, organisation in others.values_list("domain", "organisation"):
                users[domain].add(str(organisation))
        return {key: {one for one in domains if users[one] <= {key}} for key, domains in mostly.items()}

    @cached_property
    def writers(self):
        """{application: who saved, attached, tried to submit or submitted}"""
        found, ids = defaultdict(set), [one.pk for one in self.applications]
        asked = [
            model.objects.filter(application__in=ids).order_by().values_list("application", by).distinct()
            for model, by in ((Saving, "by"), (Attempt, "by"), (Receipt, "submitted_by"), (Attachment, "uploaded_by"))
        ]
        for application, person in asked[0].union(*asked[1:]):
            found[application].add(person)
        return found

    @cached_property
    def together(self):
        """{organisation: those that stood on a signed main list with one application}; only what those who take part
        here have been in is read, however many awards there were."""
        mine = [one.pk for one in self.applications]
        listed = RankedEntry.objects.signed().main().exclude(application__in=mine).values("application")
        was_in = Q(organisation__in=self.keys) | Q(application__applicant__in=self.keys)
        theirs = Partner.objects.filter(was_in, application__in=listed).values("application")
        houses = defaultdict(set)
        rows = Partner.objects.filter(application__in=theirs).values_list(
            "application", "organisation", "application__applicant"
        )
        for application, *organisations in rows:
            houses[application] |= {str(one) for one in organisations if one}
        found = defaultdict(set)
        for group in houses.values():
            for one in group:
                found[one] |= group - {one}
        return found

    @cached_property
    def rulings(self):
        """{application: its rulings}"""
        found = defaultdict(list)
        for one in Ruling.objects.filter(application__in=[one.pk for one in self.applications]):
            found[one.application_id].append(one)
        return found

    def found(self, application, crowd, *, without=()):
        """{person: {ground: sentence}} of what the house finds, whatever was ruled; `without`: grounds not asked."""
        case = Case(application, self.parties_of(application), crowd, self)
        for function in (one for name, (_label, one) in GROUNDS.items() if name not in without):
            function(case)
        return dict(case.found)

    def barred(self, application, crowd, *, without=()):
        """{person: sentence} of those who may not judge it: found and not lifted, or pinned."""
        found = self.found(application, crowd, without=without)
        for one in self.rulings[application.pk]:
            if one.person_id in crowd.people:
                found[one.person_id] = one.leaves(found.get(one.person_id, {}))
        return {person: next(iter(said.values())) for person, said in found.items() if said}


DOMAIN = Lower(Func(F("person__email"), Value("@"), Value(2), function="split_part", output_field=TextField()))


def most_of(memberships):
    """The domains that more than half of these people have, at least two of them."""
    people = {one.person_id: one.domain for one in memberships}
    domains = list(people.values())
    return {one for one in set(domains) if domains.count(one) >= 2 and 2 * domains.count(one) > len(domains)}
