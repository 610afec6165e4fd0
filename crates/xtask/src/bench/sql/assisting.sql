SELECT "issue_assist"."issue_id", "issue_assist"."unit_id", "issue_assist"."asked_on" FROM "issue_assist"
WHERE "issue_assist"."issue_id" = $1 ORDER BY "issue_assist"."unit_id" ASC
