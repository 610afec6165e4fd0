//! The lives of what is decided, and of what comes of it.

use gongjian_committees::committee::application::CommitteeApplicationStatus;
use gongjian_committees::committee::topic::CommitteeTopicStatus;
use gongjian_governance::consent::ConsentStatus;
use gongjian_governance::consultation::ConsultationStatus;
use gongjian_governance::decision::book::ItemStatus;
use gongjian_governance::decision::{DecisionStatus, Matter};
use gongjian_kernel::lifecycle::matrix;

use super::table;

pub(super) fn page() -> String {
    let matters = table::of(
        &["matter", "label", "decided by", "article", "good for one act"],
        Matter::ALL.iter().map(|matter| {
            let (label, decided) = (matter.label(), matter.decided_by());
            let article = decided.map_or_else(|| "–".to_owned(), |(_, article)| article.to_string());
            let body = decided.map_or_else(|| "every body for itself".to_owned(), |(kind, _)| format!("`{kind}`"));
            let one = if matter.is_good_for_one_act() { "yes" } else { "–" };
            vec![format!("`{matter}`"), format!("{} / {}", label.zh, label.en), body, article, one.to_owned()]
        }),
    );
    format!(
        "# Decisions, consultation, consent, execution (Articles 10, 11, 13, 17, 18)\n\nThe state after each action, or – \
         where the action is not open. `take_effect`, `supersede` and `revoke` of a decision, and `escalate` of a consent, \
         come with a day: nobody does them, nothing runs. Who may do the others is in the policy matrix.\n\n\
         ## Decisions\n\n{}\n## Matters\n\n{matters}\n## The execution book\n\n{}\n## Consultation\n\n{}\n## Two-key consent\n\n{}\n## Applying to a committee\n\n{}\n## A committee's topic for the council\n\n{}",
        matrix::<DecisionStatus>(),
        matrix::<ItemStatus>(),
        matrix::<ConsultationStatus>(),
        matrix::<ConsentStatus>(),
        matrix::<CommitteeApplicationStatus>(),
        matrix::<CommitteeTopicStatus>(),
    )
}
