"""How the interface for programs describes itself: the settings of drf-spectacular, which draws the document."""

DOCUMENT = {
    "TITLE": "Grant programme management",
    "DESCRIPTION": "Every act and list of the pages, for machines. The web and the API refuse with the same sentences.",
    "VERSION": "1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "OrganisationKindEnum": "accounts.models.Organisation.Kind",
        "AnyRoleEnum": "accounts.roles.Role",
        "AttemptOutcomeEnum": "applications.models.Attempt.Outcome",
        "ProofRunStatusEnum": "reports.states.ProofRunStatus",
        "OutcomeEnum": "awards.models.DecisionLine.Outcome",
        "QuestionStatusEnum": "programmes.states.QuestionStatus",
        "StandingOrderStatusEnum": "applications.states.OrderStatus",
    },
}
