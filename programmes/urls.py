from django.contrib.auth.decorators import login_not_required as anybody
from django.urls import path

from programmes import api, views

OPPORTUNITIES = "common-grants/opportunities"  # as the protocol has them: no stroke at the end
urlpatterns = [
    path(OPPORTUNITIES, anybody(api.OpportunitiesView.as_view()), name="opportunities"),
    path(f"{OPPORTUNITIES}/search", anybody(api.SearchView.as_view()), name="opportunities_search"),
    path(f"{OPPORTUNITIES}/<uuid:pk>", anybody(api.OpportunityView.as_view()), name="opportunity"),
    path("funds/", views.funds, name="funds"),
    path("funds/<slug:code>/", views.fund_page, name="fund"),
    path("funds/<slug:code>/allocation/", views.allocation, name="allocation"),
    path("calls/", views.calls, name="calls"),
    path("calls/feed/", views.call_feed, name="call_feed"),
    path("calls/new/", views.call_new, name="call_new"),
    path("calls/<uuid:pk>/", views.call_page, name="call"),
    path("calls/<uuid:pk>/edit/", views.call_edit, name="call_edit"),
    path("calls/<uuid:pk>/form/", views.call_form, name="call_form"),
    path("calls/<uuid:pk>/calendar.ics", views.call_calendar, name="call_calendar"),
    path("calls/<uuid:pk>/correct/", views.call_correct, name="call_correct"),
    path("calls/<uuid:pk>/questions/", views.call_questions, name="call_questions"),
    path("calls/<uuid:pk>/ask/", views.question_ask, name="question_ask"),
    path("calls/<uuid:pk>/follow/", views.call_follow, name="call_follow"),
    path("calls/<uuid:pk>/unfollow/", views.call_unfollow, name="call_unfollow"),
    path("questions/<uuid:pk>/", views.question, name="question"),
    path("questions/<uuid:pk>/answer/", views.question_answer, name="question_answer"),
    path("questions/<uuid:pk>/correct/", views.question_correct, name="question_correct"),
    path("questions/<uuid:pk>/<slug:step>/", views.question_step, name="question_step"),
    path("calls/<uuid:pk>/<slug:step>/preview/", views.call_step_preview, name="call_step_preview"),
    path("calls/<uuid:pk>/<slug:step>/", views.call_step, name="call_step"),
]
