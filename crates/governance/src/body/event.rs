//! What happens: the bodies of the association.

gongjian_kernel::events! { EVENTS on "body" art 16:
    BODY_ESTABLISHED = "body.established" "机构已设立" "a body was established";
}
