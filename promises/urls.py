from django.urls import path

from promises import views

urlpatterns = [
    path("promises/", views.promises, name="promises"),
    path("promises/progress/", views.progress, name="promises_progress"),
    path("promises/<uuid:pk>/<slug:step>/", views.promise_step, name="promise_step"),
]
