#!/bin/sh
# Makes the secrets of docker-compose.yml once. Existing ones are never replaced.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets
umask 077

random() {
    head -c 36 /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'
}

[ -e secrets/gongjian_secret ] || random >secrets/gongjian_secret
if [ ! -e secrets/database_password ]; then
    password=$(random)
    printf '%s' "$password" >secrets/database_password
    printf 'postgres://gongjian:%s@database:5432/gongjian' "$password" >secrets/database_url
fi
# Read inside the containers by other users than the one who made them; the directory stays closed.
chmod 644 secrets/*
