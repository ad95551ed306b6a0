"""The spelling of words for searching and for order: what core/spelling.py does, for indexes and triggers."""

from django.db import migrations

# Å is a letter of its own, after all others that begin with A: so the order that the operators were promised has it.
# The cost keeps the planner from spelling every row of a table when an index has them spelt already.
# `translate` is slow in proportion to its list, a regular expression is not: accents go by one.
FORWARDS = r"""
CREATE FUNCTION folded(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000
RETURN CASE WHEN octet_length(words) = length(words) THEN lower(translate(words, '''`', '')) ELSE
    replace(replace(replace(replace(
        translate(
            regexp_replace(regexp_replace(
                lower(normalize(
                    regexp_replace(words,
                        U&'[''`\00B4\0384\1FBD\1FBF\2018\2019\201B\02B9\02BB\02BC\2032\00AD\200B-\200D\2060\FEFF]+',
                        '', 'g'), NFKD)),
                U&'[\0300-\036F]+', '', 'g'), U&'[\2010-\2014]', '-', 'g'),
            'łøđħŧŋıĸðς', 'lodhtnikdσ'),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
    END;

CREATE FUNCTION in_order(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000
RETURN folded(
    CASE WHEN octet_length(words) = length(words) THEN words
    ELSE replace(replace(normalize(words, NFC), 'Å', 'A~'), 'å', 'a~') END
) || chr(1) || words;
"""
BACKWARDS = "DROP FUNCTION in_order(text); DROP FUNCTION folded(text);"


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
