"""Every list of the house, each as a person who sees it may ask for it."""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from accounts.lists import AccessLineList
from accounts.models import AccessReview
from applications.lists import CheckBatchLineList
from applications.models import Application, CheckBatch
from awards.lists import LetterToIssueList
from awards.models import Decision
from core.lists import RowList
from evaluation.lists import (
    BatchLineList,
    EntryList,
    PeopleToAssignList,
    PoolList,
    ProgressList,
    ReadyList,
    ScenarioList,
    ToAssignList,
    ToInviteList,
)
from evaluation.models import Batch, RankedList
from tests.factories import a_call, an_applicant, an_officer

APPLICANTS_OWN = {"OwnApplications"}


def lists():
    """Found where they are declared: whoever adds a list has it tried."""
    rooms = [f"{one.name}.lists" for one in apps.get_app_configs() if module_has_submodule(one.module, "lists")]
    found = {one for room in rooms for one in vars(import_module(room)).values() if isinstance(one, type)}
    return sorted(
        (one for one in found if issubclass(one, RowList) and one is not RowList),
        key=lambda one: one.__module__ + one.__name__,
    )


LISTS = lists()
OF_ONE_ROW = {
    AccessLineList: {"review": lambda _call: AccessReview.objects.first() or AccessReview()},
    EntryList: {"ranked_list": lambda call: call.ranked_lists.first() or RankedList(call=call)},
    ProgressList: {"call": lambda call: call},
    ReadyList: {"call": lambda call: call},
    ScenarioList: {"call": lambda call: call},
    PoolList: {"call": lambda call: call},
    ToInviteList: {"call": lambda call: call},
    ToAssignList: {"call": lambda call: call},
    PeopleToAssignList: {"application": lambda call: call.applications.first() or Application(call=call)},
    CheckBatchLineList: {"batch": lambda call: CheckBatch(call=call)},
    LetterToIssueList: {"decision": lambda call: call.decisions.first() or Decision(call=call)},
    BatchLineList: {"batch": lambda call: Batch(call=call)},
}


def list_of(one, user=None, **params):
    user = user or (an_applicant() if one.__name__ in APPLICANTS_OWN else an_officer())
    return one(user, params, path="/", **context_of(one, a_call))


def context_of(one, call_for):
    """What comes with the page of a list that is about one row, of the call that `call_for` gives."""
    if one not in OF_ONE_ROW:
        return {}
    call = call_for()
    return {name: make(call) for name, make in OF_ONE_ROW[one].items()}
