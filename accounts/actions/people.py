"""A person gets an account: by registering, or by accepting an invitation."""

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.member_states import MEMBER_STATES
from accounts.models import Membership, User
from accounts.models.standing import standing_of
from accounts.roles import Role, is_appointed, is_national_auditor
from accounts.states import USER
from core.errors import Incomplete
from core.language import later
from core.workflow import UNCHANGED
from promises.notices import kinds_for

UNTOLD = "…"  # stands on the trail for what nobody may read there


@USER.action("join")
def join_organisation(user, *, by, at, organisation, password):
    """The newcomer, still unsaved, becomes a person of the organisation; `by` is that very person."""
    return begin(user, password=password, at=at, role=Role.APPLICANT, organisation=organisation)


@USER.action("appoint")
def appoint_user(user, *, by, at, password, role, entity="", member_state=""):
    """The installation makes an account whose password somebody chose for it: the first administrator, the demo's."""
    require_appointable(role, member_state)
    return begin(user, password=password, at=at, role=role, entity=entity, member_state=member_state)


@USER.action("take_office")
def take_office(user, *, by, at, password, role, entity="", member_state=""):
    """Somebody invited by an account administrator, still unsaved, takes the role; `by` is that very person."""
    require_appointable(role, member_state)
    return begin(user, password=password, at=at, role=role, entity=entity, member_state=member_state)


@USER.action("rename")
def rename_person(user, *, by, at, name):
    """People marry, and clerks mistype. What they signed keeps the name it was signed with."""
    user.name = name


def choose_mails(*, by, mails, at=None, base=None):
    """How one wants to be told that something waits: `mails` is {kind of notice: pace}, what is left out stays."""
    return choose(User.objects.get(pk=by.pk), by=by, at=at, base=base, mails=mails)


@USER.action("choose_mails")
def choose(user, *, by, at, mails):
    offered = {kind.name: kind for kind in kinds_for(user)}
    wrong = [name for name, pace in mails.items() if not is_offered(name, pace, offered)]
    if wrong:
        raise Incomplete({name: _("Choose one of those offered.") for name in wrong})
    user.mails = {**user.mails, **mails}


def choose_language(*, by, language, at=None):
    """In which language one reads pages and mails; the same once more is nothing to do."""
    return speak(User.objects.get(pk=by.pk), by=by, at=at, language=language)


@USER.action("choose_language")
def speak(user, *, by, at, language):
    if language not in dict(settings.LANGUAGES):
        raise Incomplete({"language": _("Choose one of those offered.")})
    if user.language == language:
        return UNCHANGED
    user.language = language
    return None


def is_offered(name, pace, kinds):
    return name in kinds and pace in kinds[name].paces


def require_appointable(role, member_state):
    """An applicant without an authority, or a second clock, would open doors that nobody guards."""
    if role not in is_appointed.roles:
        raise Incomplete({"role": _("Choose a role of the Commission, an evaluator or an auditor.")})
    if member_state and member_state not in MEMBER_STATES:
        raise Incomplete({"member_state": _("Choose a Member State, or none.")})
    if role in is_national_auditor.roles and not member_state:
        raise Incomplete({"member_state": _("Choose the Member State of the national auditor.")})


def begin(user, *, password, at, **place):
    """Save a new person with a password that passes the rules, and what it is here; one without (None) comes in by an
    identity elsewhere, and may set one by mail."""
    user.standing = standing_of(**place)
    if password is not None:
        require_good_password(password, user)
    require_free_address(user.email)
    user.set_password(password)
    save_new(user)
    first = Membership.objects.create(person=user, from_at=at, status="GRANTED", **place)
    user.refresh_from_db()
    told = {} if password is None else {"password": [None, UNTOLD]}
    return {**told, "standing": [None, later(lambda: first.words)]}


def require_good_password(password, user):
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Incomplete({"password": " ".join(weak.messages)}) from weak


def require_free_address(email):
    if User.objects.filter(email__iexact=email).exists():
        raise Incomplete({"email": _("There is already an account with this e-mail address. Sign in instead.")})


def save_new(user):
    """Two windows may send the same form; the unique constraint lets one through."""
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        require_free_address(user.email)
        raise
