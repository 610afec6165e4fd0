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
# Who presides today, and by which article?
general=$(login secretary-general) secretariat=$(login secretariat)
as $secretariat "$api/offices?kind=president" | jq -c '.data[] | {holder: .holder.name, post: .post.name, filling}'

# The post has a new holder. Its offices pass with it from that day; nothing else is to be done but to file it.
post=$(as $secretariat "$api/offices?kind=president" | jq -r '.data[0].post.id')
new_holder='{"person":{"name":"周宁"},"since":"2026-11-20","basis":"青委干〔2026〕31号"}'
act $general posts/$post holders "$new_holder" | jq -c '{holder: .holder.person_name, since: .holder.since}'
as $secretariat "$api/offices?kind=president" | jq -c '.data[] | {holder: .holder.name}'
as $secretariat "$api/offices?kind=president&as_of=2026-11-19" | jq -c '.data[] | {holder: .holder.name}'
as $secretariat "$api/office-filings?state=open" | jq -c '.data[] | {kind, person: .person.name, due_on}'

# The council, computed: persons count once, however many seats they have.
council=01980000-0000-7000-8000-000000000013
as $secretariat $api/bodies/$council/roster | jq -c '{seat_count, person_count}'

# By what right? Each article says what rests on it.
as $secretariat $api/charter/articles/17 | jq -c '{title: .article.title.zh, obligations: [.obligations[].label]}'

# A decision that the council took on paper: adopted, issued under its number, effective from that day.
decision='{"body_id":"'$council'","matter":"council_other","title":"关于开展助企月的决定","text":"十二月开展助企月。"}'
paper='{"method":"document","document_ref":"青党促〔2026〕5号","adopted_on":"2026-11-19"}'
made=$(as $general --json "$(jq -s add <<<"$decision $paper")" $api/decisions | jq -r .id)
act $general decisions/$made issue '{}' | jq -c '{number, document_no, status, effective_from} | del(..|nulls)'

# What does the charter still ask for?
as $secretariat "$api/compliance?state=due_soon&limit=3" | jq -c '.data[] | {label: .obligation.label, article: .obligation.article, due_on}'
WALK
