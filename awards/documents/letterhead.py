"""Who writes. A fund run by another service says so in its file, under `letterhead`."""

DEFAULT = {
    "institution": "European Commission",
    "department": "Directorate-General for Migration and Home Affairs",
    "unit": "Internal Security Fund – Union actions",
    "place": "Brussels",
    "address": "European Commission, 1049 Bruxelles/Brussel, Belgique/België",
}


def letterhead_of(fund):
    return {**DEFAULT, **fund.sheet.get("letterhead", {})}
