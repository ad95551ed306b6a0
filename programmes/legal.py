"""Which Financial Regulation applied when, and the articles behind each subject: pure, from a fund's file."""


def articles_at(regulations, day):
    """{subject: "Article … of …"} of the regulation that applied on `day`; `regulations` as in the fund's file.

    Dates may be `date` or ISO text (as they come back from the database).
    """
    for one in regulations:
        if str(one["applies_from"]) <= day.isoformat() <= str(one.get("applies_until", "9999-12-31")):
            return {subject: cited(article, one["short"]) for subject, article in one["articles"].items()}
    return {}


def cited(article, regulation):
    """Some articles name their own act (a delegated regulation); the others are of the regulation itself."""
    return article if "Regulation" in article else f"{article} of {regulation}"
