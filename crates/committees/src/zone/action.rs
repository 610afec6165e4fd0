//! Permissions: functional zones.

use gongjian_governance::post::action::READERS;
use gongjian_identity::SECRETARIAT;

gongjian_kernel::permissions! { PERMISSIONS:
    /// Whoever reads bodies reads what they work in.
    ZONE_READ = "zone.read" art 19 "查看功能区" "read functional zones" READERS;
    ZONE_FILE = "zone.file" art 19 "登记、调整功能区" "file and revise functional zones" SECRETARIAT;
}
