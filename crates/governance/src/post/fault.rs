//! What is refused about posts.

gongjian_kernel::faults! { FAULTS:
    POST_NOT_FOUND = NotFound "post_not_found": "没有该公职", "No such post";
        "核对公职标识后重试。", "Check the id of the post.";
    POST_EXISTS = Conflict "post_exists" art 25: "该公职已登记", "The post is on file already";
        "查看已登记的公职；一个单位一名负责人，一个街道一名党工委书记。", "Look at the post on file; a unit has one head, a street one party secretary.";
    POST_HELD = Conflict "post_held" art 25: "该期间已有他人担任这一公职", "Somebody else holds the post in that time";
        "现任自继任之日起自然更替；与其他任期重叠的须先更正原记录。", "The present holder is succeeded from the day given; correct the record of whoever else overlaps.";
    HOLDS_POST_ALREADY = Conflict "holds_post_already" art 25: "该人员已担任这一公职", "The person holds the post already";
        "无需重复登记。", "There is nothing to record.";
    POST_VACANT = Conflict "post_vacant" art 25: "该公职现无人担任", "Nobody holds the post";
        "查看历任人员。", "See who held it.";
    HOLDING_NOT_FOUND = NotFound "holding_not_found": "没有该任职记录", "No such record of a holder";
        "核对任职记录标识后重试。", "Check the id of the record.";
    OWN_HOLDING = Conflict "own_holding" art 25: "不能登记或更正本人的任职", "Nobody records himself";
        "由另一名有权人员办理。", "Somebody else who may must do it.";
}
