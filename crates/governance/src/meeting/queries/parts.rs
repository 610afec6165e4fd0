//! Parts of meetings: whoever may do something with one is told by its meeting.

use gongjian_kernel::{FaultEntry, Permission, Refusal, Result, Store};
use sea_orm::{ConnectionTrait, entity::prelude::*};

use super::may;
use crate::meeting::case::unknown_as;
use crate::meeting::fault::{
    AGENDA_ITEM_NOT_FOUND, ATTENDANCE_NOT_FOUND, CORRECTION_NOT_FOUND, MANDATE_NOT_FOUND, PAPER_NOT_FOUND,
    TOPIC_NOT_FOUND,
};
use crate::meeting::store::{agenda_item, attendance, correction, mandate, paper, topic};
use crate::meeting::{AgendaItemId, AttendanceId, CorrectionId, MandateId, MeetingId, PaperId, TopicId};

/// Something that belongs to a meeting.
pub trait Part: Copy + Send {
    /// The refusal when it is not there; a stranger gets the same one.
    const UNKNOWN: &'static FaultEntry;

    fn meeting(self, db: &impl ConnectionTrait) -> impl Future<Output = Result<Option<MeetingId>>> + Send;
}

macro_rules! parts {
    ($($id:ident in $entity:ident or $unknown:ident;)*) => {$(
        impl Part for $id {
            const UNKNOWN: &'static FaultEntry = &$unknown;

            async fn meeting(self, db: &impl ConnectionTrait) -> Result<Option<MeetingId>> {
                Ok($entity::Entity::find_by_id(self).one(db).await?.map(|row| row.meeting_id))
            }
        }
    )*};
}
parts! {
    AgendaItemId in agenda_item or AGENDA_ITEM_NOT_FOUND;
    PaperId in paper or PAPER_NOT_FOUND;
    TopicId in topic or TOPIC_NOT_FOUND;
    AttendanceId in attendance or ATTENDANCE_NOT_FOUND;
    MandateId in mandate or MANDATE_NOT_FOUND;
    CorrectionId in correction or CORRECTION_NOT_FOUND;
}

/// Whether the actor holds the permission over the meeting of this part.
pub async fn may_part<P: Part>(
    store: &Store,
    actor: &gongjian_kernel::Actor,
    wanted: &Permission,
    part: P,
) -> Result<()> {
    let meeting = part.meeting(store.db.reader()).await?.ok_or_else(|| Refusal::of(P::UNKNOWN))?;
    may(store, actor, wanted, meeting).await.map_err(unknown_as(P::UNKNOWN))
}
