//! What happens to applications.

gongjian_kernel::events! { APPLICATION_EVENTS on "application" art 8:
    APPLICATION_RECEIVED = "application.received" "入会申请已受理" "an application was received";
    APPLICATION_CORRECTED = "application.corrected" "入会申请已补正" "an application was corrected";
    APPLICATION_CONSENTED = "application.consented" "单位同意入会已记录" "a unit's consent was put on record";
    APPLICATION_RETURNED = "application.returned" "入会申请已退回补正" "an application was returned for correction";
    APPLICATION_FOUND_ELIGIBLE = "application.found_eligible" "申请单位符合条件" "an applicant was found eligible";
    APPLICATION_ADMITTED = "application.admitted" "申请单位已入会" "an applicant was admitted";
    APPLICATION_REJECTED = "application.rejected" "申请单位不符合第八条" "an applicant does not meet Article 8";
    APPLICATION_WITHDRAWN = "application.withdrawn" "入会申请已撤回" "an application was withdrawn";
}
