"""Every act on award decisions and letters, in the order of life."""

from awards.actions.decisions import (
    decide,
    deviate,
    discard_decision,
    prepare_decision,
    propose_decision,
    refuse_decision,
)
from awards.actions.issuing import issue_letters, write_owed_letter, write_owed_letters
from awards.actions.letters import (
    confirm_letter_read,
    deem_letter_read,
    open_letter,
    remind_addressee,
    replace_letter,
    send_letter,
    write_letter,
)
from awards.actions.redress import confirm_decision, file_redress, take_back_redress, uphold_redress
from awards.actions.reserve import accept_offer, decline_offer, end_reserve, lapse_offer, make_offer

__all__ = [
    "accept_offer",
    "confirm_decision",
    "confirm_letter_read",
    "decide",
    "decline_offer",
    "deem_letter_read",
    "deviate",
    "discard_decision",
    "end_reserve",
    "file_redress",
    "issue_letters",
    "lapse_offer",
    "make_offer",
    "open_letter",
    "prepare_decision",
    "propose_decision",
    "refuse_decision",
    "remind_addressee",
    "replace_letter",
    "send_letter",
    "take_back_redress",
    "uphold_redress",
    "write_letter",
    "write_owed_letter",
    "write_owed_letters",
]
