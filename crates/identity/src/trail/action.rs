//! Who may look at the trail, what is recorded of that, what is refused.

use gongjian_kernel::{Permission, Rule, Say};

use crate::role::{Role, by};

const AUDITOR: &[Rule] = &[by(Role::AuditAdministrator)];

pub static TRAIL_READ: Permission = Permission {
    name: "audit.read",
    article: None,
    label: Say::fixed("查阅审计日志", "read the audit trail"),
    rules: AUDITOR,
};

pub static TRAIL_EXPORT: Permission = Permission {
    name: "audit.export",
    article: None,
    label: Say::fixed("导出审计日志", "export the audit trail"),
    rules: AUDITOR,
};

pub static TRAIL_VERIFY: Permission = Permission {
    name: "audit.verify",
    article: None,
    label: Say::fixed("核验审计日志", "verify the audit trail"),
    rules: AUDITOR,
};

pub static PERMISSIONS: &[&Permission] = &[&TRAIL_READ, &TRAIL_EXPORT, &TRAIL_VERIFY];

gongjian_kernel::events! { TRAIL_EVENTS on "audit":
    READ = "audit.read" "审计日志已查阅" "the audit trail was read";
    EXPORTED = "audit.exported" "审计日志已导出" "the audit trail was exported";
    VERIFIED = "audit.verified" "审计日志已核验" "the audit trail was verified";
}

gongjian_kernel::faults! { TRAIL_FAULTS:
    TRAIL_ROW_NOT_FOUND = NotFound "audit_event_not_found": "没有该审计记录", "No such row of the audit trail";
        "核对记录标识后重试。", "Check the id of the row.";
    VERIFICATION_NOT_FOUND = NotFound "audit_verification_not_found": "没有该核验结果", "No such verification";
        "查看核验结果列表。", "See the list of verifications.";
    EXPORT_TOO_LARGE = Invalid "export_too_large": "导出的记录过多", "Too many rows for one export";
        "缩小时间范围或增加条件，每次至多导出 100000 条。", "Narrow the time or add conditions; one export has 100,000 rows at most.";
}
