"""The addresses of the site with the gallery beside them."""

from isf_police.urls import urlpatterns as site
from tests.pages.gallery import urlpatterns as shown

urlpatterns = [*shown, *site]
