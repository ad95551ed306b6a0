"""The golden tables: who may do what with people, roles, organisations, invitations and tokens."""

import pytest

from accounts.models import AccessLine, AccessReview, AddressChange, Invitation, Membership, Organisation, Token, User
from accounts.models.standing import standing_of
from accounts.permissions import is_newcomer
from accounts.states import (
    ACCESS_LINE,
    ACCESS_REVIEW,
    ADDRESS_CHANGE,
    INVITATION,
    MEMBERSHIP,
    ORGANISATION,
    TOKEN,
    USER,
    AccessLineStatus,
    AccessReviewStatus,
    AddressChangeStatus,
    InvitationStatus,
    MembershipStatus,
    OrganisationStatus,
    TokenStatus,
    UserStatus,
)
from tests.factories import an_admin, an_organisation, everybody, golden_table, the_clock

pytestmark = pytest.mark.django_db


def kept(row, status):
    row.status = status
    row._state.adding = status is None
    return row


@pytest.fixture
def owner():
    return an_organisation()


@pytest.fixture
def people(owner):
    return everybody(owner)


def test_with_the_account_of_an_applicant(people):
    def account(status):
        return kept(User(pk=people["owner"].pk, standing=people["owner"].standing), status)

    assert golden_table(USER, [None, *UserStatus], people, account) == ACCOUNT.strip("\n")


ACCOUNT = """
        owner                                                                      stranger  officer  evaluator  authorising  auditor  national  admin                            system
None    -                                                                          -         -        -          -            -        -         -                                appoint
OPEN    rename choose_language choose_mails end_sessions change_factors readdress  -         -        -          -            -        -         rename readdress sign_out close  -
CLOSED  -                                                                          -         -        -          -            -        -         reopen                           -
"""  # noqa: E501 - a table is a table


def test_with_a_role_of_an_applicant(people, owner):
    def role(status):
        return kept(Membership(person=people["owner"], role="APPLICANT", organisation=owner), status)

    assert golden_table(MEMBERSHIP, [None, *MembershipStatus], people, role) == ROLE.strip("\n")


ROLE = """
         owner  stranger  officer  evaluator  authorising  auditor  national  admin          system
None     -      -         -        -          -            -        -         grant          grant
GRANTED  -      -         -        -          -            -        -         end hand_over  -
ENDED    -      -         -        -          -            -        -         -              -
"""


def test_with_an_organisation(people, owner):
    def organisation(status):
        return kept(Organisation(pk=owner.pk), status)

    assert golden_table(ORGANISATION, [None, *OrganisationStatus], people, organisation) == HOUSE.strip("\n")


HOUSE = """
            owner           stranger  officer  evaluator  authorising  auditor  national  admin                      system
None        -               -         -        -          -            -        -         -                          -
REGISTERED  correct rename  -         -        -          -            -        -         correct rename move merge  -
MERGED      -               -         -        -          -            -        -         -                          -
"""  # noqa: E501 - a table is a table


def test_with_an_invitation(people, owner):
    def invitation(status):
        return kept(Invitation(organisation=owner, email="x@example.eu"), status)

    assert golden_table(INVITATION, [None, *InvitationStatus], people, invitation) == INVITED.strip("\n")


INVITED = """
          owner      stranger  officer  evaluator  authorising  auditor  national  admin           system
None      invite     -         -        -          -            -        -         invite appoint  -
SENT      take_back  -         -        -          -            -        -         take_back       -
ACCEPTED  -          -         -        -          -            -        -         -               -
BACK      -          -         -        -          -            -        -         -               -
"""


def test_with_a_token(people):
    def token(status):
        return kept(Token(person=people["owner"]), status)

    assert golden_table(TOKEN, [None, *TokenStatus], people, token) == TOKENS.strip("\n")


TOKENS = """
         owner          stranger  officer  evaluator  authorising  auditor  national  admin     system
None     make           -         -        -          -            -        -         -         -
IN_USE   drop shut_out  -         -        -          -            -        -         shut_out  -
DROPPED  -              -         -        -          -            -        -         -         -
"""


