#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: the role the application runs as. It owns nothing;
# what it may do is granted by `manage.py grant_rights` after each migration.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/database_app_password)" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE isf_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
SQL
