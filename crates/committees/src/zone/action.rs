//! Permissions: functional zones.

use gongjian_identity::{Role, by};
use gongjian_kernel::Rule;
use gongjian_kernel::actor::{ANY, BY_RULE};
use gongjian_membership::action::UNIT_READ;

gongjian_kernel::permissions! { PERMISSIONS:
    /// Article 9(2): whoever reads units reads what they work in.
    ZONE_READ = "zone.read" art 19 "查看功能区" "read functional zones" UNIT_READ.rules;
    ZONE_FILE = "zone.file" art 19 "登记、调整功能区" "file and revise functional zones" &[
        by(Role::SecretariatOffice),
        by(Role::SecretaryGeneral),
        Rule { role: BY_RULE, over: ANY },
    ];
}
