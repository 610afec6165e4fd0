//! The units that form the association, and the two persons who speak for each of them.
//!
//! Article 8 says who may be a member, Article 9(4) that joining and leaving are free, Article 25 that
//! every unit has one fixed representative and one liaison. Departments that handle issues (Article 23)
//! are units like all others. What holds always:
//!
//! * a unit has a 统一社会信用代码 that checks, or a reason for having none;
//! * no two living units share a code or a name, no two units a member number;
//! * no unit is a member without its own consent on record, and none is put out;
//! * a unit has at most one representative and one liaison at a time; those before them stay on file;
//! * whoever holds an office holds it by a filing or an appointment that stands here;
//! * a filing takes effect at once and has a receipt; the secretariat checks its form only (Article 25);
//! * what a unit has used and done (Articles 9 and 10) is statistics; each line names its source.

pub mod action;
pub mod application;
pub mod appointment;
pub mod association;
pub mod contribution;
pub mod credit_code;
pub mod directory;
pub mod event;
pub mod fault;
pub mod filing;
pub mod own;
mod positions;
pub mod reveal;
pub mod standing;
pub mod statistics;
pub mod ties;
pub mod unit;

pub use action::PERMISSIONS;
pub use application::{Application, ApplicationId, JoiningPolicy};
pub use association::AssociationPolicy;
pub use credit_code::CreditCode;
pub use event::EVENTS;
pub use fault::FAULTS;
pub use filing::FilingPolicy;
pub use gongjian_identity::phone::{self, Phone, masked_email, masked_phone};
pub use positions::positions;
pub use unit::model::WORDS;
pub use unit::{Unit, UnitId};
