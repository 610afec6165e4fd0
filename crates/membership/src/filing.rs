//! Filing (备案): it takes effect by itself, and whoever filed holds a receipt. It is no approval.

use chrono::Datelike as _;
use gongjian_kernel::{Result, Work, number};

/// The number of the next receipt: `BA-2026-0012`.
pub async fn receipt_no(work: &Work<'_>) -> Result<String> {
    let year = work.today().year();
    let n = number::next(work, "filing", "association", year).await?;
    Ok(format!("BA-{year}-{n:04}"))
}