def test_with_a_change_of_address(people):
    """Asked for by an administrator; the one it is about may only stop it, and confirm it from the new mailbox."""

    def change(status):
        asked_by = people["admin"] if status else None
        return kept(AddressChange(person=people["owner"], asked_by=asked_by), status)

    assert golden_table(ADDRESS_CHANGE, [None, *AddressChangeStatus], people, change) == CHANGED.strip("\n")


CHANGED = """
         owner                stranger  officer  evaluator  authorising  auditor  national  admin    system
None     ask                  -         -        -          -            -        -         ask_for  -
ASKED    confirm change stop  -         -        -          -            -        -         stop     expire
DONE     -                    -         -        -          -            -        -         -        -
STOPPED  -                    -         -        -          -            -        -         -        -
EXPIRED  -                    -         -        -          -            -        -         -        -
"""


def test_with_a_review_of_access(people):
    def review(status):
        return kept(AccessReview(), status)

    assert golden_table(ACCESS_REVIEW, [None, *AccessReviewStatus], people, review) == REVIEWED.strip("\n")


REVIEWED = """
        owner  stranger  officer  evaluator  authorising  auditor  national  admin            system
None    -      -         -        -          -            -        -         open             -
OPEN    -      -         -        -          -            -        -         close break_off  tell
CLOSED  -      -         -        -          -            -        -         -                -
BROKEN  -      -         -        -          -            -        -         -                -
"""


def test_with_a_line_of_a_review(people):
    """About somebody else; the own one no administrator keeps or ends."""

    def line(status):
        return kept(AccessLine(person=people["owner"]), status)

    assert golden_table(ACCESS_LINE, [None, *AccessLineStatus], people, line) == LINES.strip("\n")
    own = kept(AccessLine(person=people["admin"]), AccessLineStatus.WAITING)
    assert [one.name for one in ACCESS_LINE.open_to(people["admin"], own)] == ["settle"]


LINES = """
         owner  stranger  officer  evaluator  authorising  auditor  national  admin            system
None     -      -         -        -          -            -        -         list             -
WAITING  -      -         -        -          -            -        -         keep end settle  -
KEPT     -      -         -        -          -            -        -         reconsider       -
ENDED    -      -         -        -          -            -        -         -                -
GONE     -      -         -        -          -            -        -         -                -
"""


def test_nobody_has_a_step_on_the_clock():
    clock, admin = the_clock(), an_admin()
    assert USER.open_to(admin, clock) == []
    assert MEMBERSHIP.open_to(admin, clock.memberships.get()) == []


def test_an_administrator_has_no_say_about_the_own_account():
    admin = an_admin()
    own = "rename choose_language choose_mails end_sessions change_factors readdress"
    assert [one.name for one in USER.open_to(admin, admin)] == own.split()
    assert MEMBERSHIP.open_to(admin, admin.memberships.get()) == []
    assert MEMBERSHIP.open_to(admin, Membership(person=admin, role="OFFICER")) == []


def test_a_newcomer_joins_as_itself_only():
    me, another = User(email="a@example.eu"), User(email="b@example.eu")
    assert is_newcomer(me, me)
    assert not is_newcomer(me, another)
    assert not is_newcomer(User(standing=standing_of(role="ADMIN")), me)


def test_an_organisation_is_registered_by_somebody_who_is_nobody_yet():
    new = Organisation(name="Αστυνομία", member_state="EL")
    assert [one.name for one in ORGANISATION.open_to(User(email="a@example.eu"), new)] == ["register"]


def test_only_the_invited_accept():
    invitation = kept(Invitation(email="Me@example.eu"), InvitationStatus.SENT)
    assert [one.name for one in INVITATION.open_to(User(email="me@example.eu"), invitation)] == ["accept"]
    assert INVITATION.open_to(User(email="you@example.eu"), invitation) == []
