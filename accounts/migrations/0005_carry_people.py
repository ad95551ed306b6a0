"""Each person's role becomes a membership with its whole history, each token a row; doubles of an organisation are marked.

Backwards the memberships in force fill the columns again.
"""

from django.db import migrations

# Begun when the trail says so, or else when the row was made; ended when the trail says that the account was closed.
MEMBERSHIPS = """
INSERT INTO accounts_membership
    (id, person_id, role, organisation_id, member_state, entity, from_at, until_at, status, stamp)
SELECT gen_random_uuid(), u.id, u.role, u.organisation_id, u.member_state, u.entity,
    coalesce(begun.at, made.at, now()),
    CASE WHEN u.is_active THEN NULL ELSE greatest(coalesce(ended.at, now()), begun.at, made.at) END,
    CASE WHEN u.is_active THEN 'GRANTED' ELSE 'ENDED' END, 0
FROM accounts_user u
LEFT JOIN LATERAL (
    SELECT min(at) AS at FROM audit_auditrecord
    WHERE act IN ('user.join', 'user.appoint') AND subject_id = u.id::text
) begun ON true
LEFT JOIN LATERAL (SELECT min(pgh_created_at) AS at FROM accounts_userevent WHERE pgh_obj_id = u.id) made ON true
LEFT JOIN LATERAL (
    SELECT max(at) AS at FROM audit_auditrecord WHERE act = 'user.close' AND subject_id = u.id::text
) ended ON true
"""
# What was a version of the person is a version of the membership: nothing is forgotten when the columns go.
VERSIONS = """
INSERT INTO accounts_membershipevent
    (id, person_id, role, organisation_id, member_state, entity, from_at, until_at, status, stamp,
     pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id)
SELECT m.id, e.pgh_obj_id, e.role, e.organisation_id, e.member_state, e.entity, m.from_at,
    CASE WHEN e.is_active THEN NULL ELSE m.until_at END, CASE WHEN e.is_active THEN 'GRANTED' ELSE 'ENDED' END, 0,
    e.pgh_created_at, e.pgh_label, m.id, e.pgh_context_id
FROM accounts_userevent e JOIN accounts_membership m ON m.person_id = e.pgh_obj_id
ORDER BY e.pgh_id
"""
CLOSED = """
ALTER TABLE accounts_userevent DISABLE TRIGGER USER;
UPDATE accounts_userevent SET status = 'CLOSED' WHERE NOT is_active;
UPDATE accounts_userevent e SET standing = jsonb_build_array(jsonb_build_object(
    'role', e.role, 'organisation', e.organisation_id, 'name', coalesce(o.name, ''),
    'latin_name', coalesce(o.latin_name, ''), 'state', coalesce(o.member_state, e.member_state), 'entity', e.entity,
    'on_behalf_of', NULL, 'from', m.from_at, 'until', NULL
)) FROM accounts_membership m LEFT JOIN accounts_organisation o ON o.id = m.organisation_id
WHERE m.person_id = e.pgh_obj_id AND e.is_active;
ALTER TABLE accounts_userevent ENABLE TRIGGER USER;
UPDATE accounts_user SET status = 'CLOSED' WHERE NOT is_active;
"""
TOKENS = """
INSERT INTO accounts_token (id, person_id, start, digest, made_at, status, stamp)
SELECT gen_random_uuid(), user_id, token_key, digest, created, 'IN_USE', 0 FROM knox_authtoken
"""
# Of those with one number in one State the first that was registered keeps it; the others wait to be merged.
DOUBLES = """
UPDATE accounts_organisation SET shares_identity = true WHERE id IN (
    SELECT id FROM (
        SELECT o.id, row_number() OVER (PARTITION BY o.member_state, o.{key} ORDER BY made.at, o.id) AS place
        FROM accounts_organisation o
        LEFT JOIN LATERAL (
            SELECT min(pgh_created_at) AS at FROM accounts_organisationevent WHERE pgh_obj_id = o.id
        ) made ON true
        WHERE o.{key} <> ''
    ) numbered WHERE place > 1
)
"""
BACK = """
UPDATE accounts_user u SET is_active = (u.status = 'OPEN'), role = m.role, organisation_id = m.organisation_id,
    member_state = m.member_state, entity = m.entity
FROM (
    SELECT DISTINCT ON (person_id) * FROM accounts_membership ORDER BY person_id, status DESC, from_at DESC
) m WHERE m.person_id = u.id
"""
VERSIONS_BACK = """
ALTER TABLE accounts_userevent DISABLE TRIGGER USER;
UPDATE accounts_userevent e SET is_active = (e.status = 'OPEN'), role = u.role, organisation_id = u.organisation_id,
    member_state = u.member_state, entity = u.entity
FROM accounts_user u WHERE u.id = e.pgh_obj_id;
ALTER TABLE accounts_userevent ENABLE TRIGGER USER;
"""
WITHOUT_ROWS = """
DELETE FROM accounts_token;
ALTER TABLE accounts_membershipevent DISABLE TRIGGER USER;
DELETE FROM accounts_membership;
DELETE FROM accounts_membershipevent;
ALTER TABLE accounts_membershipevent ENABLE TRIGGER USER;
"""


def carry(apps, schema_editor):
    schema_editor.execute(MEMBERSHIPS)
    schema_editor.execute("ALTER TABLE accounts_membershipevent DISABLE TRIGGER USER")
    schema_editor.execute("DELETE FROM accounts_membershipevent")  # of the INSERT above: not when it happened
    schema_editor.execute("ALTER TABLE accounts_membershipevent ENABLE TRIGGER USER")
    schema_editor.execute(VERSIONS)
    schema_editor.execute(CLOSED)
    schema_editor.execute(TOKENS)
    for key in ("registration_key", "vat_key"):
        schema_editor.execute(DOUBLES.format(key=key))


def carry_back(apps, schema_editor):
    schema_editor.execute(BACK)
    schema_editor.execute(VERSIONS_BACK)
    schema_editor.execute(WITHOUT_ROWS)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_people_and_places"),
        ("audit", "0001_initial"),
        ("knox", "0009_extend_authtoken_field"),
    ]
    operations = [migrations.RunPython(carry, carry_back)]
