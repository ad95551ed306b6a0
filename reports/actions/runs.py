"""Runs of proofs: begun by the clock each night or by a person, carried on slice by slice, ended with their result.

How far a run is stands in its `progress`: {"turn": slices done, "tries": how often the next one was begun, "left":
[names of proofs], "place": in the first of them, "results": as on the row}.
"""

import logging
from datetime import timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import is_system
from core.days import beginning_of, day_of
from core.errors import TooMany, WrongState
from core.formats import brussels
from core.holds import hold_name
from promises.actions import promise, tell_whose_turn
from promises.models import Promise
from reports.models import ProofRun
from reports.proofs import PROOFS
from reports.proofs.slices import Found
from reports.states import PROOF_RUN, ProofRunPhase

log = logging.getLogger(__name__)
MOST_A_DAY = 3  # runs that one person begins; each reads the whole house
MOST_TRIES = 3  # of one slice, each of which ended its worker
NAMED = 50  # faults of a proof whose sentences are kept; all are counted, and `manage.py prove` names them all
LONGEST = timedelta(hours=24)  # a run that is still under way then is broken off when the next one begins


@PROOF_RUN.action("begin")
def begin_run(run, *, by, at):
    """Owe all proofs; a worker carries them out when nothing else is to be done."""
    hold_name("the run of proofs")
    require_turn(by, at)
    require_no_other(at)
    run.begun_by, run.begun_at = by, at
    run.progress = {"turn": 0, "tries": 0, "left": list(PROOFS), "place": None, "results": []}
    promise("prove", run)


def require_turn(user, at):
    today = ProofRun.objects.of(user, beginning_of(day_of(at)))
    if not is_system(user) and today.count() >= MOST_A_DAY:
        sentence = _("You have begun %(most)s runs today: the next one begins by itself tonight.")
        raise TooMany(sentence % {"most": MOST_A_DAY})


def require_no_other(at):
    """One run at a time; one that nobody carries on any more is broken off."""
    for other in ProofRun.objects.under_way():
        if not is_given_up(other, at):
            words = {"since": brussels(other.begun_at)}
            raise WrongState(_("The proofs are under way since %(since)s: wait for their result.") % words)
        break_off_run(other, by=User.objects.clock(), at=at)


def is_given_up(run, at):
    return run.begun_at < at - LONGEST or not Promise.objects.open().filter(kind="prove").about(run).exists()


def carry_on(run):
    """Carry out the next slice, or end the run when none is left; gives whether there is more to do."""
    if not run.stands_in(ProofRunPhase.UNDER_WAY):
        return False
    if not run.progress["left"]:
        end(run)
        return False
    progress = run.progress | {"tries": run.progress["tries"] + 1}
    if note(run, progress):  # before it begins: a slice that ends its worker is known by that
        note(run, after(progress, slice_of(progress)))
    return True


def note(run, progress):
    """Keep how far the run is. False when another worker, taken for dead, has carried it on meanwhile: that one's
    slice counts."""
    seen = {f"progress__{name}": run.progress[name] for name in ("turn", "tries")}
    as_seen = ProofRun.objects.under_way().filter(pk=run.pk, **seen)
    run.progress = progress
    return bool(as_seen.update(progress=progress))


def slice_of(progress):
    """A proof that cannot be carried out is a fault, not a silence; the others are carried out all the same."""
    name = progress["left"][0]
    if progress["tries"] > MOST_TRIES:
        return fault(_("The proof “%(name)s” ended its worker %(times)s times."), name=name, times=MOST_TRIES)
    try:
        return PROOFS[name].look(progress["place"])
    except Exception as error:  # whatever it is, the run must say so
        log.exception("the proof “%s” could not be carried out", name)
        why = f"{type(error).__name__}: {error}"[:300]
        return fault(_("The proof “%(name)s” could not be carried out: %(why)s."), name=name, why=why)


def fault(sentence, **words):
    return Found(0, [sentence % words])


def after(progress, found):
    """How far the run is once this was found."""
    name, *rest = progress["left"]
    results = progress["results"]
    before = [one for one in results if one["proof"] == name] or [
        {"proof": name, "looked_at": 0, "faults": 0, "named": []}
    ]
    (now,) = before
    now = now | {
        "looked_at": now["looked_at"] + found.looked_at,
        "faults": now["faults"] + len(found.faults),
        "named": [*now["named"], *found.faults][:NAMED],
    }
    return {
        "turn": progress["turn"] + 1,
        "tries": 0,
        "left": rest if found.place is None else progress["left"],
        "place": found.place,
        "results": [one for one in results if one["proof"] != name] + [now],
    }


def end(run):
    is_proved = not any(one["faults"] for one in run.progress["results"])
    (confirm_run if is_proved else accuse_run)(run, by=User.objects.clock())


@PROOF_RUN.action("confirm")
def confirm_run(run, *, by, at):
    keep_results(run, at)
    tell_whose_turn(run)


@PROOF_RUN.action("accuse")
def accuse_run(run, *, by, at):
    keep_results(run, at)
    tell_whose_turn(run)


@PROOF_RUN.action("break_off")
def break_off_run(run, *, by, at):
    """Nobody carries it on: what it found so far is kept, and the auditors are told that it is not all."""
    keep_results(run, at)
    tell_whose_turn(run)


def keep_results(run, at):
    results = run.progress["results"]
    run.results, run.ended_at, run.progress = results, at, {}
    run.looked_at = sum(one["looked_at"] for one in results)
    run.fault_count = sum(one["faults"] for one in results)
