"""What the list of opened applications is sorted, narrowed and searched by, written by the database itself."""

from decimal import Decimal

from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce

from applications.states import LISTED

# An update that changes nothing of this, as most are, pays for a comparison only.
KEYS = """
    IF TG_OP = 'INSERT' OR
        (NEW.reference, NEW.acronym, NEW.title, NEW.applicant_id, NEW.search_text, NEW.applicant_key, NEW.member_state)
        IS DISTINCT FROM
        (OLD.reference, OLD.acronym, OLD.title, OLD.applicant_id, OLD.search_text, OLD.applicant_key, OLD.member_state)
    THEN
        SELECT in_order(o.name), in_order(NEW.acronym), o.member_state,
            folded(concat_ws(' ', NEW.reference, NEW.acronym, NEW.title, o.name, o.latin_name))
        INTO NEW.applicant_key, NEW.acronym_key, NEW.member_state, NEW.search_text
        FROM accounts_organisation o WHERE o.id = NEW.applicant_id;
    END IF;
    RETURN NEW;
"""

# What is opened, in every order that its list offers: of all, of one call, of one Member State, of one status.
AMOUNT = Coalesce("requested", Value(Decimal(0)))
OPENED = models.Q(status__in=[*LISTED])
ORDERS = {
    "number": "reference", "acronym": "acronym_key", "applicant": "applicant_key",
    "amount": AMOUNT, "time": "submitted_at",
}  # fmt: skip
NARROWED = {"all": (), "call": ("call",), "state": ("member_state",), "status": ("status",)}


def indexes_of_the_list():
    for narrowed, fields in NARROWED.items():
        for order, key in ORDERS.items():
            name = f"listed_{narrowed}_by_{order}"
            yield models.Index(*map(models.F, fields), key, "id", name=name, condition=OPENED)
