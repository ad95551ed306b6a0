"""Whatever was assessed, agreed and ranked until now belongs to the first round of its call, in every version of it.

The round is filled in where it was missing; no version is added, since nothing that was judged has changed.
"""

from django.db import migrations

FILLED_IN = """
    ALTER TABLE {table} DISABLE TRIGGER USER;
    UPDATE {table} AS row SET round_id = first.id FROM {call_of} first ON first.call_id = {call}
    WHERE {match} AND first.ordinal = 1 AND row.round_id IS NULL;
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE {table} ENABLE TRIGGER USER;
"""
OF_APPLICATION = {
    "call_of": "applications_application AS application JOIN programmes_round AS",
    "call": "application.call_id",
    "match": "row.application_id = application.id",
}
OF_CALL = {
    "call_of": "programmes_call AS call JOIN programmes_round AS",
    "call": "call.id",
    "match": "row.call_id = call.id",
}
TABLES = {
    "evaluation_assessment": OF_APPLICATION,
    "evaluation_assessmentevent": OF_APPLICATION,
    "evaluation_consensus": OF_APPLICATION,
    "evaluation_consensusevent": OF_APPLICATION,
    "evaluation_rankedlist": OF_CALL,
    "evaluation_rankedlistevent": OF_CALL,
}


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0005_rounds")]
    operations = [
        migrations.RunSQL(FILLED_IN.format(table=table, **way), migrations.RunSQL.noop) for table, way in TABLES.items()
    ]
