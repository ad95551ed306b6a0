"""A proposal laid out for reading, part by part: the one showing for owner, officer, evaluator, auditor and paper."""

from applications.content import content_of
from applications.formats import read
from applications.parts import said_in


def proposal(application, content):
    """What a content of any format says: for each part its name, label, template and what the template shows."""
    content = read(content)
    return [
        {
            "name": part.name,
            "label": part.label,
            "template": part.template,
            "shown": part.shown(content, application),
        }
        for part in said_in(content, application.call)
    ]


def proposal_now(application):
    """The proposal as its rows say it now; after opening that is what was received."""
    return proposal(application, content_of(application))


def proposal_received(receipt):
    """The version that a receipt proves, as it was sent."""
    return proposal(receipt.application, receipt.content)
