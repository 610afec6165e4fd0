//! The migration of units that were on file before applications and histories were kept, on either database.

use gongjian_kernel::id::IdSource as _;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::*;

struct Old {
    db: Database,
    _dir: tempfile::TempDir,
}

impl Old {
    /// At the schema before: five migrations.
    async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let server = std::env::var("TEST_DATABASE_URL").ok().filter(|url| url.starts_with("postgres"));
        let url = match server {
            None => format!("sqlite://{}", dir.path().join("old.db").display()),
            Some(server) => {
                let name = format!("gj_old_{}", RandomIds.next().simple());
                // The server without the database that the URL may name.
                let host = server.find("://").map_or(0, |at| at + 3);
                let server = server[host..].find('/').map_or(server.as_str(), |end| &server[..host + end]);
                let root = sea_orm::Database::connect(format!("{server}/postgres")).await.unwrap();
                root.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
                format!("{server}/{name}")
            }
        };
        let second = Duration::from_secs(5);
        let settings = DatabaseSettings { url, connections: 2, acquire_timeout: second, statement_timeout: second };
        let db = Database::connect(&settings).await.unwrap();
        Migrator::up(db.writer(), Some(5)).await.unwrap();
        Self { db, _dir: dir }
    }

    fn writer(&self) -> &DatabaseConnection {
        self.db.writer()
    }

    fn id(&self, n: u32) -> String {
        if self.db.is_sqlite() { format!("X'{n:032x}'") } else { format!("'{n:032x}'::uuid") }
    }

    async fn unit(&self, n: u32, status: &str, dates: &str) {
        let (unit, person, contact) = (self.id(n), self.id(n + 100), self.id(n + 200));
        let now = "'2026-11-20 02:00:00+00:00'";
        for sql in [
            format!("INSERT INTO person (id, name, created_at) VALUES ({person}, '代表{n}', {now})"),
            format!(
                "INSERT INTO unit (id, member_no, name, name_key, unit_type, affiliation_level, credit_code_exempt_reason, \
                 street_code, zone_codes, address, party_org_name, party_org_kind, handles_issues, status, applied_on, \
                 joined_on, withdrawn_on, version, created_at, updated_at) VALUES ({unit}, 'HY-{n:04}', '单位{n}', \
                 '单位{n}', 'research', 'district', '尚未取得代码', '990106003', '[]', '某路', '某党组', 'party_group', \
                 false, '{status}', {dates}, 1, {now}, {now})"
            ),
            format!(
                "INSERT INTO unit_contact (id, unit_id, kind, person_id, post, filed_on, since) VALUES ({contact}, \
                 {unit}, 'representative', {person}, '书记', '2026-01-05', {now})"
            ),
        ] {
            self.writer().execute_unprepared(&sql).await.unwrap();
        }
    }

    async fn count(&self, of: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM {of}");
        let statement = Statement::from_string(self.writer().get_database_backend(), sql);
        self.writer().query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }
}

#[tokio::test]
async fn members_and_applicants_come_along_and_the_schema_goes_back_and_forth() {
    let old = Old::start().await;
    old.unit(1, "active", "NULL, '2026-01-05', NULL").await;
    old.unit(2, "withdrawn", "NULL, '2014-06-30', '2025-12-31'").await;
    old.unit(3, "applied", "'2026-11-12', NULL, NULL").await;
    Migrator::up(old.writer(), Some(1)).await.unwrap();
    for (of, count) in [
        ("unit", 2),
        ("application WHERE number = 'RH-HY-0003' AND status = 'applied' AND contact_name = '代表3'", 1),
        ("membership_period", 2),
        ("membership_period WHERE left_on = '2025-12-31' AND ended_by = 'withdrawal'", 1),
        ("unit_version", 3),
        ("unit_version WHERE status = 'withdrawn' AND valid_from = '2025-12-31' AND valid_to IS NULL", 1),
        ("unit_contact WHERE until IS NULL", 1),
    ] {
        assert_eq!(old.count(of).await, count, "{of}");
    }
    // The name of one that has left is taken by another: the old schema has room for both.
    old.unit(4, "active", "NULL, '2026-01-05', NULL").await;
    old.writer().execute_unprepared("UPDATE unit SET name_key = '单位2' WHERE member_no = 'HY-0004'").await.unwrap();
    Migrator::down(old.writer(), Some(1)).await.unwrap();
    assert_eq!(old.count("unit").await, 3);
    Migrator::up(old.writer(), Some(1)).await.unwrap();
    assert_eq!(old.count("unit_version").await, 4);
    assert_eq!(old.count("membership_period WHERE left_on IS NULL").await, 2);
    let twin = "UPDATE unit SET name_key = '单位1' WHERE member_no = 'HY-0004'";
    assert!(old.writer().execute_unprepared(twin).await.is_err(), "no two members bear a name");
}
