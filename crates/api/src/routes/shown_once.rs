//! Codes that one answer shows. What is kept for an `Idempotency-Key` does not have them.

use std::cell::RefCell;

use gongjian_identity::OneTimeCode;
use gongjian_kernel::{Result, Work};

use crate::extract::Caller;
use crate::problem::Answer;
use crate::reply::Reply;

/// A view with a place for the code.
pub(super) trait WithCode<C = OneTimeCode> {
    fn show(&mut self, code: &C);
    fn reply(&self) -> Result<Reply>;
}

/// Runs the command once for an `Idempotency-Key`. The first answer shows the code, a repeated one does not.
pub(super) async fn shown_once<V, C, F>(caller: &Caller, body_digest: &str, run: F) -> Answer
where
    V: WithCode<C>,
    F: AsyncFn(&mut Work<'_>) -> Result<(V, C)>,
{
    let done = RefCell::new(None);
    let kept = caller
        .write(body_digest, async |work| {
            let (view, code) = run(work).await?;
            let reply = view.reply();
            done.replace(Some((view, code)));
            reply
        })
        .await?;
    match done.into_inner() {
        Some((mut view, code)) => {
            view.show(&code);
            Ok(view.reply()?.no_store())
        }
        None => Ok(kept.no_store()),
    }
}
