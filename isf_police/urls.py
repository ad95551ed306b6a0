"""Every address of the site."""

from django.urls import include, path

from isf_police import views

handler404 = "core.broken.not_found"
handler500 = "core.broken.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("health/", views.ready, name="health"),
    path("live/", views.live, name="live"),
    path("ready/", views.ready, name="ready"),
    path("", include("promises.urls")),
    path("", include("accounts.urls")),
    path("", include("programmes.urls")),
    path("", include("applications.urls")),
    path("", include("evaluation.urls")),
    path("", include("awards.urls")),
    path("", include("reports.urls")),
    path("desk/", views.desk, name="desk"),
    path("search/", views.search, name="search"),
    path("unsent/forget/", views.forget_unsent, name="forget_unsent"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("accounts/", include("allauth.urls")),
    path("api/", include("isf_police.api_urls")),
]
