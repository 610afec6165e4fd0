//! The words of an application.

gongjian_kernel::words! {
    /// Article 9(4): where an application stands.
    pub enum ApplicationStatus as "application_status" ("入会申请状态", "Status of an application") {
        Applied = "applied" ("已申请", "Applied"),
        Returned = "returned_for_correction" ("退回补正", "Returned for correction"),
        Eligible = "eligible" ("符合条件", "Eligible"),
        Admitted = "admitted" ("已入会", "Admitted"),
        Rejected = "rejected" ("不予入会", "Rejected"),
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

gongjian_kernel::words! {
    /// What is done with an application.
    pub enum ApplicationAction as "application_action" ("入会申请操作", "Action on an application") {
        Correct = "correct" ("补正", "Correct"),
        Consent = "consent" ("记录同意入会", "Put the consent on record"),
        Return = "return" ("退回补正", "Return for correction"),
        FindEligible = "find_eligible" ("认定符合条件", "Find eligible"),
        Admit = "admit" ("吸收入会", "Admit"),
        Reject = "reject" ("不予入会", "Reject"),
        Withdraw = "withdraw" ("撤回申请", "Withdraw"),
    }
}

gongjian_kernel::words! {
    /// How an application came to be.
    pub enum ApplicationOrigin as "application_origin" ("申请来源", "Origin of an application") {
        SelfApplied = "self_applied" ("单位自行申请", "The unit applied by itself"),
        Nominated = "nominated" ("秘书处或街道分会提名", "Nominated by the secretariat or a branch"),
        Recommended = "recommended" ("会员单位推荐", "Recommended by a member"),
    }
}

gongjian_kernel::words! {
    /// How the unit's consent reached us.
    pub enum ConsentVia as "consent_via" ("同意入会的方式", "How consent was given") {
        TrackingCode = "tracking_code" ("凭查询码在线确认", "With the tracking code"),
        Document = "document" ("书面文件", "By a document"),
    }
}

gongjian_kernel::words! {
    /// Article 8: what an applicant may fail. There is no other ground for a rejection.
    pub enum Ineligibility as "ineligibility" ("不符合第八条的情形", "What of Article 8 is not met") {
        NotAListedType = "not_a_listed_type" ("不属于第八条所列单位类型", "No type of unit that Article 8 names"),
        NotInDistrict = "not_in_district" ("不在本区域内，也不服务本区域", "Neither in the district nor serving it"),
        NotAUnit = "not_a_unit" ("申请人是个人或内设机构，不是单位", "A person or an inner department, not a unit"),
    }
}
