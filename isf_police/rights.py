"""What the servers' database role may do with each table, and what it may not do with some rows of it.

Everything may be read, and rows put in where no line forbids it; what an act never does, the role cannot. The trail and
the tables of versions, which nobody may change, have no line here (`manage.py grant_rights`). A trigger holds for that
role alone: whoever migrates as the owner of the database is not in its way.
"""

from audit.rights import Above, Frozen, Rights, all_but, only
from awards.states import DecisionPhase
from evaluation.states import AssessmentPhase, ConsensusPhase, RankedListPhase
from programmes.states import PUBLISHED

NOTHING = only("")
OF_A_LIBRARY = Rights(rows_go=True)  # it saves whole rows, and takes them away
READ = Rights(changes=(), rows_come=False)

# fmt: off
RIGHTS = {
    # table                          what may change of a row; `rows_go`: an act takes rows away
    "accounts_accessline":           only("stamp status decided_by_id decided_at reason closed_account"),
    "accounts_accessreview":         only("stamp status told_at ended_by_id ended_at"),
    "accounts_addresschange":       only("stamp status agreed_by_id agreed_at confirmed_at"),
    "accounts_identity":             only("stamp status"),
    "accounts_invitation":           all_but("email role"),
    "accounts_membership":           all_but("person_id role from_at"),
    "accounts_organisation":         Rights(),
    "accounts_session":              OF_A_LIBRARY,
    "accounts_token":                all_but("person_id start digest made_at name"),
    "accounts_user":                 Rights(),
    "applications_application":      all_but("call_id"),
    "applications_application_actions":    Rights(changes=(), rows_go=True),
    "applications_application_objectives": Rights(changes=(), rows_go=True),
    "applications_attachment":       only("removed_at order"),
    "applications_attempt":          only("outcome reason receipt_id sha256 answered_at"),
    "applications_budgetline":       Rights(rows_go=True),
    "applications_check":            all_but("application_id kind code order"),
    "applications_checkbatch":       all_but("call_id code criterion size made_by_id made_at"),
    "applications_checkbatchline":   only("refusal"),
    "applications_clarification":    all_but("application_id text asked_by_id asked_at"),
    "applications_clarificationfile": NOTHING,
    "applications_copy":             NOTHING,
    "applications_draftpaper":       only("stamp status drawn_at sha256 typed pdf_path pdf_sha256"),
    "applications_duty":              all_but("application_id participation_id part"),
    "applications_hearing":          all_but("application_id reference measure text intended asked_by_id asked_at"),
    "applications_hearingfile":      NOTHING,
    "applications_keptchange":       Rights(rows_go=True),
    "applications_milestone":        Rights(rows_go=True),
    "applications_participation":    all_but("application_id row invited_by_id invited_at"),
    "applications_partner":          Rights(rows_go=True),
    "applications_receipt":          only("pdf_path pdf_sha256 drawn_at"),
    "applications_remark":           only("stamp status resolved_by_id resolved_at"),
    "applications_saving":           only("undone_at"),
    "applications_standingorder":    all_but("application_id given_by_id given_at"),
    "awards_decision":               all_but("call_id ordinal cause"),
    "awards_decisionline":           all_but("decision_id application_id"),
    "awards_letter":                 only("stamp status pdf_path pdf_sha256 drawn_at sent_at read_at read_by_id"
                                          " counts_as_read_at"),
    "awards_offer":                  all_but("application_id line_id answer_by"),
    "awards_redress":                all_but("application_id letter_id ground text filed_by_id filed_at"),
    "core_keptanswer":              Rights(changes=(), rows_go=True),
    "evaluation_approval":           Rights(changes=(), rows_go=True),
    "evaluation_assessment":         all_but("application_id round_id evaluator_id"),
    "evaluation_batch":              all_but("call_id purpose source file_name made_by_id made_at"),
    "evaluation_batchline":          only("refusal"),
    "evaluation_consensus":          all_but("application_id round_id"),
    "evaluation_consensusscore":     all_but("consensus_id criterion_id"),
    "evaluation_poolmember":         all_but("call_id person_id"),
    "evaluation_rankedentry":        NOTHING,
    "evaluation_rankedlist":         only("stamp status signed_at questioned_by_id ended_reason"),
    "evaluation_registerentry":      all_but("person_id"),
    "evaluation_ruling":             all_but("application_id person_id"),
    "evaluation_scenario":           only("stamp status"),
    "evaluation_score":              all_but("assessment_id criterion_id"),
    "evaluation_seat":               all_but("call_id member_id"),
    "programmes_allocation":         Rights(),
    "programmes_call":               Rights(),
    "programmes_call_actions":       Rights(changes=(), rows_go=True),
    "programmes_call_objectives":    Rights(changes=(), rows_go=True),
    "programmes_corrigendum":        only("number published_at published_by_id dropped_at"),
    "programmes_criterion":          Rights(changes=(), rows_go=True),
    "programmes_following":          only("stamp status"),
    "programmes_fund":               Rights(),
    "programmes_passage":            Rights(),
    "programmes_question":           all_but("call_id asked_by_id asked_at text"),
    "programmes_reply":              NOTHING,
    "programmes_round":              NOTHING,
    "promises_mail":                 only("sent_at"),
    "promises_notice":               only("due_at told_at told_on dropped_at mail_id"),
    "promises_promise":              only("stamp status due_at kept_at attempts last_error"),
    "reports_finding":              all_but("reference entity member_state replaces_id found_by_id found_at"),
    "reports_pack":                  only("stamp status path name size sha256 entry_count head made_at"),
    "reports_proofrun":              all_but("begun_by_id begun_at"),
    "reports_sample":               only("stamp status checkpoint root seed numbers drawn_at"),
    "reports_reportfile":            only("stamp status path name size sha256 rows_sha256 row_count data_at drawn_at"),

    # the libraries' and the house's own business
    "account_emailaddress":          READ,  # empty: the library changes nobody's address
    "account_emailconfirmation":     READ,
    "django_session":                OF_A_LIBRARY,  # servers of the version before sign people in here until they stop
    "knox_authtoken":                OF_A_LIBRARY,
    "mfa_authenticator":             OF_A_LIBRARY,
    "pghistory_context":             Rights(),
    "audit_beginning":               READ,
    "audit_changedrow":              READ,  # written by triggers alone
    "audit_shape":                   READ,
    "audit_unplaced":                Rights(changes=(), rows_go=True),
    "audit_unsealed":                Rights(changes=(), rows_go=True),
    "auth_group":                    READ,
    "auth_group_permissions":        READ,
    "auth_permission":               READ,
    "django_content_type":           READ,
    "django_migrations":             READ,
}

