//! Markdown tables.

/// A table with a head and rows of cells.
pub fn of(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

/// The number of an article, or a dash.
pub fn article(article: Option<u8>) -> String {
    article.map_or_else(|| "–".to_owned(), |article| article.to_string())
}

/// Chinese and English, one above the other.
pub fn both(say: &gongjian_kernel::Say) -> String {
    format!("{}<br>{}", say.zh, say.en)
}
