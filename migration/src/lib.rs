//! The schema, the same code for SQLite and PostgreSQL. A migration that has landed never changes.

use sea_orm_migration::prelude::*;

mod constraint;
mod m0001_kernel;
mod m0002_identity;
mod m0003_membership;
mod m0004_ledger;
mod m0005_appointments;
mod m0006_membership_life;
mod m0007_filings_standing;
mod m0008_directory;
mod m0009_personal_data;
mod m0010_accounts;
mod m0011_administrators;
mod m0012_bodies;
mod m0013_meetings;
mod m0014_ballots;
mod m0015_decisions;
mod m0016_charter;
mod m0017_briefings;
mod m0018_compliance;
mod m0019_committees;
mod m0021_zones_conferences;
mod m0022_key_projects;
mod m0023_projects;
mod m0024_branches;
mod m0025_conferences;
mod m0026_exchange;
mod parts;

#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_kernel::Migration),
            Box::new(m0002_identity::Migration),
            Box::new(m0003_membership::Migration),
            Box::new(m0004_ledger::Migration),
            Box::new(m0005_appointments::Migration),
            Box::new(m0006_membership_life::Migration),
            Box::new(m0007_filings_standing::Migration),
            Box::new(m0008_directory::Migration),
            Box::new(m0009_personal_data::Migration),
            Box::new(m0010_accounts::Migration),
            Box::new(m0011_administrators::Migration),
            Box::new(m0012_bodies::Migration),
            Box::new(m0013_meetings::Migration),
            Box::new(m0014_ballots::Migration),
            Box::new(m0015_decisions::Migration),
            Box::new(m0016_charter::Migration),
            Box::new(m0017_briefings::Migration),
            Box::new(m0018_compliance::Migration),
            Box::new(m0019_committees::Migration),
            Box::new(m0021_zones_conferences::Migration),
            Box::new(m0022_key_projects::Migration),
            Box::new(m0023_projects::Migration),
            Box::new(m0024_branches::Migration),
            Box::new(m0025_conferences::Migration),
            Box::new(m0026_exchange::Migration),
        ]
    }
}
