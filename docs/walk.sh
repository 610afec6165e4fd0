#!/usr/bin/env bash
# An issue from submission to cancellation. Start `gongjian demo` first; needs curl (7.84 or newer) and jq.
# What is printed after `$` can be typed as it stands, once these functions are known to the shell.
set -euo pipefail

api=${1:-http://127.0.0.1:8080}/v1
password=one-issue-one-number-2026

login() { curl -sS --json "{\"username\":\"$1\",\"password\":\"$password\"}" "$api/auth/login" | jq -r .access_token; }
as() { curl -sS -H "Authorization: Bearer $1" "${@:2}"; }
etag() { as "$1" -o /dev/null -w '%header{etag}' "$api/issues/$issue"; }
act() { as "$1" -H "If-Match: $(etag "$1")" --json "$3" "$api/issues/$issue/$2"; }
brief() { jq -c '{status, code, article, ledger_no, due_on, allowed_actions} | del(..|nulls)'; }

# Shows each line of its input, then runs it.
run() {
    while IFS= read -r line; do
        case $line in
            '') echo ;;
            '#'*) printf '%s\n' "$line" ;;
            *) printf '$ %s\n' "$line" && eval "$line" </dev/null ;;
        esac
    done
}

run <<'STEPS'
liaison=$(login liaison057) representative=$(login rep057) stranger=$(login rep058)
secretariat=$(login secretariat) department=$(login dept002)

# The liaison of a research institute brings a difficulty.
difficulty='{"kind":"difficulty","category":"教育","title":"博士子女入学难","detail":"三名博士的子女面临转学。"}'
answer=$(as $liaison --json "$difficulty" $api/issues)
issue=$(jq -r .id <<<"$answer")
jq -c '{status, intake_no, allowed_actions}' <<<"$answer"

# Another unit does not learn that it exists. The liaison sees it, but cannot register it.
as $stranger $api/issues/$issue | brief
act $liaison register '{}' | brief

# The secretariat registers it under a number, and dispatches it to the education bureau.
act $secretariat register '{}' | brief
bureau=$(as $secretariat -G --data-urlencode q=教育局 $api/units | jq -r '.data[0].id')
act $secretariat dispatch '{"lead_unit_id":"'$bureau'"}' | brief

# Nothing can be cancelled yet: 409, and what is open instead.
act $secretariat cancel '{}' | brief

# The bureau signs for it, reports, replies.
act $department sign '{}' | brief
act $department report-progress '{"text":"已与三所学校对接学位。"}' | brief
act $department reply '{"outcome":"resolved","text":"三名学生已入学。","measures":"协调两所学校。","signed_by":"局长"}' | brief

# The representative confirms, the secretariat cancels it from the ledger.
act $representative confirm '{"contacted":true,"solved":true,"satisfaction":"satisfied"}' | brief
act $secretariat cancel '{}' | brief

# What happened, from the audit trail.
as $liaison -H 'Accept-Language: en' $api/issues/$issue/events | jq -r '.data[] | [.label, .actor_name] | @tsv'
STEPS
