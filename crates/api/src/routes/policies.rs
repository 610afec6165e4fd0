//! Policies: the values that the charter leaves open. Read by everybody in office, changed by merge patch.

use std::borrow::Cow;
use std::marker::PhantomData;

use actix_web::{get, patch};
use gongjian_identity::configuration::{CONFIGURATION_CHANGE, CONFIGURATION_READ};
use gongjian_kernel::actor::{Association, authorize};
use gongjian_kernel::policy::{self, InForce, Policy};
use gongjian_kernel::{FieldFault, Refusal, Result, Say, text};
use gongjian_ledger::policy::LedgerPolicy;
use gongjian_membership::AssociationPolicy;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use utoipa::openapi::schema::{SchemaType, Type};
use utoipa::openapi::{KnownFormat, Object, ObjectBuilder, RefOr, Schema, SchemaFormat};
use utoipa::{PartialSchema, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use validator::{Validate, ValidationErrors};

use super::issues::instant;
use crate::document::tag;
use crate::extract::{Body, Caller, IfMatch};
use crate::problem::Answer;
use crate::reply::Reply;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_ledger_policy)
        .service(update_ledger_policy)
        .service(get_association_policy)
        .service(update_association_policy);
}

#[utoipa::path(
    operation_id = "getLedgerPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看台账配置 / Read the ledger's policy",
    description = "第二十三条未作规定的时限、次数与权重；version 为 0 表示仍是默认值 / Limits, counts and weights that Article 23 leaves open; version 0 means the defaults.",
    responses((status = 200, body = LedgerPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/ledger")]
pub(crate) async fn get_ledger_policy(caller: Caller) -> Answer {
    read::<LedgerPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateLedgerPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更台账配置 / Change the ledger's policy",
    description = "变更所给的成员，其余不变；只影响此后开始的期限 / Changes the members given and leaves the others; deadlines that run already stay as they are.",
    params(IfMatch),
    request_body(content = LedgerPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = LedgerPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/ledger")]
pub(crate) async fn update_ledger_policy(caller: Caller, if_match: IfMatch, body: Body<LedgerPolicyPatch>) -> Answer {
    change(&caller, if_match, body).await
}

#[utoipa::path(
    operation_id = "getAssociationPolicy",
    tag = tag::ADMINISTRATION,
    summary = "查看本会信息 / Read what the association is",
    description = "名称、区划、街道、功能区与专业研究委员会 / Its name, district, streets, zones and committees.",
    responses((status = 200, body = AssociationPolicyView, description = "现行配置 / The policy in force")),
)]
#[get("/v1/policies/association")]
pub(crate) async fn get_association_policy(caller: Caller) -> Answer {
    read::<AssociationPolicy>(&caller).await
}

#[utoipa::path(
    operation_id = "updateAssociationPolicy",
    tag = tag::ADMINISTRATION,
    summary = "变更本会信息 / Change what the association is",
    description = "变更所给的成员，其余不变；数组整体替换 / Changes the members given and leaves the others; a list is replaced as a whole.",
    params(IfMatch),
    request_body(content = AssociationPolicyPatch, content_type = "application/merge-patch+json"),
    responses((status = 200, body = AssociationPolicyView, description = "变更后的配置 / The policy as it is now")),
)]
#[patch("/v1/policies/association")]
pub(crate) async fn update_association_policy(
    caller: Caller,
    if_match: IfMatch,
    body: Body<AssociationPolicyPatch>,
) -> Answer {
    change(&caller, if_match, body).await
}

async fn read<P: Policy>(caller: &Caller) -> Answer {
    caller.authorize(&CONFIGURATION_READ, &Association)?;
    Ok(reply(&policy::fresh::<P>(caller.store()).await?)?)
}

async fn change<P: Policy + ToSchema>(caller: &Caller, if_match: IfMatch, body: Body<PolicyPatch<P>>) -> Answer {
    let allowed = async { authorize(&caller.act.actor, &CONFIGURATION_CHANGE, &CONFIGURATION_READ, &Association) };
    caller
        .act_on((), if_match, body, allowed, async |work, target, patch| {
            work.authorize(&CONFIGURATION_CHANGE, &CONFIGURATION_READ, &Association)?;
            reply(&policy::change(work, target, |before| patch.onto(before)).await?)
        })
        .await
}

fn reply<P: Policy>(now: &InForce<P>) -> Result<Reply> {
    let view = PolicyView { policy: &now.value, version: now.version, changed_at: now.changed_at.map(instant) };
    Ok(Reply::ok(&view)?.etag(now.version))
}

/// A policy with its version, in one object.
#[derive(Debug, Serialize)]
pub(crate) struct PolicyView<P> {
    #[serde(flatten)]
    policy: P,
    version: i32,
    changed_at: Option<String>,
}

pub(crate) type LedgerPolicyView = PolicyView<LedgerPolicy>;
pub(crate) type AssociationPolicyView = PolicyView<AssociationPolicy>;

/// By hand: `allOf` of a closed schema and more members admits nothing at all.
impl<P: ToSchema> PartialSchema for PolicyView<P> {
    fn schema() -> RefOr<Schema> {
        let version = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
            .minimum(Some(0))
            .maximum(Some(i32::MAX))
            .description(Some("版本，0 为默认值 / Version; 0 is the default."))
            .examples([3]);
        let changed_at = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .description(Some("变更时间 / Changed at."))
            .examples(["2026-03-02T02:03:04.567Z"]);
        let mut view = members_of::<P>();
        view.properties.insert("version".to_owned(), version.into());
        view.properties.insert("changed_at".to_owned(), changed_at.into());
        view.required = view.properties.keys().cloned().collect();
        Schema::Object(view).into()
    }
}

