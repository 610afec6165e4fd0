//! What the audit trail is narrowed to.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use gongjian_identity::PersonId;
use gongjian_identity::trail::Wanted;
use gongjian_kernel::audit::TrailFilter;
use gongjian_kernel::fault::Locator;
use gongjian_kernel::{FieldFault, Refusal, Result, Say};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::extract::AnyOf;
use crate::faults::{INVALID_PARAMETER, events};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AuditQuery {
    /// 自此时刻起 / From this instant.
    #[param(example = "2026-11-01T00:00:00Z")]
    from: Option<DateTime<Utc>>,
    /// 至此时刻前 / Before this instant.
    #[param(example = "2026-12-01T00:00:00Z")]
    to: Option<DateTime<Utc>>,
    /// 事件类型，逗号分隔 / Kinds of event, any of.
    #[param(style = Form, explode = false, value_type = Option<Vec<String>>, max_items = 50, example = json!(["account.login_failed"]))]
    kind: Option<AnyOf<String>>,
    /// 操作账号 / The account that acted.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06")]
    actor_id: Option<Uuid>,
    /// 操作人员，含其全部账号 / The person who acted, under whatever account.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a04")]
    person_id: Option<Uuid>,
    /// 操作人所代表的单位 / The unit that the actor acted for.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    unit_id: Option<Uuid>,
    /// 对象类型 / Type of what it happened to.
    #[param(max_length = 40, pattern = "^[a-z_]+$", example = "account")]
    subject_type: Option<String>,
    /// 对象标识，须同时给出 subject_type / Id of what it happened to; goes with subject_type.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a06")]
    subject_id: Option<Uuid>,
    /// 是否成功 / Whether it succeeded.
    #[param(example = false)]
    succeeded: Option<bool>,
    /// 来源地址 / The address that it came from.
    #[param(max_length = 45, pattern = "^[0-9A-Fa-f.:]+$", value_type = Option<String>, example = "192.0.2.1")]
    ip: Option<IpAddr>,
    /// 请求标识 / Id of the request.
    #[param(example = "0198c3f2-7a10-7c3e-9d52-6d3f1b1c0a01")]
    request_id: Option<Uuid>,
}

fn wrong(name: &str, detail: Say) -> FieldFault {
    FieldFault { at: Locator::Parameter(name.to_owned()), code: "invalid_value", detail }
}

impl AuditQuery {
    pub(super) fn wanted(&self) -> Result<Wanted> {
        let kinds = self.kind.as_ref().map(|kinds| kinds.0.clone()).unwrap_or_default();
        let mut faults = Vec::new();
        if kinds.iter().any(|kind| !events().any(|known| known.kind == kind)) {
            faults.push(wrong("kind", Say::fixed("没有这一事件类型。", "There is no such kind of event.")));
        }
        if self.subject_id.is_some() && self.subject_type.is_none() {
            faults.push(wrong("subject_id", Say::fixed("须同时给出 subject_type。", "It goes with subject_type.")));
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from >= to
        {
            faults.push(wrong("to", Say::fixed("须晚于 from。", "It must be later than from.")));
        }
        if let Some(first) = faults.first() {
            let detail = first.detail.clone();
            return Err(Refusal { fields: faults, ..Refusal::new(&INVALID_PARAMETER, detail) });
        }
        Ok(Wanted {
            rows: TrailFilter {
                from: self.from,
                to: self.to,
                kinds,
                actor: self.actor_id,
                actors: None,
                unit: self.unit_id,
                subject_kind: self.subject_type.clone(),
                subject: self.subject_id,
                succeeded: self.succeeded,
                ip: self.ip,
                request: self.request_id,
                up_to: None,
            },
            person: self.person_id.map(PersonId),
        })
    }
}
