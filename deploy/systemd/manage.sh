#!/bin/sh
# sudo sh deploy/systemd/manage.sh appoint_admin name@example.eu
#
# A command of manage.py as the servers' account and with the servers' secrets, which that account cannot read by itself.
set -eu
credentials=
for name in secret_key checkpoint_key arrival_secret database_app_password redis_password email_url; do
    credentials="$credentials -p LoadCredential=$name:/etc/isf-police/secrets/$name"
done
# shellcheck disable=SC2086 - several words on purpose, SC2016 - the other shell reads its own variables
exec systemd-run --pty --wait --collect --quiet --uid=isf -p EnvironmentFile=/etc/isf-police/environment \
    -p WorkingDirectory=/opt/isf-police $credentials sh -c '
        for file in "$CREDENTIALS_DIRECTORY"/*; do export "$(basename "$file" | tr a-z A-Z)_FILE=$file"; done
        exec .venv/bin/python manage.py "$@"' manage "$@"
