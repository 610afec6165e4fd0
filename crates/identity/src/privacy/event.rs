//! What happens to personal data. No event holds any of them: persons are named by id, fields by name.

gongjian_kernel::events! { EVENTS on "person":
    PHONE_REVEALED = "person.phone_revealed" "已查看完整电话号码" "a phone number was shown in full";
    CORRECTED = "person.corrected" "个人信息已更正" "personal data were corrected";
    ERASED = "person.erased" "个人信息已删除" "personal data were erased";
    PHONES_SEALED = "person.phones_sealed" "电话号码已加密" "phone numbers were sealed";
    REQUESTED = "person.request_submitted" "已提出个人信息权利请求" "a request about personal data was made";
    REQUEST_GRANTED = "person.request_granted" "个人信息权利请求已同意" "a request about personal data was granted";
    REQUEST_REFUSED = "person.request_refused" "个人信息权利请求未予同意" "a request about personal data was refused";
    REQUEST_WITHDRAWN = "person.request_withdrawn" "个人信息权利请求已撤回" "a request about personal data was withdrawn";
    CONSENT_GIVEN = "person.consent_given" "已同意个人信息处理规则" "the privacy notice was consented to";
    CONSENT_WITHDRAWN = "person.consent_withdrawn" "已撤回同意" "a consent was withdrawn";
}
