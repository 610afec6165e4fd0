//! What happens to accounts. No event ever holds a secret.

gongjian_kernel::events! { IDENTITY_EVENTS on "account":
    LOGIN_SUCCEEDED = "account.login_succeeded" "登录成功" "signed in";
    LOGIN_FAILED = "account.login_failed" "登录失败" "a sign-in failed";
    LOCKED = "account.locked" "登录尝试过多，已锁定" "locked after too many attempts";
    LOGGED_OUT = "account.logged_out" "已退出登录" "signed out";
    REFRESH_REUSED = "account.refresh_reused" "已使用的刷新凭证再次出现，会话已吊销" "a spent refresh token came again; the session was revoked";
    SESSION_REVOKED = "account.session_revoked" "登录会话已吊销" "a session was revoked";
    PASSWORD_CHANGED = "account.password_changed" "密码已修改" "the password was changed";
    PASSWORD_CHANGE_FAILED = "account.password_change_failed" "修改密码时当前密码错误" "a password change failed: wrong current one";
    PASSWORD_RESET = "account.password_reset" "密码已重置" "the password was reset";
    CREATED = "account.created" "账号已创建" "the account was created";
    DISABLED = "account.disabled" "账号已停用" "the account was disabled";
    ENABLED = "account.enabled" "账号已启用" "the account was enabled";
    GRANTED = "account.granted" "已授予管理员权限" "an administrator was made";
    UNGRANTED = "account.ungranted" "管理员权限已终止" "the time of an administrator was ended";
}
