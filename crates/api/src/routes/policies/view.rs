//! A policy as clients see it.

use std::borrow::Cow;

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
use gongjian_kernel::policy::InForce;
use gongjian_ledger::conference::ConferencePolicy;
use gongjian_ledger::policy::LedgerPolicy;
use gongjian_membership::{AssociationPolicy, FilingPolicy, JoiningPolicy};
use gongjian_projects::project::ProjectPolicy;
use serde::Serialize;
use utoipa::openapi::schema::{SchemaType, Type};
use utoipa::openapi::{KnownFormat, Object, ObjectBuilder, RefOr, Schema, SchemaFormat};
use utoipa::{PartialSchema, ToSchema};

use crate::routes::issues::instant;

/// A policy with its version, in one object.
#[derive(Debug, Serialize)]
pub(crate) struct PolicyView<P> {
    #[serde(flatten)]
    policy: P,
    version: i32,
    changed_at: Option<String>,
}

impl<'a, P> PolicyView<&'a P> {
    pub(super) fn of(now: &'a InForce<P>) -> Self {
        Self { policy: &now.value, version: now.version, changed_at: now.changed_at.map(instant) }
    }
}

pub(crate) type LedgerPolicyView = PolicyView<LedgerPolicy>;
pub(crate) type AccountPolicyView = PolicyView<AccountPolicy>;
pub(crate) type AssociationPolicyView = PolicyView<AssociationPolicy>;
pub(crate) type GrantPolicyView = PolicyView<GrantPolicy>;
pub(crate) type PrivacyPolicyView = PolicyView<PrivacyPolicy>;
pub(crate) type JoiningPolicyView = PolicyView<JoiningPolicy>;
pub(crate) type FilingPolicyView = PolicyView<FilingPolicy>;
pub(crate) type CompliancePolicyView = PolicyView<CompliancePolicy>;
pub(crate) type OfficePolicyView = PolicyView<OfficePolicy>;
pub(crate) type VotingPolicyView = PolicyView<VotingPolicy>;
pub(crate) type DecisionPolicyView = PolicyView<DecisionPolicy>;
pub(crate) type BriefingPolicyView = PolicyView<BriefingPolicy>;
pub(crate) type ProjectPolicyView = PolicyView<ProjectPolicy>;
pub(crate) type ConferencePolicyView = PolicyView<ConferencePolicy>;
pub(crate) type BranchPolicyView = PolicyView<BranchPolicy>;
pub(crate) type ExpertPolicyView = PolicyView<ExpertPolicy>;

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

/// The schema of the policy itself.
pub(super) fn members_of<P: ToSchema>() -> Object {
    match P::schema() {
        RefOr::T(Schema::Object(object)) => object,
        RefOr::T(_) | RefOr::Ref(_) => Object::default(),
    }
}
