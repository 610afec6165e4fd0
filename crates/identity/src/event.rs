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
    ACCOUNT_LOCKED = "account.locked_by_administrator" "账号已由安全保密管理员锁定" "the security administrator locked the account";
    ACCOUNT_UNLOCKED = "account.unlocked" "账号已解锁" "the account was unlocked";
    INVITED = "account.invited" "已发出邀请" "an invitation was issued";
    INVITATION_REVOKED = "account.invitation_revoked" "邀请已撤销" "an invitation was revoked";
    INVITATION_REDEEMED = "account.invitation_redeemed" "已接受邀请" "an invitation was redeemed";
    RESET_REQUESTED = "account.reset_requested" "已申请重置密码" "a password reset was asked for";
    RESET_CODE_ISSUED = "account.reset_code_issued" "已发放密码重置码" "a reset code was issued";
    RESET_DISMISSED = "account.reset_dismissed" "密码重置申请未予办理" "a request for a password reset was dismissed";
    RESET_REDEEMED = "account.reset_redeemed" "已用重置码设置新密码" "a password was set with a reset code";
    SECOND_FACTOR_ENROLLED = "account.second_factor_enrolled" "已启用第二验证因素" "a second factor was enrolled";
    SECOND_FACTOR_DISABLED = "account.second_factor_disabled" "已停用第二验证因素" "the second factor was disabled";
    SECOND_FACTOR_RESET = "account.second_factor_reset" "第二验证因素已由管理员重置" "an administrator reset the second factor";
    SECOND_FACTOR_FAILED = "account.second_factor_failed" "第二验证因素错误" "a second factor was wrong";
    RECOVERY_CODE_USED = "account.recovery_code_used" "已使用恢复码" "a recovery code was used";
}
