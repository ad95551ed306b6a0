"""Which letters of a decision would pass if they were issued now, and what stands in the way of the others. Nothing is
stored by looking."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.roles import is_applicant
from awards.documents import Papers, facts_of
from awards.proofs import Sources, counted_from, faults_of, faults_of_page
from awards.proofs.text import leaves
from core.days import day_of
from core.fonts import WRITTEN
from core.formats import shortened

KNOWN = {*map(chr, WRITTEN), *"\n\r\t"}  # what the fonts of the letters are cut to, and what no font need hold


class Preflight:
    """For some lines of one decision, as many as a page shows: each is read and drawn as it would be."""

    def __init__(self, decision, lines, *, officer, at):
        self.decision, self.lines, self.at = decision, list(lines), at
        about = [line.application_id for line in self.lines]
        self.papers = Papers(decision, officer=officer, at=at, about=about)
        self.sources = Sources(decision, about)
        self.days = counted_from(day_of(at), decision.call)
        prefetch_related_objects([line.application for line in self.lines], "checks")
        self.reached = reached({line.application.applicant_id for line in self.lines})

    def hindrances(self, line):
        """Sentences; none when the letter would pass."""
        facts = facts_of(line, self.papers, replaces=self.papers.corrected(line))
        faults = faults_of(facts, self.sources.of(line.application_id), days=self.days) + faults_of_page(facts)
        return [*self.lacking(line, facts), *faults]

    def lacking(self, line, facts):
        if not self.decision.decided_by or not facts["signatory"]["name"].strip():
            yield _("Nobody has signed: the decision names no authorising officer.")
        if line.application.applicant_id not in self.reached:
            yield _("%(name)s has nobody who could open it: invite somebody of the organisation first.") % {
                "name": line.application.applicant.name
            }
        if signs := unprintable(facts):
            words = {"signs": shortened(signs)}
            yield _("No font of the letters holds %(signs)s: another one prints it, or an empty box.") % words


def reached(organisations):
    """Those of these organisations (ids) that somebody speaks for."""
    rows = Membership.objects.in_force().of(is_applicant).filter(organisation__in=organisations)
    return set(rows.values_list("organisation", flat=True))


def unprintable(facts):
    """The characters of what the letter says that its fonts do not hold, each once."""
    said = {sign for leaf in leaves(facts) for sign in str(leaf)}
    return sorted(said - KNOWN)
