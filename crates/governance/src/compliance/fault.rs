//! What is refused: what the charter still asks for.

gongjian_kernel::faults! { FAULTS:
    OBLIGATION_NOT_FOUND = NotFound "obligation_not_found": "没有该项义务", "No such obligation";
        "在 GET /v1/compliance/obligations 中核对 key。", "Check the key against GET /v1/compliance/obligations.";
    OBLIGATION_BINDING = Conflict "obligation_binding": "章程没有“原则上”的余地", "The charter does not say “in principle” here";
        "补办该事项；应当办理的事项不能以说明代替。", "Do what is asked for: a reason does not take its place.";
    OBLIGATION_MET = Conflict "obligation_met" art 11: "该项义务已履行，无须说明", "The obligation is met";
        "查看 facts 中的依据。", "See the facts that meet it.";
    OBLIGATION_NOT_BEGUN = Conflict "obligation_not_begun" art 11: "该期间尚未开始", "The period has not begun";
        "期间开始后再说明。", "Say why when the period has begun.";
    EXPLAINED_ALREADY = Conflict "explained_already" art 11: "原因已说明", "The reason is on record already";
        "以 POST /v1/compliance-explanations/{id}/amend 更正，原文保留。", "Amend it by POST /v1/compliance-explanations/{id}/amend; the first wording stays on file.";
    EXPLANATION_NOT_FOUND = NotFound "explanation_not_found": "没有该项说明", "No such explanation";
        "核对说明标识后重试。", "Check the id of the explanation.";
    FEED_NOT_FOUND = NotFound "feed_not_found": "没有该日历订阅", "No such calendar feed";
        "地址可能已撤销；登录后建立新的订阅。", "It may have been revoked; sign in and make a new one.";
    FEED_REVOKED_ALREADY = Conflict "feed_revoked_already": "该订阅已撤销", "The feed is revoked already";
        "需要时建立新的订阅。", "Make a new one if you need it.";
    TOO_MANY_FEEDS = Conflict "too_many_feeds": "日历订阅过多", "Too many calendar feeds";
        "撤销不再使用的订阅后再建立。", "Revoke one that you do not use any more.";
}
