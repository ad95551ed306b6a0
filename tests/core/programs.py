"""Programs that ask in somebody's name."""

from rest_framework.test import APIClient

from accounts.actions import make_token


def program_of(person):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {make_token(by=person)}")
    return client


def kind_of(refusal):
    return refusal.json()["type"].partition("#")[2]
