"""Until now everybody on a list had a rank, and it is the line of the list, in every version of it.

On the way back, whoever has no rank gets the line as one: that is what the software of before can hold. A list of
format 2 that comes forward again is as it was sealed: who fell below a threshold has no rank.
"""

from django.db import migrations

FILLED_IN = """
    ALTER TABLE {table} DISABLE TRIGGER USER;
    UPDATE {table} SET {column} = {source} WHERE {column} IS NULL;
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE {table} ENABLE TRIGGER USER;
"""
AS_SEALED = """
    ALTER TABLE {table} DISABLE TRIGGER USER;
    UPDATE {table} AS entry SET rank = NULL FROM evaluation_rankedlist AS list
    WHERE list.id = entry.ranked_list_id AND list.format = 2 AND entry.stage = 'THRESHOLD';
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE {table} ENABLE TRIGGER USER;
"""
TABLES = ("evaluation_rankedentry", "evaluation_rankedentryevent")


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0011_lines_and_ties")]
    operations = [
        migrations.RunSQL(
            FILLED_IN.format(table=table, column="position", source="rank") + AS_SEALED.format(table=table),
            FILLED_IN.format(table=table, column="rank", source="position"),
        )
        for table in TABLES
    ]
