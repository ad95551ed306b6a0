"""What a person is at this moment, kept on the person's own row by the database.

Every predicate and every `visible_to` asks it, for whoever is signed in and for each line of a list, so it must cost no
query; and it must never differ from the memberships, so no act writes it: triggers do. See docs/decisions/0012.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

LONG_AGO = "2000-01-01T00:00:00+00:00"

# Before each write of a person: whatever was about to be stored, the memberships decide.
FROM_MEMBERSHIPS = """
    NEW.standing = (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'role', m.role, 'organisation', m.organisation_id, 'name', coalesce(o.name, ''),
            'latin_name', coalesce(o.latin_name, ''), 'state', coalesce(o.member_state, m.member_state),
            'entity', m.entity, 'on_behalf_of', m.on_behalf_of_id, 'from', m.from_at, 'until', m.until_at
        ) ORDER BY m.from_at, m.id), '[]'::jsonb)
        FROM accounts_membership m LEFT JOIN accounts_organisation o ON o.id = m.organisation_id
        WHERE m.person_id = NEW.id AND m.status = 'GRANTED'
    );
    RETURN NEW;
"""
TELL_THE_PERSON = """
    UPDATE accounts_user SET standing = '[]'
    WHERE id IN (coalesce(NEW.person_id, OLD.person_id), coalesce(OLD.person_id, NEW.person_id));
    RETURN NULL;
"""
TELL_ITS_PEOPLE = """
    UPDATE accounts_user SET standing = '[]'
    WHERE id IN (SELECT person_id FROM accounts_membership WHERE organisation_id = NEW.id);
    RETURN NULL;
"""


@dataclass(frozen=True)
class Place:
    """One membership as the person's row remembers it."""

    role: str
    organisation_id: UUID | None
    organisation: str
    latin_organisation: str
    state: str
    entity: str
    on_behalf_of_id: UUID | None


def places_in_force(standing, at):
    """The places of a `standing` whose time has come and has not passed."""
    read, found = datetime.fromisoformat, []
    for one in standing:
        if read(one["from"]) <= at and not (one["until"] and read(one["until"]) <= at):
            organisation_id = one["organisation"] and UUID(one["organisation"])
            on_behalf_of_id = one["on_behalf_of"] and UUID(one["on_behalf_of"])
            names = one["name"], one["latin_name"]
            found.append(Place(one["role"], organisation_id, *names, one["state"], one["entity"], on_behalf_of_id))
    return found


def standing_of(*, role, organisation=None, member_state="", entity=""):
    """What the database will remember of somebody who joins in this act and is not stored yet."""
    house = {"organisation": None, "name": "", "latin_name": "", "state": member_state}
    if organisation:
        house = {
            "organisation": str(organisation.pk), "name": organisation.name, "latin_name": organisation.latin_name,
            "state": organisation.member_state,
        }  # fmt: skip
    return [{"role": role, **house, "entity": entity, "on_behalf_of": None, "from": LONG_AGO, "until": None}]
