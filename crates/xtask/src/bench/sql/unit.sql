SELECT "unit"."id", "unit"."member_no", "unit"."name", "unit"."name_key", "unit"."unit_type",
"unit"."affiliation_level", "unit"."credit_code", "unit"."credit_code_exempt_reason", "unit"."street_code",
"unit"."zone_codes", "unit"."address", "unit"."party_org_name", "unit"."party_org_kind",
"unit"."party_member_count", "unit"."handles_issues", "unit"."status", "unit"."applied_on",
"unit"."joined_on", "unit"."withdrawn_on", "unit"."version", "unit"."created_at", "unit"."updated_at" FROM
"unit" WHERE "unit"."id" = $1 LIMIT $2
