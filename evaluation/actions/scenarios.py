"""Scenarios: what is supposed of a ranked list, kept under a name. The list itself is never touched."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from core.errors import Incomplete, Stale, WrongState
from evaluation.actions.ranked_lists import terms_of
from evaluation.models import RankedList, Scenario
from evaluation.states import OF_A_ROUND, SCENARIO
from evaluation.sureness import digest_of, judged_for, supposed_list, terms_kept, terms_read


@dataclass(frozen=True)
class Supposing:
    """A ranked list as one person may read it, for whatever is supposed of it."""

    user: object
    ranked_list: RankedList

    @cached_property
    def judged(self):
        return judged_for(self.user, self.ranked_list)

    @cached_property
    def terms(self):
        return terms_of(self.ranked_list.call, self.ranked_list.tie_decisions)

    def outcome(self, supposed):
        return supposed_list(self.judged, self.terms, supposed)

    def digest(self, entries):
        return digest_of(self.judged, entries)

    def outcome_of(self, scenario):
        return self.outcome(terms_read(scenario.terms))


@dataclass(frozen=True)
class Named:
    """What its author says of a scenario. `seen`: the digest of the outcome that was looked at."""

    name: str
    note: str = ""
    seen: str | None = None


def save_scenario(supposing, supposed, *, by, named, follows=None, at=None, key=None):
    """Keep what is supposed of the list, which stays as it is."""
    ranked_list = supposing.ranked_list
    row = Scenario(ranked_list=ranked_list, call=ranked_list.call, made_by=by, follows=follows)
    return keep_scenario(row, by=by, at=at, key=key, supposing=supposing, supposed=supposed, named=named)


@SCENARIO.action("save")
def keep_scenario(scenario, *, by, at, supposing, supposed, named):
    require_standing(scenario.ranked_list)
    require_name(scenario, named.name)
    digest = supposing.digest(supposing.outcome(supposed))
    if named.seen not in {None, digest}:
        raise Stale(_("What this scenario comes to is another than you saw: look at it again, then save it."))
    scenario.name, scenario.note, scenario.terms = named.name.strip(), named.note.strip(), terms_kept(supposed)
    scenario.sha256, scenario.made_at = digest, at


def require_standing(ranked_list):
    """The call is held: no other list is drawn up meanwhile."""
    now = RankedList.objects.get(pk=ranked_list.pk)
    if not now.stands_in(OF_A_ROUND):
        words = {"status": now.get_status_display()}
        raise WrongState(
            _("This list is now “%(status)s”: suppose the same on the list that takes its place, and save it there.")
            % words
        )


def require_name(scenario, name):
    if not name.strip():
        raise Incomplete({"name": _("Give the scenario a name.")})
    if Scenario.objects.kept().filter(ranked_list=scenario.ranked_list, name=name.strip()).exists():
        raise Incomplete({"name": _("A scenario of this list has this name already: choose another.")})


withdraw_scenario = SCENARIO.plain("withdraw")
