from django.urls import path

from accounts.views import address, joining, organisations, people, sessions, tokens

urlpatterns = [
    path("register/", joining.register, name="register"),
    path("accounts/email/", address.email, name="account_email"),
    path("accounts/confirm-email/<str:key>/", address.confirm_email, name="account_confirm_email"),
    path("people/", people.accounts, name="accounts"),
    path("people/new/", people.appoint, name="appoint"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/name/", people.rename, name="person_rename"),
    path("people/<uuid:pk>/close/", people.close_account, name="close_account"),
    path("people/<uuid:pk>/roles/new/", people.grant, name="grant"),
    path("people/<uuid:pk>/<slug:step>/", people.person_step, name="person_step"),
    path("roles/<uuid:pk>/hand-over/", people.hand_over, name="hand_over"),
    path("roles/<uuid:pk>/<slug:step>/", people.membership_step, name="membership_step"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<uuid:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:pk>/correct/", organisations.correct, name="organisation_correct"),
    path("organisations/<uuid:pk>/rename/", organisations.rename, name="organisation_rename"),
    path("organisations/<uuid:pk>/member-state/", organisations.move, name="organisation_move"),
    path("organisations/<uuid:pk>/merge/", organisations.merge, name="organisation_merge"),
    path("invitations/new/", joining.invite, name="invite"),
    path("invitations/<uuid:pk>/<slug:step>/", joining.invitation_step, name="invitation_step"),
    path("invitations/<str:secret>/", joining.accept_invitation, name="accept_invitation"),
    path("mails/", people.mails, name="mails"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/end-others/", sessions.end_other_sessions, name="end_other_sessions"),
    path("sessions/<slug:name>/end/", sessions.end_session, name="end_session"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.new_token, name="new_token"),
    path("tokens/<slug:digest>/drop/", tokens.drop_token, name="drop_token"),
]
