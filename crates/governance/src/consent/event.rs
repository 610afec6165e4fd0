//! What happens: two-key consent.

gongjian_kernel::events! { EVENTS on "joint_consent" art 17:
    CONSENT_OPENED = "joint_consent.opened" "双签已发起" "a consent of both keys was asked for";
    CONSENT_SIGNED = "joint_consent.signed" "已签署同意" "the holder of a key signed";
    CONSENT_AGREED = "joint_consent.agreed" "双签协商一致" "both keys agreed";
    CONSENT_DECLINED = "joint_consent.declined" "未同意" "the holder of a key declined";
    CONSENT_WITHDRAWN = "joint_consent.withdrawn" "双签已撤回" "a consent was withdrawn";
}
