//! What only a unit's own people and the secretariat see of it: receipts, and what it has not filed.

use std::collections::HashMap;

use gongjian_kernel::{Result, Store, Work};
use gongjian_membership::Unit;
use gongjian_membership::filing::{Filing, FilingId, Gap, gaps, queries};
use gongjian_membership::unit::ContactOnFile;

use crate::routes::filings::ReceiptView;

#[derive(Debug)]
pub(super) struct Papers {
    filings: HashMap<FilingId, Filing>,
    pub(super) gaps: Vec<Gap>,
}

impl Papers {
    pub(super) async fn of(store: &Store, unit: &Unit, contacts: &[ContactOnFile]) -> Result<Self> {
        let filings = queries::of(store.db.reader(), contacts.iter().filter_map(|it| it.filing_id)).await?;
        Ok(Self::from((filings, gaps::of_unit(store, unit).await?)))
    }

    pub(super) async fn within(work: &Work<'_>, unit: &Unit, contacts: &[ContactOnFile]) -> Result<Self> {
        let filings = queries::of(work.tx(), contacts.iter().filter_map(|it| it.filing_id)).await?;
        Ok(Self::from((filings, gaps::of_unit_within(work, unit).await?)))
    }

    pub(super) fn receipt(&self, contact: &ContactOnFile) -> Option<ReceiptView> {
        self.filings.get(&contact.filing_id?).map(ReceiptView::from)
    }
}

impl From<(Vec<Filing>, Vec<Gap>)> for Papers {
    fn from((filings, gaps): (Vec<Filing>, Vec<Gap>)) -> Self {
        Self { filings: filings.into_iter().map(|filing| (filing.id, filing)).collect(), gaps }
    }
}
