INSERT INTO "audit_event" ("seq", "id", "at", "kind", "subject_kind", "subject_id", "actor_id", "actor_name",
"actor_unit_id", "actor_roles", "ip", "user_agent", "request_id", "succeeded", "data", "prev_hash", "hash")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
