//! What happens to posts.

gongjian_kernel::events! { EVENTS on "post" art 25:
    POST_CREATED = "post.created" "公职已登记" "a post was put on file";
    HOLDER_RECORDED = "post.holder_recorded" "任公职已登记" "the holder of a post was recorded";
    HOLDER_LEFT = "post.holder_left" "离任公职已登记" "the holder of a post left it";
    HOLDER_CORRECTED = "post.holder_corrected" "任公职记录已更正" "the record of a holder was corrected";
}
