"""Every table of the house is one whose rows the trail answers for, or stands here with the reason why not."""

from django.apps import apps

from audit.rows import told_tables

# fmt: off
NOT_TOLD = {
    "audit_auditrecord":        "the trail itself: its chains answer for it",
    "audit_checkpoint":         "the tree over the trail, signed: it has a proof of its own",
    "audit_treenode":           "the nodes of that tree: the same proof",
    "audit_unplaced":           "what waits for its place in it: the same proof finds those that wait too long",
    "audit_look":               "the access log: its blocks answer for it, and a proof of its own",
    "audit_lookblock":          "the seals of the access log: the same proof, and heads in the trail",
    "audit_unsealed":           "what waits for its seal: the same proof finds what waits too long",
    "audit_beginning":          "since when a table keeps versions: written by migrations alone",
    "audit_changedrow":         "what is not told yet",
    "audit_shape":              "which columns a digest covers: a wrong one shows as a row that does not fit",
    "promises_promise":         "what the worker owes, and how often it tried",
    "promises_notice":          "whom the clock has reminded of what, so that nobody is reminded twice",
    "promises_mail":            "mails as they went out, with versions of their own",
    "applications_attempt":     "a ledger written before any act, proved against the receipts",
    "core_keptanswer":          "what programs were answered, kept for a day so that nothing is done twice",
    "accounts_session":         "who is signed in, and where: gone with the session; the acts that end one are told",
    "django_session":           "of the framework, unused: accounts_session has its place",
    "django_content_type":      "of the framework",
    "auth_permission":          "of the framework, unused: what may be done stands in the tables of steps",
    "auth_group":               "of the framework, unused",
    "auth_group_permissions":   "of the framework, unused",
    "account_emailaddress":     "of the library that signs people in",
    "account_emailconfirmation": "of the library that signs people in",
    "mfa_authenticator":        "of the library that signs people in: secrets",
    "knox_authtoken":           "of the library for tokens: secrets; ApiToken is told of",
    "pghistory_context":        "of the library that keeps versions",
    "pghistory_events":         "of the library that keeps versions: a view",
}
# fmt: on


def test_every_table_is_told_of_or_has_a_reason():
    everything = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if not hasattr(model, "pgh_tracked_model")
    }
    assert everything - set(told_tables()) == set(NOT_TOLD)
    assert all(NOT_TOLD.values())


def test_what_no_record_tells_of_is_left_out_of_the_digest():
    assert {"password", "last_login"} <= set(told_tables()["accounts_user"])
