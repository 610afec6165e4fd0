//! What happens: professional committees.

gongjian_kernel::events! { EVENTS on "committee" art 17:
    COMMITTEE_RENAMED = "committee.renamed" "专委会已更名" "a committee was renamed";
    COMMITTEE_MERGED = "committee.merged" "专委会已合并" "a committee was merged into another";
    COMMITTEE_DISSOLVED = "committee.dissolved" "专委会已撤销" "a committee was dissolved";
    COMMITTEE_LINKED = "committee.experts_linked" "专委会已设为专家咨询委员会秘书机构" "a committee became the secretariat of the experts";
    COMMITTEE_UNLINKED = "committee.experts_unlinked" "专委会不再为专家咨询委员会秘书机构" "a committee ceased to be the secretariat of the experts";
    MECHANISM_SET = "committee.mechanism_set" "运行机制已确定" "how the committee works was set";
    MEMBER_LEFT = "committee.member_left" "已退出专委会" "a unit left a committee";
    APPLICATION_MADE = "committee_application.applied" "已申请加入专委会" "a unit applied to a committee";
    APPLICATION_CHECKED = "committee_application.checked" "申请已审核" "an application to a committee was checked";
    APPLICATION_SUPPORTED = "committee_application.supported" "主任已表示同意" "a director agreed to an application";
    APPLICATION_ADMITTED = "committee_application.admitted" "已加入专委会" "a unit became a member of a committee";
    APPLICATION_REFUSED = "committee_application.refused" "申请未获同意" "an application to a committee was refused";
    APPLICATION_WITHDRAWN = "committee_application.withdrawn" "申请已撤回" "an application to a committee was withdrawn";
    TOPIC_PROPOSED = "committee_topic.proposed" "专委会议题已提出" "a committee proposed a topic to the council";
    TOPIC_PLACED = "committee_topic.placed" "专委会议题已列入议程" "a committee's topic came on the agenda";
    TOPIC_DECIDED = "committee_topic.decided" "专委会议题已有决定" "the council decided on a committee's topic";
    TOPIC_NOT_TAKEN = "committee_topic.not_taken" "专委会议题未列入" "a committee's topic was not taken";
    TOPIC_WITHDRAWN = "committee_topic.withdrawn" "专委会议题已撤回" "a committee's topic was withdrawn";
    EXCHANGE_ANNOUNCED = "exchange_event.announced" "交流活动已发布" "an exchange event was announced";
    EXCHANGE_HELD = "exchange_event.held" "交流活动已举办" "an exchange event was held";
    EXCHANGE_CANCELLED = "exchange_event.cancelled" "交流活动已取消" "an exchange event was cancelled";
    SIGNED_UP = "exchange_sign_up.signed_up" "已报名交流活动" "a unit signed up for an exchange event";
    SIGN_UP_WITHDRAWN = "exchange_sign_up.withdrawn" "交流活动报名已取消" "a unit took back its sign-up";
    SERVICE_OFFERED = "committee_service.offered" "专委会服务已发布" "a committee offered a service";
    SERVICE_ENDED = "committee_service.ended" "专委会服务已终止" "a service of a committee ended";
    SERVICE_REQUESTED = "service_request.requested" "已申请专委会服务" "a unit asked for a committee's service";
    SERVICE_ACCEPTED = "service_request.accepted" "服务申请已受理" "a request for a service was accepted";
    SERVICE_DECLINED = "service_request.declined" "服务申请未受理" "a request for a service was declined";
    SERVICE_DONE = "service_request.done" "服务申请已办结" "a request for a service was done";
    SERVICE_WITHDRAWN = "service_request.withdrawn" "服务申请已撤回" "a request for a service was taken back";
}
