"""Every act on people, in the order of life: registering, joining, roles, names and numbers, leaving."""

from accounts.actions.closing import close_account, reopen_account
from accounts.actions.invitations import (
    accept_invitation,
    hash_of,
    invite_colleague,
    invite_official,
    take_back_invitation,
)
from accounts.actions.memberships import end_membership, grant_membership, hand_over_membership
from accounts.actions.merging import merge_organisation
from accounts.actions.organisations import (
    correct_organisation,
    move_organisation,
    register_organisation,
    rename_organisation,
)
from accounts.actions.people import (
    appoint_user,
    choose_mails,
    join_organisation,
    rename_person,
    take_office,
    tell_new_address,
)
from accounts.actions.sessions import clear_sessions, end_other_sessions, end_session, sign_out
from accounts.actions.tokens import drop_token, make_token, note_use, shut_out_programs

__all__ = [
    "accept_invitation",
    "appoint_user",
    "choose_mails",
    "clear_sessions",
    "close_account",
    "correct_organisation",
    "drop_token",
    "end_membership",
    "end_other_sessions",
    "end_session",
    "grant_membership",
    "hand_over_membership",
    "hash_of",
    "invite_colleague",
    "invite_official",
    "join_organisation",
    "make_token",
    "merge_organisation",
    "move_organisation",
    "note_use",
    "register_organisation",
    "rename_organisation",
    "rename_person",
    "reopen_account",
    "shut_out_programs",
    "sign_out",
    "take_back_invitation",
    "take_office",
    "tell_new_address",
]
