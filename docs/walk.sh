#!/usr/bin/env bash
# An issue from submission to cancellation. Start `gongjian demo` first; needs curl (7.84 or newer) and jq.
# Every line that is printed after `$` can be typed as it stands, after the functions below.
set -euo pipefail

api=${1:-http://127.0.0.1:8080}/v1

login() { curl -sS --json "{\"username\":\"$1\",\"password\":\"one-issue-one-number-2026\"}" "$api/auth/login" | jq -r .access_token; }
as() { curl -sS -H "Authorization: Bearer $1" "${@:2}"; }
etag() { as "$1" -o /dev/null -w '%header{etag}' "$api/issues/$issue"; }
act() { as "$1" -H "If-Match: $(etag "$1")" --json "$3" "$api/issues/$issue/$2"; }
brief() { jq -c '{status, ledger_no, due_on, light, allowed_actions} | del(..|nulls)'; }

step() {
    printf '\n$ %s\n' "$1"
    eval "$1"
}

step 'liaison=$(login liaison057); representative=$(login rep057); stranger=$(login rep058)'
step 'secretariat=$(login secretariat); department=$(login dept002)'

printf '\n# The liaison of a research institute brings a difficulty.\n'
step 'answer=$(as $liaison --json "{\"kind\":\"difficulty\",\"category\":\"教育\",\"title\":\"博士子女入学难\",\"detail\":\"新引进三名博士的子女面临转学，希望协调学位。\"}" $api/issues)'
step 'issue=$(jq -r .id <<<$answer); jq -c "{status, intake_no, allowed_actions}" <<<$answer'

printf '\n# Another unit does not learn that it exists; the liaison may see it, but not register it.\n'
step 'as $stranger $api/issues/$issue | jq -c "{status, code}"'
step 'act $liaison register "{}" | jq -c "{status, code, article, detail}"'

printf '\n# The secretariat registers it under a number and dispatches it to the education bureau.\n'
step 'act $secretariat register "{}" | brief'
step 'bureau=$(as $secretariat -G --data-urlencode q=教育局 $api/units | jq -r ".data[0].id")'
step 'act $secretariat dispatch "{\"lead_unit_id\":\"$bureau\"}" | brief'

printf '\n# Nothing can be cancelled yet: 409, and what is open instead.\n'
step 'act $secretariat cancel "{}" | jq -c "{status, code, article, allowed_actions}"'

printf '\n# The bureau signs for it, reports, replies.\n'
step 'act $department sign "{}" | brief'
step 'act $department report-progress "{\"text\":\"已与三所学校对接学位。\"}" | brief'
step 'act $department reply "{\"outcome\":\"resolved\",\"text\":\"三名学生已安排入学。\",\"measures\":\"协调两所学校。\",\"signed_by\":\"局长\"}" | brief'

printf '\n# The representative confirms, the secretariat cancels it from the ledger.\n'
step 'act $representative confirm "{\"solved\":true,\"satisfaction\":\"satisfied\"}" | brief'
step 'act $secretariat cancel "{}" | brief'

printf '\n# What happened, from the audit trail.\n'
step 'as $liaison -H "Accept-Language: en" $api/issues/$issue/events | jq -r ".data[] | [.label, .actor_name] | @tsv"'
