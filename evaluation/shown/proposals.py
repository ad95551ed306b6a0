"""The application before a declaration: who and what it is about. What it says, `applications.shown` lays out."""

from django.utils.translation import gettext as _


def card_of(application):
    """What may be known before a declaration: nothing of its content."""
    partners = application.partners.order_by("order", "name")
    return {
        "facts": [
            (_("Title"), application.title),
            (_("Applicant"), f"{application.applicant.name} ({application.applicant.get_member_state_display()})"),
        ],
        "partners": [[one.name, one.get_country_display(), one.get_kind_display()] for one in partners],
    }
