//! What happens: functional zones.

gongjian_kernel::events! { EVENTS on "zone" art 19:
    ZONE_FILED = "zone.filed" "功能区已登记" "a functional zone was filed";
    ZONE_REVISED = "zone.revised" "功能区已调整" "a functional zone was revised";
}
