//! The words of a conference, and its life.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Articles 19 and 22.
    pub enum ConferenceKind as "conference_kind" ("会议类别", "Kind of conference") {
        Joint = "joint" ("联席会", "Joint conference"),
        Zone = "zone" ("地区事务协调会", "Zone coordination meeting"),
    }
}

gongjian_kernel::words! {
    /// Article 22: 区街两级.
    pub enum ConferenceLevel as "conference_level" ("联席会层级", "Level of a joint conference") {
        District = "district" ("区级", "District"),
        Street = "street" ("街道级", "Street"),
    }
}

gongjian_kernel::words! {
    /// Article 19: the domains in which a zone meets.
    pub enum ZoneDomain as "zone_domain" ("功能区议题领域", "Domain of a zone meeting") {
        EconomicDevelopment = "economic_development" ("经济发展", "Economic development"),
        SocialManagement = "social_management" ("社会管理", "Social management"),
        Livelihood = "livelihood" ("民生建设", "Livelihood"),
    }
}

gongjian_kernel::words! {
    /// Article 19: what makes a matter one for the zone.
    pub enum ZoneAttribute as "zone_attribute" ("功能区议题属性", "What makes it a matter of the zone") {
        CrossStreet = "cross_street" ("跨街道", "Across streets"),
        Mobile = "mobile" ("流动性", "Mobile"),
        Regional = "regional" ("区域性", "Regional"),
    }
}

gongjian_kernel::words! {
    /// Where a conference stands.
    pub enum ConferenceStatus as "conference_status" ("会议状态", "Status of a conference") {
        Requested = "requested" ("待批准", "Requested"),
        Approved = "approved" ("已批准", "Approved"),
        Refused = "refused" ("未批准", "Refused"),
        Scheduled = "scheduled" ("已安排", "Scheduled"),
        Held = "held" ("已召开", "Held"),
        Minuted = "minuted" ("已形成纪要", "Minuted"),
        Tracking = "tracking" ("跟踪落实", "Tracking"),
        Closed = "closed" ("已办结", "Closed"),
        Withdrawn = "withdrawn" ("已取消", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What is done with a conference.
    pub enum ConferenceAction as "conference_action" ("会议办理", "Action on a conference") {
        Approve = "approve" ("批准", "Approve"),
        Refuse = "refuse" ("不予批准", "Refuse"),
        Schedule = "schedule" ("安排时间地点", "Schedule"),
        Hold = "hold" ("登记召开", "Enter that it was held"),
        Minute = "minute" ("形成纪要", "Minute"),
        Track = "track" ("下达跟踪", "Track"),
        Close = "close" ("办结", "Close"),
        Withdraw = "withdraw" ("取消", "Withdraw"),
    }
}

use ConferenceAction as A;

impl Lifecycle for ConferenceStatus {
    type Action = ConferenceAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [ConferenceAction] = ConferenceAction::ALL;

    /// A zone meeting begins as scheduled: it needs no approval (Article 19).
    #[rustfmt::skip]
    fn next(self, action: ConferenceAction) -> Option<Self> {
        match self {
            Self::Requested => match action {
                A::Approve => Some(Self::Approved),
                A::Refuse => Some(Self::Refused),
                A::Withdraw => Some(Self::Withdrawn),
                A::Schedule | A::Hold | A::Minute | A::Track | A::Close => None,
            },
            Self::Approved => match action {
                A::Schedule => Some(Self::Scheduled),
                A::Withdraw => Some(Self::Withdrawn),
                A::Approve | A::Refuse | A::Hold | A::Minute | A::Track | A::Close => None,
            },
            Self::Scheduled => match action {
                A::Schedule => Some(Self::Scheduled),
                A::Hold => Some(Self::Held),
                A::Withdraw => Some(Self::Withdrawn),
                A::Approve | A::Refuse | A::Minute | A::Track | A::Close => None,
            },
            Self::Held => match action {
                A::Minute => Some(Self::Minuted),
                A::Approve | A::Refuse | A::Schedule | A::Hold | A::Track | A::Close | A::Withdraw => None,
            },
            Self::Minuted => match action {
                A::Minute => Some(Self::Minuted),
                A::Track => Some(Self::Tracking),
                A::Approve | A::Refuse | A::Schedule | A::Hold | A::Close | A::Withdraw => None,
            },
            Self::Tracking => match action {
                A::Close => Some(Self::Closed),
                A::Approve | A::Refuse | A::Schedule | A::Hold | A::Minute | A::Track | A::Withdraw => None,
            },
            Self::Refused | Self::Closed | Self::Withdrawn => match action {
                A::Approve | A::Refuse | A::Schedule | A::Hold | A::Minute | A::Track | A::Close | A::Withdraw => None,
            },
        }
    }
}

impl ConferenceStatus {
    /// It may take up an issue: it is approved, and has yet to meet.
    #[must_use]
    pub fn takes_issues(self) -> bool {
        matches!(self, Self::Approved | Self::Scheduled)
    }

    /// Its purpose and its invitees can still be changed.
    #[must_use]
    pub fn is_in_preparation(self) -> bool {
        matches!(self, Self::Requested | Self::Approved | Self::Scheduled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_scheduled_before_it_is_approved() {
        let schedules = |state: &&ConferenceStatus| state.next(A::Schedule).is_some();
        let open: Vec<ConferenceStatus> = ConferenceStatus::ALL.iter().filter(schedules).copied().collect();
        assert_eq!(open, [ConferenceStatus::Approved, ConferenceStatus::Scheduled]);
    }
}
