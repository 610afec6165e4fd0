UPDATE "audit_head" SET "seq" = "seq" + $1 WHERE "audit_head"."id" = $2 RETURNING "id", "seq", "hash", "seal"
