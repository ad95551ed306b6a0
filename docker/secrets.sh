#!/bin/sh
# sh docker/secrets.sh 'smtp://user:password@mail.example.eu:587/?tls=True'
#
# Once, before the first `docker compose up`: draws each secret of the house into a file of the folder `secrets` and
# writes the mail server's address beside them. What is there already stays. For a try without a mail server give
# console:// and find the mails in `docker compose logs worker`.
set -eu
[ $# -eq 1 ] || { echo "Give the mail server's address: sh $0 'smtp://user:password@host:587/?tls=True'" >&2; exit 2; }
cd "$(dirname "$0")/.."
umask 077  # the folder is its owner's alone; of its files each container sees some, with an account of its own
mkdir -p secrets
keep() {
    [ -s "secrets/$1" ] || cat > "secrets/$1"
    chmod 444 "secrets/$1"
}
for name in secret_key checkpoint_key arrival_secret database_owner_password database_app_password redis_password \
    metrics_token oidc_client_secret; do
    head -c 36 /dev/urandom | base64 | tr '+/' '-_' | keep "$name"
done
printf '%s\n' "$1" | keep email_url
echo "The folder $(pwd)/secrets is complete. Keep a copy apart from this machine and from its backups."
