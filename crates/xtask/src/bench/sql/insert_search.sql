INSERT INTO "issue_search" ("issue_id", "tokens") VALUES ($1, $2)
