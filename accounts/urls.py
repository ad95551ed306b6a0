from django.urls import path

from accounts import views

urlpatterns = [
    path("register/", views.register, name="register"),
    path("people/", views.accounts, name="accounts"),
    path("people/new/", views.appoint, name="appoint"),
    path("people/<uuid:pk>/close/", views.close_account, name="close_account"),
    path("invitations/new/", views.invite, name="invite"),
    path("invitations/<uuid:pk>/<slug:step>/", views.invitation_step, name="invitation_step"),
    path("invitations/<str:secret>/", views.accept_invitation, name="accept_invitation"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/new/", views.new_token, name="new_token"),
    path("tokens/<slug:digest>/drop/", views.drop_token, name="drop_token"),
]
