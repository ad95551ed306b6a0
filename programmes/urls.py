from django.urls import path

from programmes import views

urlpatterns = [
    path("funds/", views.funds, name="funds"),
    path("funds/<slug:code>/", views.fund_page, name="fund"),
    path("funds/<slug:code>/allocation/", views.allocation, name="allocation"),
    path("calls/", views.calls, name="calls"),
    path("calls/new/", views.call_new, name="call_new"),
    path("calls/<uuid:pk>/", views.call_page, name="call"),
    path("calls/<uuid:pk>/edit/", views.call_edit, name="call_edit"),
    path("calls/<uuid:pk>/calendar.ics", views.call_calendar, name="call_calendar"),
    path("calls/<uuid:pk>/correct/", views.call_correct, name="call_correct"),
    path("calls/<uuid:pk>/<slug:step>/preview/", views.call_step_preview, name="call_step_preview"),
    path("calls/<uuid:pk>/<slug:step>/", views.call_step, name="call_step"),
]
