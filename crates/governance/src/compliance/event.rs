//! What happens: what the charter still asks for.

gongjian_kernel::events! { EVENTS on "compliance" art 11:
    EXPLAINED = "compliance.explained" "未按原则办理的原因已说明" "the reason of a breach was put on record";
    EXPLANATION_AMENDED = "compliance.explanation_amended" "原因说明已更正" "the reason of a breach was put on record anew";
    FEED_CREATED = "compliance.feed_created" "日历订阅已建立" "a calendar feed was made";
    FEED_REVOKED = "compliance.feed_revoked" "日历订阅已撤销" "a calendar feed was revoked";
}
