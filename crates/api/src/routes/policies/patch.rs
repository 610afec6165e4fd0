//! A policy's merge patch, and what it makes of the policy.

use std::borrow::Cow;
use std::marker::PhantomData;

use gongjian_committees::branch::BranchPolicy;
use gongjian_governance::ballot::VotingPolicy;
use gongjian_governance::briefing::BriefingPolicy;
use gongjian_governance::compliance::CompliancePolicy;
use gongjian_governance::decision::DecisionPolicy;
use gongjian_governance::expert::ExpertPolicy;
use gongjian_governance::office::OfficePolicy;
use gongjian_identity::AccountPolicy;
use gongjian_identity::administrator::GrantPolicy;
use gongjian_identity::privacy::PrivacyPolicy;
use gongjian_kernel::policy::Policy;
use gongjian_kernel::{FieldFault, Refusal, Result, Say, text};
use gongjian_ledger::conference::ConferencePolicy;
use gongjian_ledger::policy::LedgerPolicy;
use gongjian_membership::{AssociationPolicy, FilingPolicy, JoiningPolicy};
use gongjian_projects::project::ProjectPolicy;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use validator::{Validate, ValidationErrors};

use super::view::members_of;

/// A JSON Merge Patch (RFC 7396) of a policy. No member can be removed, so null is refused.
#[derive(Debug)]
pub(crate) struct PolicyPatch<P> {
    members: Map<String, Value>,
    of: PhantomData<P>,
}

pub(crate) type LedgerPolicyPatch = PolicyPatch<LedgerPolicy>;
pub(crate) type AccountPolicyPatch = PolicyPatch<AccountPolicy>;
pub(crate) type AssociationPolicyPatch = PolicyPatch<AssociationPolicy>;
pub(crate) type GrantPolicyPatch = PolicyPatch<GrantPolicy>;
pub(crate) type PrivacyPolicyPatch = PolicyPatch<PrivacyPolicy>;
pub(crate) type JoiningPolicyPatch = PolicyPatch<JoiningPolicy>;
pub(crate) type FilingPolicyPatch = PolicyPatch<FilingPolicy>;
pub(crate) type CompliancePolicyPatch = PolicyPatch<CompliancePolicy>;
pub(crate) type OfficePolicyPatch = PolicyPatch<OfficePolicy>;
pub(crate) type VotingPolicyPatch = PolicyPatch<VotingPolicy>;
pub(crate) type DecisionPolicyPatch = PolicyPatch<DecisionPolicy>;
pub(crate) type BriefingPolicyPatch = PolicyPatch<BriefingPolicy>;
pub(crate) type ProjectPolicyPatch = PolicyPatch<ProjectPolicy>;
pub(crate) type ConferencePolicyPatch = PolicyPatch<ConferencePolicy>;
pub(crate) type BranchPolicyPatch = PolicyPatch<BranchPolicy>;
pub(crate) type ExpertPolicyPatch = PolicyPatch<ExpertPolicy>;

impl<P> PolicyPatch<P> {
    /// The policy after the patch, or every member that does not fit.
    pub(super) fn onto(&self, before: &P) -> Result<P>
    where
        P: Policy,
    {
        let mut value = serde_json::to_value(before)?;
        let mut faults = Vec::new();
        for (name, member) in &self.members {
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            if value.get(name).is_none() {
                faults.push(FieldFault::body(pointer, "unknown_field", Say::fixed("未知字段。", "Unknown field.")));
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
