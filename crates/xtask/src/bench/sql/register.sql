UPDATE "issue" SET "status" = $1, "ledger_no" = $2, "registered_on" = $3, "registered_month" = $4,
"round_started_on" = $5, "limit_workdays" = $6, "base_due_on" = $7, "due_on" = $8, "clock" = $9, "version" =
$10, "updated_at" = $11 WHERE "issue"."id" = $12 AND "issue"."version" = $13
