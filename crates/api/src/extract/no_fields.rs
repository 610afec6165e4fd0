//! The body of an action that takes nothing.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// 无需填写 / Nothing to fill in.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NoFields {}