FROZEN = [
    Frozen("applications_receipt", "OLD.drawn_at IS NOT NULL", "pdf_path pdf_sha256 drawn_at",
           "the paper of a receipt is drawn once"),
    Frozen("applications_draftpaper", "OLD.drawn_at IS NOT NULL", "status drawn_at sha256 typed pdf_path pdf_sha256",
           "a draft on paper is drawn once"),
    Frozen("applications_application", "OLD.reference <> ''", "reference",
           "the number of an application stays"),
    Frozen("applications_clarification", "OLD.answered_at IS NOT NULL", "status answer answered_by_id answered_at",
           "an answer is given once"),
    Frozen("applications_hearing", "OLD.settled_at IS NOT NULL",
           "status answer answered_by_id answered_at considered settled_by_id settled_at",
           "a notice is settled once, on the observations as they came"),
    Frozen("programmes_call", "OLD.status <> 'DRAFT'",
           "fund_id reference opens_at eligible_states min_partners min_states min_contribution max_contribution"
           " max_rate indirect_rate max_months required_attachments parts overall_threshold tie_break topic_order"
           " has_reserve same_state_conflicts redress_days legal",
           "what is frozen with the publication of a call stays as it was published"),
    Frozen("awards_decision", "OLD.status IN ('DECIDED', 'ISSUED')",
           "ranked_list_id number prepared_by_id prepared_at evaluator_ids handler_ids decided_by_id decided_at"
           " reasons",
           "an award decision that was taken stays as it was taken"),
    Frozen("evaluation_assessment", "OLD.status = 'SIGNED'",
           "assigned_by_id assigned_at batch_id declared_at declaration declaration_version remark",
           "what was signed is opened again before it changes"),
    Frozen("evaluation_consensus", "OLD.status = 'APPROVED'", "total remark",
           "a report that was approved is opened again before it changes"),
    Frozen("promises_mail", "OLD.sent_at IS NOT NULL", "sent_at",
           "a mail is sent once"),
    Frozen("reports_finding", "OLD.sent_at IS NOT NULL",
           "title text recommendation severity call_id application_id decision_id file_id organisation_id sent_by_id"
           " sent_at",
           "a finding that was sent stays as it was sent: another one takes its place"),
    Frozen("reports_proofrun", "OLD.ended_at IS NOT NULL", "status ended_at looked_at fault_count results",
           "the result of a run of proofs stays"),
    Frozen("reports_pack", "OLD.made_at IS NOT NULL", "status path name size sha256 entry_count head made_at",
           "a pack that was made stays as it was made"),
    Frozen("reports_sample", "OLD.drawn_at IS NOT NULL", "status checkpoint root seed numbers drawn_at",
           "a sample is drawn once"),
    Frozen("reports_reportfile", "OLD.drawn_at IS NOT NULL",
           "status path name size sha256 rows_sha256 row_count data_at",
           "a file that was drawn stays as it was drawn"),
]

ABOVE = [
    Above("evaluation_score", "assessment_id", "evaluation_assessment", AssessmentPhase.SIGNED,
          "the scores of a signed assessment stay: it is opened again first"),
    Above("evaluation_consensusscore", "consensus_id", "evaluation_consensus", ConsensusPhase.APPROVED,
          "the scores of an approved report stay: it is opened again first"),
    Above("evaluation_rankedentry", "ranked_list_id", "evaluation_rankedlist",
          RankedListPhase.SIGNED + RankedListPhase.QUESTIONED + RankedListPhase.SET_ASIDE + RankedListPhase.DISCARDED,
          "a list that was signed or has ended gets no other places"),
    Above("programmes_criterion", "call_id", "programmes_call", PUBLISHED,
          "the criteria of a published call stay as they were published"),
    Above("awards_decisionline", "decision_id", "awards_decision",
          DecisionPhase.DECIDED + DecisionPhase.ISSUED + DecisionPhase.DISCARDED,
          "the lines of an award decision that was taken do not change"),
]
# fmt: on
