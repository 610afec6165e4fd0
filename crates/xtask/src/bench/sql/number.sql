INSERT INTO "number_series" ("series", "body", "year", "last") VALUES ($1, $2, $3, $4) ON CONFLICT ("series",
"body", "year") DO UPDATE SET "last" = "number_series"."last" + $5 RETURNING "series", "body", "year", "last"
