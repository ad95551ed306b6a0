"""Coordinators are the applicants themselves; partners are linked to the registered organisation of their name."""

from django.db import migrations

COORDINATORS = """
UPDATE applications_partner p SET organisation_id = a.applicant_id
FROM applications_application a WHERE a.id = p.application_id AND p.is_coordinator
"""
ONE_NAME = "trim(regexp_replace(lower({}), '[^[:alnum:]]+', ' ', 'g'))"
PARTNERS = f"""
UPDATE applications_partner p SET organisation_id = (
    SELECT o.id FROM accounts_organisation o
    WHERE o.member_state = p.country AND o.status = 'REGISTERED'
        AND {ONE_NAME.format("p.name")} IN ({ONE_NAME.format("o.name")}, {ONE_NAME.format("o.latin_name")})
    ORDER BY o.shares_identity, o.name LIMIT 1
) WHERE NOT p.is_coordinator AND trim(p.name) <> ''
"""  # noqa: S608  # nosec B608 - no word of users


def link(apps, schema_editor):
    schema_editor.execute(COORDINATORS)
    schema_editor.execute(PARTNERS)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_one_identity"), ("applications", "0010_partner_organisation")]
    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
