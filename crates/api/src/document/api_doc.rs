//! What the document says about itself.

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, OpenApi};
use utoipa::{Modify, OpenApi as Document};

use crate::problem::{FieldError, ProblemBody, Word};

/// The groups of operations.
pub mod tag {
    pub const IDENTITY: &str = "Identity";
    pub const UNITS: &str = "Units";
    pub const OFFICES: &str = "Offices";
    pub const LEDGER: &str = "Ledger";
    pub const ADMINISTRATION: &str = "Administration";
    pub const REFERENCE: &str = "Reference";
    pub const PRIVACY: &str = "Privacy";
    pub const FILINGS: &str = "Filings";
    pub const STANDING: &str = "Standing";
    pub const BODIES: &str = "Bodies";
    pub const MEETINGS: &str = "Meetings";
    pub const BALLOTS: &str = "Ballots";
    pub const DECISIONS: &str = "Decisions";
    pub const CHARTER: &str = "Charter";
    pub const COMPLIANCE: &str = "Compliance";
    pub const BRIEFINGS: &str = "Briefings";
    pub const EXPERTS: &str = "Experts";
    pub const COMMITTEES: &str = "Committees";
    pub const BRANCHES: &str = "Branches";
    pub const CONFERENCES: &str = "Conferences";
    pub const PROJECTS: &str = "Projects";
}

#[derive(Debug, Document)]
#[openapi(
    info(
        title = "共建 API",
        version = "1.0.0",
        description = "区域化党建促进会后台：单位与人员、机构与会议、疑难问题台账。/ Backend of a regional party-building promotion association: units and persons, bodies and meetings, the issue ledger.",
        contact(name = "共建维护组 / Gongjian maintainers", email = "maintainers@gongjian.example", url = "https://github.com/gongjian/gongjian"),
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
        terms_of_service = "https://github.com/gongjian/gongjian/blob/main/README.md",
    ),
    tags(
        (name = "Identity", description = "登录、会话与本人信息 / Log-in, sessions, who I am"),
        (name = "Units", description = "会员单位与职能部门（第八、九、二十五条）/ Member units and departments (Articles 8, 9 and 25)"),
        (name = "Offices", description = "任职备案（第二十五条）/ Who holds which office (Article 25)"),
        (name = "Ledger", description = "疑难问题台账（第二十三条）/ The issue ledger (Article 23)"),
        (name = "Administration", description = "账号、配置与审计 / Accounts, configuration, audit"),
        (name = "Reference", description = "字典与工作日历 / Dictionary and working calendar"),
        (name = "Privacy", description = "个人信息：查看、更正、导出、注销 / Personal data: seen, corrected, exported, erased"),
        (name = "Filings", description = "备案与回执（第二十五条）/ Filings and their receipts (Article 25)"),
        (name = "Standing", description = "权利义务记录与贡献（第九、十条）/ Rights used, duties met, contributions (Articles 9 and 10)"),
        (name = "Bodies", description = "机构与理事会名册（第十一、十三、十六条） / The bodies of the association, the council's roster (Articles 11, 13 and 16)"),
        (name = "Meetings", description = "会议：议程、签到、纪要（第十一、十三条） / Meetings: agenda, attendance, minutes (Articles 11 and 13)"),
        (name = "Ballots", description = "表决与选举（第十一至十三条） / Votes and elections (Articles 11 to 13)"),
        (name = "Decisions", description = "协商、决议与执行（第十一、十三、十七条） / Consultation, decisions, their execution (Articles 11, 13 and 17)"),
        (name = "Charter", description = "章程、年度计划、工作报告、内部制度（第十一、十三条） / The charter, annual plans, work reports, internal rules (Articles 11 and 13)"),
        (name = "Compliance", description = "合规日历：章程还要求做什么 / What the charter still asks for"),
        (name = "Briefings", description = "通报与征求意见（第二条） / Briefings and calls for opinion (Article 2)"),
        (name = "Experts", description = "党建专家咨询委员会（第十五条） / The expert advisory committee (Article 15)"),
        (name = "Committees", description = "专业研究委员会（第九、十七、二十条） / Professional committees (Articles 9, 17 and 20)"),
        (name = "Branches", description = "街道分会：会长制与轮值、年度工作、会员需求（第十六、十八条） / Street branches: who presides, the year's work, members' needs (Articles 16 and 18)"),
        (name = "Conferences", description = "联席会、地区事务协调会与议定措施（第十九、二十二条） / Joint conferences, zone meetings, agreed measures (Articles 19 and 22)"),
        (name = "Projects", description = "项目：认领、申报、公示、立项（第十四、二十、二十一条） / Projects: claims, declaration, publicity, approval (Articles 14, 20 and 21)"),
    ),
    components(schemas(ProblemBody<'static>, FieldError<'static>, Word)),
    modifiers(&Security),
    security(("bearer" = [])),
)]
pub(super) struct ApiDoc;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("登录所得的访问令牌（JWT），按 RFC8725 校验 / The access token of a log-in: a JWT, checked as RFC8725 asks."))
            .build();
        document
            .components
            .get_or_insert_with(|| ComponentsBuilder::new().build())
            .add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
}
