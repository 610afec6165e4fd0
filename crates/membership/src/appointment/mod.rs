//! Article 25: whoever holds an office of the association is on file with the secretariat, with the
//! document that the appointment rests on. Offices follow from appointments; accounts hold none.

pub mod commands;
mod model;
pub mod queries;
pub(crate) mod store;

pub use model::{BELOW_ASSOCIATION, NewAppointment, Office, Vacancy};
pub use queries::{AppointmentFilter, AppointmentOnFile};
pub use store::row::Model as Appointment;

gongjian_kernel::ids! {
    /// A person's time in an office.
    AppointmentId;
}
