//! Refusals of this crate.

gongjian_kernel::faults! { IDENTITY_FAULTS:
    UNAUTHENTICATED = Unauthenticated "unauthenticated": "尚未登录或登录已失效", "Not signed in, or no longer";
        "重新登录后再试。", "Sign in, then try again.";
    INVALID_TOKEN = Unauthenticated "invalid_token": "访问凭证无效或已过期", "The access token is not valid or has expired";
        "用刷新凭证换取新的访问凭证，或重新登录。", "Refresh it, or sign in again.";
    INVALID_REFRESH_TOKEN = Unauthenticated "invalid_refresh_token": "刷新凭证无效、已使用或已过期", "The refresh token is not valid, was used or has expired";
        "重新登录。", "Sign in again.";
    INVALID_CREDENTIALS = Unauthenticated "invalid_credentials": "用户名或密码不正确", "The user name or the password is wrong";
        "核对后重试；忘记密码请联系系统管理员。", "Check both; an administrator can reset a forgotten password.";
    TOO_MANY_ATTEMPTS = Limited "too_many_attempts": "登录尝试次数过多，暂时锁定", "Too many attempts; locked for a while";
        "按 Retry-After 所示时间后再试，或请系统管理员重置密码。", "Wait as long as Retry-After says, or ask an administrator for a reset.";
    WRONG_PASSWORD = Denied "wrong_password": "当前密码不正确", "The current password is wrong";
        "核对当前密码后重试。", "Check the current password.";
    ACCOUNT_NOT_FOUND = NotFound "account_not_found": "该账号不存在", "No such account";
        "核对账号标识。", "Check the id.";
    SESSION_NOT_FOUND = NotFound "session_not_found": "该登录会话不存在", "No such session";
        "查看本人的登录会话列表。", "See the list of your sessions.";
    PERSON_NOT_FOUND = Invalid "person_not_found": "该人员不存在", "No such person";
        "先登记人员。", "Put the person on file first.";
    USERNAME_TAKEN = Conflict "username_taken": "用户名已被使用", "The user name is taken";
        "换一个用户名；大小写、全角半角视为相同。", "Choose another; case and width make no difference.";
    ACCOUNT_STATE = Conflict "account_state_conflict": "账号当前状态不允许此项操作", "The state of the account does not allow it";
        "查看账号的当前状态。", "See the present state of the account.";
    ALREADY_GRANTED = Conflict "already_granted": "该账号已是这一管理员", "The account is this administrator already";
        "无需重复授予。", "There is nothing to do.";
    NOT_AN_ADMINISTRATOR = Invalid "not_an_administrator": "业务职务不能授予账号", "A business office is not granted to an account";
        "固定代表、联络人由单位备案产生，其他职务由任职备案产生。", "Representatives and liaisons are filed by their unit, other offices by an appointment.";
    INCOMPATIBLE_ROLES = Conflict "incompatible_roles": "系统、安全、审计三类管理员互斥，且不得兼任业务职务", "The three administrators exclude each other and every business office";
        "由不同人员的账号分别担任。", "Use accounts of different persons.";
    OWN_ACCOUNT = Conflict "own_account": "不能对本人账号进行此项操作", "Not on one's own account";
        "由另一名管理员办理。", "Another administrator must do this.";
    LAST_ADMINISTRATOR = Conflict "last_administrator": "这是最后一名系统管理员或安全保密管理员", "This is the last system or security administrator";
        "先授予另一账号同一管理员权限。", "Make another account the same administrator first.";
    ADMINISTRATOR_ACCOUNT = Conflict "administrator_account": "管理员账号的密码不能由另一名管理员重置", "The password of an administrator is not reset by another";
        "在服务器上用运维命令重置：gongjian account reset-password。", "Reset it on the server: gongjian account reset-password.";
}
