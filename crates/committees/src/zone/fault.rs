//! What is refused: functional zones.

gongjian_kernel::faults! { FAULTS:
    ZONE_NOT_FOUND = NotFound "zone_not_found": "没有该功能区", "No such zone";
        "核对功能区标识后重试。", "Check the id of the zone.";
    ZONE_EXISTS = Conflict "zone_exists" art 19: "该代码的功能区已登记", "A zone with this code is on file already";
        "调整已有的功能区，或另取代码。", "Revise the one there is, or take another code.";
}
