"""Sessions are ended: by their person, by an administrator, with a password, an account or a role that ends."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Session, SessionStore, User
from accounts.states import USER
from core.errors import WrongState
from core.workflow import UNCHANGED


def end_session(name, *, by, at=None):
    """Sign out there; one of somebody else is not there for this person. `name`: as the list of sessions gives it."""
    chosen = [one for one in Session.objects.visible_to(by) if one.name == name]
    if not chosen:
        raise WrongState(_("This session has ended already."))
    return end_sessions(User.objects.get(pk=by.pk), by=by, at=at, chosen=chosen)


def end_other_sessions(*, by, keep=None, at=None):
    """Sign out everywhere else. `keep`: the key of the session that goes on; a program has none."""
    chosen = Session.objects.visible_to(by).exclude(session_key=keep)
    return end_sessions(User.objects.get(pk=by.pk), by=by, at=at, chosen=chosen) if chosen else by


@USER.action("end_sessions")
def end_sessions(user, *, by, at, chosen):
    return drop(chosen) or UNCHANGED


@USER.action("sign_out")
def sign_out(user, *, by, at):
    """An administrator ends all of somebody's sessions: a device is lost, or nobody knows who sits there."""
    gone = drop_sessions(user)
    if not gone:
        raise WrongState(_("%(person)s is signed in nowhere.") % {"person": user})
    return gone


def drop_sessions(person, *, keep=None):
    """End them with what they rest on; gives what the record of that act tells, nothing where nobody was signed in."""
    return drop(Session.objects.of(person).exclude(session_key=keep))


def drop(sessions):
    """The next request from there is a stranger's, also one that has read the row before this act is through."""
    gone = list(sessions)
    for one in gone:
        forget(one.session_key)
        transaction.on_commit(partial(forget, one.session_key))
    return {"sessions": [[str(one) for one in gone], []]} if gone else {}


def forget(key):
    SessionStore(key).delete(key)


def clear_sessions(*, at):
    """What has run out is not kept: it says from where somebody worked, and what a visitor left unsent."""
    Session.objects.over(at).delete()
