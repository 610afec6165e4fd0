//! The life of a version. Whether it is in force on a day follows from days, not from here.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Article 11(1): how far a version has come.
    pub enum CharterStatus as "charter_status" ("章程版本状态", "Status of a version of the charter") {
        Draft = "draft" ("起草", "Draft"),
        Submitted = "submitted" ("提交审议", "Before the general meeting"),
        Adopted = "adopted" ("通过", "Adopted"),
        Discarded = "discarded" ("撤销", "Discarded"),
    }
}

gongjian_kernel::words! {
    /// What a version is on a day, by derivation.
    pub enum CharterStanding as "charter_standing" ("章程版本效力", "Effect of a version of the charter") {
        NotAdopted = "not_adopted" ("未通过", "Not adopted"),
        Upcoming = "upcoming" ("尚未施行", "Not yet in force"),
        InForce = "in_force" ("现行", "In force"),
        Superseded = "superseded" ("已被取代", "Superseded"),
    }
}

gongjian_kernel::words! {
    /// What is done with a version.
    pub enum CharterAction as "charter_action" ("章程版本办理", "Action on a version of the charter") {
        Edit = "edit" ("修改", "Change"),
        LoadText = "load_text" ("载入正文", "Load the text"),
        Submit = "submit" ("提交审议", "Submit"),
        Return = "return" ("退回修改", "Return"),
        Enact = "enact" ("经大会通过施行", "Enact"),
        Discard = "discard" ("撤销", "Discard"),
    }
}

impl Lifecycle for CharterStatus {
    type Action = CharterAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [CharterAction] = CharterAction::ALL;

    /// What lies before the meeting is frozen. The text of an adopted version is loaded once, where it was
    /// brought along: see `commands::load_text`.
    fn next(self, action: CharterAction) -> Option<Self> {
        match (self, action) {
            (Self::Draft, CharterAction::Edit | CharterAction::LoadText) | (Self::Submitted, CharterAction::Return) => {
                Some(Self::Draft)
            }
            (Self::Draft, CharterAction::Submit) => Some(Self::Submitted),
            (Self::Draft, CharterAction::Discard) => Some(Self::Discarded),
            (Self::Submitted, CharterAction::Enact) | (Self::Adopted, CharterAction::LoadText) => Some(Self::Adopted),
            (Self::Draft, CharterAction::Return | CharterAction::Enact)
            | (
                Self::Submitted,
                CharterAction::Edit | CharterAction::LoadText | CharterAction::Submit | CharterAction::Discard,
            )
            | (
                Self::Adopted,
                CharterAction::Edit
                | CharterAction::Submit
                | CharterAction::Return
                | CharterAction::Enact
                | CharterAction::Discard,
            )
            | (
                Self::Discarded,
                CharterAction::Edit
                | CharterAction::LoadText
                | CharterAction::Submit
                | CharterAction::Return
                | CharterAction::Enact
                | CharterAction::Discard,
            ) => None,
        }
    }
}
