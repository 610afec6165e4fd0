//! Files of units, as a secretariat would send them.

pub use encoding_rs::GB18030;

pub const HEADER: &str = "会员编号,单位名称,单位类型,隶属层级,统一社会信用代码,免填代码理由,街道代码,功能区代码,地址,党组织名称,党组织类别,党员人数,承办意见,会员状态,申请日期,入会日期,退会日期,入会意愿依据,入会意愿日期,固定代表姓名,固定代表职务,固定代表电话,固定代表邮箱,固定代表备案日期,联络人姓名,联络人职务,联络人电话,联络人邮箱,联络人备案日期";

/// A line that is good, but for what a test does to it.
pub fn line(name: &str, credit_code: &str) -> Vec<String> {
    let values = [
        ("单位名称", name),
        ("单位类型", "科研院所"),
        ("隶属层级", "市直"),
        ("统一社会信用代码", credit_code),
        ("街道代码", "990106007"),
        ("地址", "青禾区科苑路7号"),
        ("党组织名称", "中共某研究所委员会"),
        ("党组织类别", "党委"),
        ("党员人数", "186"),
        ("入会日期", "2024-06-30"),
        ("入会意愿依据", "入会申请书"),
        ("固定代表姓名", "李敏"),
        ("固定代表职务", "党委书记"),
        ("固定代表电话", "13800000001"),
        ("联络人姓名", "王芳"),
        ("联络人职务", "党办主任"),
    ];
    with(vec![String::new(); HEADER.split(',').count()], &values)
}

pub fn with(mut line: Vec<String>, values: &[(&str, &str)]) -> Vec<String> {
    for (column, value) in values {
        let at = HEADER.split(',').position(|known| known == *column).unwrap();
        line[at] = (*value).to_owned();
    }
    line
}

pub fn csv(lines: &[Vec<String>]) -> Vec<u8> {
    let mut text = format!("{HEADER}\r\n");
    for line in lines {
        text.push_str(&line.join(","));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// The same as a workbook.
pub fn book(lines: &[Vec<String>]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let header: Vec<String> = HEADER.split(',').map(str::to_owned).collect();
    for (row, cells) in (0..).zip(std::iter::once(&header).chain(lines)) {
        for (column, cell) in (0..).zip(cells) {
            match cell.parse::<f64>() {
                Ok(number) if cell.len() < 12 => sheet.write_number(row, column, number).unwrap(),
                _ => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    workbook.save_to_buffer().unwrap()
}
