from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "isf_police"
