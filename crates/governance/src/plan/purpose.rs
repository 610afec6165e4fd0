//! Article 1: what all work is for, and how it is done. Plans, projects and activities are tagged with them.

gongjian_kernel::words! {
    /// 六共: the six shared goals.
    pub enum Goal as "goal" ("六共目标", "Six shared goals") {
        Development = "g1" ("共商区域发展", "Consult on the area's development"),
        PartyBuilding = "g2" ("共抓基层党建", "Grass-roots party building"),
        Culture = "g3" ("共育先进文化", "Advanced culture"),
        Talent = "g4" ("共促人才成长", "Growth of talent"),
        Harmony = "g5" ("共建和谐城区", "A harmonious district"),
        Service = "g6" ("共同服务群众", "Serve residents together"),
    }
}

gongjian_kernel::words! {
    /// 五联: the five joint methods.
    pub enum Method as "method" ("五联方式", "Joint method") {
        Organisations = "organisations" ("组织联建", "Organisations built jointly"),
        Members = "members" ("党员联管", "Party members managed jointly"),
        Personnel = "personnel" ("人员联动", "Personnel moved jointly"),
        Services = "services" ("服务联抓", "Services run jointly"),
        Activities = "activities" ("活动联搞", "Activities run jointly"),
    }
}