impl<P: ToSchema> ToSchema for PolicyView<P> {
    fn name() -> Cow<'static, str> {
        format!("{}View", P::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        P::schemas(schemas);
    }
}

fn members_of<P: ToSchema>() -> Object {
    match P::schema() {
        RefOr::T(Schema::Object(object)) => object,
        RefOr::T(_) | RefOr::Ref(_) => Object::default(),
    }
}

/// A JSON Merge Patch (RFC 7396) of a policy. No member can be removed, so null is refused.
#[derive(Debug)]
pub(crate) struct PolicyPatch<P> {
    members: Map<String, Value>,
    of: PhantomData<P>,
}

pub(crate) type LedgerPolicyPatch = PolicyPatch<LedgerPolicy>;
pub(crate) type AssociationPolicyPatch = PolicyPatch<AssociationPolicy>;

impl<P> PolicyPatch<P> {
    /// The policy after the patch, or every member that does not fit.
    fn onto(&self, before: &P) -> Result<P>
    where
        P: Policy,
    {
        let mut value = serde_json::to_value(before)?;
        let mut faults = Vec::new();
        for (name, member) in &self.members {
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            if value.get(name).is_none() {
                faults.push(FieldFault::body(
                    pointer,
                    "unknown_field",
                    Say::fixed("没有这个成员。", "There is no such member."),
                ));
                continue;
            }
            check_texts(&pointer, member, &mut faults);
            // Each member alone, so that all misfits are told and not only the first.
            let mut alone = value.clone();
            merge(&mut alone[name.as_str()], member);
            match serde_path_to_error::deserialize::<_, P>(alone.clone()) {
                Ok(_) if !member.is_null() => value = alone,
                Ok(_) => faults.push(misfit(pointer)),
                Err(error) => faults.push(misfit(pointer_of(error.path(), &pointer))),
            }
        }
        if faults.is_empty() { Ok(serde_json::from_value(value)?) } else { Err(Refusal::invalid(faults)) }
    }
}

fn misfit(pointer: String) -> FieldFault {
    FieldFault::body(pointer, "invalid_value", Say::fixed("值无效。", "The value is not valid."))
}

fn pointer_of(path: &serde_path_to_error::Path, or: &str) -> String {
    use serde_path_to_error::Segment;
    let pointer: String = path
        .iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{key}"),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect();
    if pointer.is_empty() { or.to_owned() } else { pointer }
}

/// RFC 7396 §2.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(members) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    if let Value::Object(object) = target {
        for (name, member) in members {
            if member.is_null() {
                object.remove(name);
            } else {
                merge(object.entry(name.clone()).or_insert(Value::Null), member);
            }
        }
    }
}

fn check_texts(at: &str, value: &Value, faults: &mut Vec<FieldFault>) {
    match value {
        Value::String(written) => {
            if let Err(fault) = text::check(written) {
                faults.push(FieldFault::body(at, fault.code(), fault.detail()));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check_texts(&format!("{at}/{index}"), item, faults);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                check_texts(&format!("{at}/{name}"), member, faults);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl<'de, P> Deserialize<'de> for PolicyPatch<P> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Ok(Self { members: Map::deserialize(deserializer)?, of: PhantomData })
    }
}

impl<P> Validate for PolicyPatch<P> {
    fn validate(&self) -> std::result::Result<(), ValidationErrors> {
        Ok(())
    }
}

impl<P: ToSchema> PartialSchema for PolicyPatch<P> {
    fn schema() -> RefOr<Schema> {
        let mut patch = members_of::<P>();
        patch.required.clear();
        Schema::Object(patch).into()
    }
}

impl<P: ToSchema> ToSchema for PolicyPatch<P> {
    fn name() -> Cow<'static, str> {
        format!("{}Patch", P::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        P::schemas(schemas);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn patched(patch: Value) -> std::result::Result<LedgerPolicy, Vec<(String, &'static str)>> {
        let patch: LedgerPolicyPatch = serde_json::from_value(patch).unwrap();
        patch.onto(&LedgerPolicy::default()).map_err(|refusal| {
            let at = |fault: &FieldFault| match &fault.at {
                gongjian_kernel::fault::Locator::Pointer(at)
                | gongjian_kernel::fault::Locator::Parameter(at)
                | gongjian_kernel::fault::Locator::Header(at) => at.clone(),
            };
            refusal.fields.iter().map(|fault| (at(fault), fault.code)).collect()
        })
    }

    #[test]
    fn a_patch_changes_what_it_names() {
        let policy = patched(json!({ "urgent_workdays": 3, "categories": ["教育"] })).unwrap();
        let expected =
            LedgerPolicy { urgent_workdays: 3, categories: vec!["教育".to_owned()], ..LedgerPolicy::default() };
        assert_eq!(policy, expected);
    }

    #[test]
    fn all_misfits_are_told_at_once() {
        let faults =
            patched(json!({ "a": 1, "categories": ["教育", 2], "sign_workdays": null, "urgent_workdays": -1 }));
        let expected = [
            ("/a", "unknown_field"),
            ("/categories/1", "invalid_value"),
            ("/sign_workdays", "invalid_value"),
            ("/urgent_workdays", "invalid_value"),
        ];
        assert_eq!(faults.unwrap_err(), expected.map(|(at, code)| (at.to_owned(), code)));
    }
}
