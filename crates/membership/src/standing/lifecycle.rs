//! The life of a line of a passbook.

use gongjian_kernel::lifecycle::Lifecycle;

gongjian_kernel::words! {
    /// Where a line stands.
    pub enum LineStatus as "standing_status" ("履职记录状态", "Status of a line") {
        Valid = "valid" ("有效", "Valid"),
        Disputed = "disputed" ("有异议", "Disputed"),
        Corrected = "corrected" ("已更正", "Corrected"),
        Withdrawn = "withdrawn" ("已撤销", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What is done about a line.
    pub enum LineAction as "standing_action" ("履职记录办理", "Action on a line") {
        Dispute = "dispute" ("提出异议", "Dispute"),
        Explain = "explain" ("说明", "Explain"),
        Correct = "correct" ("更正", "Correct"),
        Strike = "strike" ("撤销", "Strike"),
        /// Its source was taken back.
        Withdraw = "withdraw" ("来源撤回", "Withdraw with its source"),
    }
}

gongjian_kernel::words! {
    /// What became of a dispute.
    pub enum DisputeOutcome as "dispute_outcome" ("异议处理结果", "Outcome of a dispute") {
        Explained = "explained" ("已说明，维持原记录", "Explained, the line stays"),
        Corrected = "corrected" ("异议成立，已更正", "Upheld, the line was corrected"),
        Struck = "struck" ("异议成立，已撤销", "Upheld, the line was struck"),
        Lapsed = "lapsed" ("来源已撤回，异议终止", "Lapsed, the source was withdrawn"),
    }
}

impl LineStatus {
    /// Whether the line counts.
    #[must_use]
    pub fn counts(self) -> bool {
        match self {
            Self::Valid | Self::Disputed | Self::Corrected => true,
            Self::Withdrawn => false,
        }
    }
}

impl Lifecycle for LineStatus {
    type Action = LineAction;
    const STATES: &'static [Self] = Self::ALL;
    const ACTIONS: &'static [LineAction] = LineAction::ALL;

    fn next(self, action: LineAction) -> Option<Self> {
        match self {
            Self::Valid | Self::Corrected => match action {
                LineAction::Dispute => Some(Self::Disputed),
                LineAction::Withdraw => Some(Self::Withdrawn),
                LineAction::Explain | LineAction::Correct | LineAction::Strike => None,
            },
            Self::Disputed => match action {
                LineAction::Explain => Some(Self::Valid),
                LineAction::Correct => Some(Self::Corrected),
                LineAction::Strike | LineAction::Withdraw => Some(Self::Withdrawn),
                LineAction::Dispute => None,
            },
            Self::Withdrawn => match action {
                LineAction::Dispute
                | LineAction::Explain
                | LineAction::Correct
                | LineAction::Strike
                | LineAction::Withdraw => None,
            },
        }
    }
}
