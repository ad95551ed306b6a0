"""The keys of what is there, and of what follows when an organisation gets another name.

Any change of `search_text` makes the trigger of the applications write all keys anew; no version of a row is kept of it.
"""

from django.db import migrations

WRITE = "UPDATE applications_application SET search_text = '-'"
FOLLOW = """
CREATE FUNCTION follow_the_applicant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE applications_application SET search_text = '-' WHERE applicant_id = NEW.id;
    RETURN NULL;
END; $$;
CREATE TRIGGER names_of_applications AFTER UPDATE ON accounts_organisation FOR EACH ROW
    WHEN ((OLD.name, OLD.latin_name, OLD.member_state) IS DISTINCT FROM (NEW.name, NEW.latin_name, NEW.member_state))
    EXECUTE FUNCTION follow_the_applicant();
"""
UNFOLLOW = "DROP TRIGGER names_of_applications ON accounts_organisation; DROP FUNCTION follow_the_applicant();"


class Migration(migrations.Migration):
    dependencies = [("applications", "0015_lists_from_indexes"), ("accounts", "0009_lists_from_indexes")]

    operations = [
        migrations.RunSQL(WRITE, migrations.RunSQL.noop),
        migrations.RunSQL(FOLLOW, UNFOLLOW),
    ]
