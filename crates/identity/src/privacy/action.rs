//! Permissions over requests about personal data. One's own data need none.

use gongjian_kernel::{Permission, Say};

use crate::role::SECRETARIAT;

/// 个人信息保护法 44–50: the secretariat keeps the files (Article 25), so it answers for them.
pub static PRIVACY_REQUEST_READ: Permission = Permission {
    name: "privacy_request.read",
    article: None,
    label: Say::fixed("查看个人信息权利请求", "read requests about personal data"),
    rules: SECRETARIAT,
};

pub static PRIVACY_REQUEST_ANSWER: Permission = Permission {
    name: "privacy_request.answer",
    article: None,
    label: Say::fixed("答复个人信息权利请求", "answer requests about personal data"),
    rules: SECRETARIAT,
};

pub static PERMISSIONS: &[&Permission] = &[&PRIVACY_REQUEST_READ, &PRIVACY_REQUEST_ANSWER];
