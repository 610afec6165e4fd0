SELECT "issue"."id" AS "id", "issue"."status" AS "status", "issue"."intake_no" AS "intake_no",
"issue"."ledger_no" AS "ledger_no", "issue"."kind" AS "kind", "issue"."urgency" AS "urgency",
"issue"."category" AS "category", "issue"."title" AS "title", "issue"."goal" AS "goal", "issue"."level" AS
"level", "issue"."street_code" AS "street_code", "issue"."submitter_unit_id" AS "submitter_unit_id",
"issue"."created_at" AS "created_at", "issue"."submitted_on" AS "submitted_on", "issue"."registered_on" AS
"registered_on", "issue"."lead_unit_id" AS "lead_unit_id", "issue"."dispatched_on" AS "dispatched_on",
"issue"."sign_due_on" AS "sign_due_on", "issue"."designated" AS "designated", "issue"."round" AS "round",
"issue"."due_on" AS "due_on", "issue"."due_estimated" AS "due_estimated", "issue"."extension_count" AS
"extension_count", "issue"."extension_pending" AS "extension_pending", "issue"."replied_on" AS "replied_on",
"issue"."satisfaction" AS "satisfaction", "issue"."feedback_excluded" AS "feedback_excluded",
"issue"."closed_on" AS "closed_on", "issue"."urge_count" AS "urge_count", "issue"."supervision_level" AS
"supervision_level", "issue"."version" AS "version" FROM "issue" WHERE "issue"."status" <> $1 AND TRUE AND
"issue"."id" < $2 ORDER BY "issue"."id" DESC LIMIT $3
