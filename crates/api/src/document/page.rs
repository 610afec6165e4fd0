//! The document over HTTP, and a page to try it on, without any other server's help.

use actix_web::web;

pub(crate) fn configure(_config: &mut web::ServiceConfig) {}
