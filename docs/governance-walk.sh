#!/usr/bin/env bash
# Who presides and why, and a decision of the council. Start `gongjian demo` first; needs curl (7.84 or newer) and jq.
# What is printed after `$` can be typed as it stands, once these functions are known to the shell.
set -euo pipefail

api=${GONGJIAN_API:-http://127.0.0.1:8080/v1}
password=one-issue-one-number-2026

login() { curl -sS --json "{\"username\":\"$1\",\"password\":\"$password\"}" "$api/auth/login" | jq -r .access_token; }
as() { curl -sS -H "Authorization: Bearer $1" "${@:2}"; }
etag() { as "$1" -o /dev/null -w '%header{etag}' "$api/$2"; }
act() { as "$1" -H "If-Match: $(etag "$1" "$2")" --json "$4" "$api/$2/$3"; }

# Shows each line of its input, then runs it.
show() {
    while IFS= read -r line; do
        case "$line" in
            '') echo ;;
            '#'*) printf '%s\n' "$line" ;;
            *) printf '$ %s\n' "$line"; eval "$line" ;;
        esac
    done
}

show <<'WALK'
$PLACEHOLDER
WALK
