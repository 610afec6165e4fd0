use gongjian_identity::Phone;
use gongjian_identity::person::{self, NewPerson};
use gongjian_kernel::{Act, write};
use gongjian_migration::Migrator;
use sea_orm::ConnectionTrait as _;
use sea_orm_migration::MigratorTrait as _;

use crate::fixture::Fixture;

/// The schema before personal data were sealed: the first five migrations.
const BEFORE: &str = "m0005_appointments";

#[tokio::test]
async fn the_schema_goes_back_with_people_in_it_and_comes_again() {
    let at = Fixture::new().await;
    let new = NewPerson { name: "李敏".to_owned(), phone: Some(Phone::parse("13800000001").unwrap()), email: None };
    write(&at.store, &Act::by_rule(&at.store), async |work| person::create(work, new.clone()).await).await.unwrap();
    let db = at.store.db.writer();
    let names: Vec<String> = Migrator::migrations().iter().map(|it| it.name().to_owned()).collect();
    let back = names.iter().rev().take_while(|name| *name != BEFORE).count();
    Migrator::down(db, Some(u32::try_from(back).unwrap())).await.unwrap();
    db.execute_unprepared("UPDATE person SET phone = '+8613700000001'").await.unwrap();
    Migrator::up(db, None).await.unwrap();
    assert_eq!(person::introduce_keys(&at.store).await.unwrap(), 1, "what stood there as it was is sealed");
    let id = person_id(&at).await;
    let person = person::find(at.store.db.reader(), id).await.unwrap().unwrap();
    assert_eq!(person.phone(&at.store.keys.data).unwrap().as_deref(), Some("+8613700000001"));
}

async fn person_id(at: &Fixture) -> person::PersonId {
    let db = at.store.db.reader();
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), "SELECT id FROM person");
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}
