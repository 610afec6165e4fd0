UPDATE "audit_head" SET "hash" = $1, "seal" = $2 WHERE "audit_head"."id" = $3
