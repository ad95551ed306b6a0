"""Every act on people, in the order of life: registering, joining, roles, names and numbers, leaving."""

from accounts.actions.addresses import (
    agree_as_second,
    agree_to_address,
    ask_for_address,
    ask_for_address_of,
    confirm_address,
    let_it_expire,
    stop_address_change,
)
from accounts.actions.closing import close_account, reopen_account
from accounts.actions.factors import tell_of_factors
from accounts.actions.identities import connect_identity, cut_identity, disconnect_identity
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
    choose_language,
    choose_mails,
    join_organisation,
    rename_person,
    take_office,
)
from accounts.actions.reviews import (
    break_off_access_review,
    close_access_review,
    end_access,
    keep_access,
    keep_many,
    open_access_review,
    reconsider_access,
    tell_what_is_late,
)
from accounts.actions.sessions import clear_sessions, end_other_sessions, end_session, sign_out
from accounts.actions.tokens import drop_token, make_token, note_use, shut_out_programs

__all__ = [
    "accept_invitation",
    "agree_as_second",
    "agree_to_address",
    "appoint_user",
    "ask_for_address",
    "ask_for_address_of",
    "break_off_access_review",
    "choose_language",
    "choose_mails",
    "clear_sessions",
    "close_access_review",
    "close_account",
    "confirm_address",
    "connect_identity",
    "correct_organisation",
    "cut_identity",
    "disconnect_identity",
    "drop_token",
    "end_access",
    "end_membership",
    "end_other_sessions",
    "end_session",
    "grant_membership",
    "hand_over_membership",
    "hash_of",
    "invite_colleague",
    "invite_official",
    "join_organisation",
    "keep_access",
    "keep_many",
    "let_it_expire",
    "make_token",
    "merge_organisation",
    "move_organisation",
    "note_use",
    "open_access_review",
    "reconsider_access",
    "register_organisation",
    "rename_organisation",
    "rename_person",
    "reopen_account",
    "shut_out_programs",
    "sign_out",
    "stop_address_change",
    "take_back_invitation",
    "take_office",
    "tell_of_factors",
    "tell_what_is_late",
]
