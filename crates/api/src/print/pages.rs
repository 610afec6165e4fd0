//! Pages: a title, lines of facts, paragraphs, a table whose head is repeated, a foot with the number of the page.

use gongjian_kernel::Result;
use krilla::Document;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Stroke;

use super::text::Face;
use super::{broken, bytes};

/// A4 in points, and its margins.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 64.0;
const BOTTOM: f32 = 760.0;
const BODY: f32 = 11.0;
const LEADING: f32 = 1.7;
const CELL: f32 = 4.0;

/// Something at its place on a page.
enum Mark {
    Text { x: f32, y: f32, size: f32, text: String },
    Rule { from: (f32, f32), to: (f32, f32) },
}

/// A document that is being set.
pub(crate) struct Paper {
    face: Face,
    title: String,
    pages: Vec<Vec<Mark>>,
    y: f32,
}

impl Paper {
    pub fn new(title: &str) -> Result<Self> {
        let mut paper = Self { face: Face::load()?, title: title.to_owned(), pages: vec![Vec::new()], y: MARGIN };
        let size = 18.0;
        for line in paper.face.lines(title, size, WIDTH - 2.0 * MARGIN) {
            let x = (WIDTH - paper.face.width(&line, size)) / 2.0;
            paper.put(x, size, line);
        }
        paper.space(BODY);
        Ok(paper)
    }

    pub fn space(&mut self, by: f32) {
        self.y += by;
    }

    /// A heading on a line of its own.
    pub fn heading(&mut self, text: &str) {
        self.space(BODY * 0.6);
        self.set(text, 13.0, 0.0);
    }

    /// A paragraph in the width of the page.
    pub fn paragraph(&mut self, text: &str) {
        self.set(text, BODY, 0.0);
    }

    /// A paragraph set in by two characters.
    pub fn indented(&mut self, text: &str) {
        self.set(text, BODY, 2.0 * BODY);
    }

    fn set(&mut self, text: &str, size: f32, indent: f32) {
        for line in self.face.lines(text, size, WIDTH - 2.0 * MARGIN - indent) {
            self.put(MARGIN + indent, size, line);
        }
    }

    /// One line, on the next page where this one is full.
    fn put(&mut self, x: f32, size: f32, text: String) {
        if self.y + size * LEADING > BOTTOM {
            self.turn();
        }
        self.y += size * LEADING;
        let y = self.y;
        self.mark(Mark::Text { x, y, size, text });
    }

    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// A table; `columns` are heads and their parts of the width.
    pub fn table(&mut self, columns: &[(&str, f32)], rows: &[Vec<String>]) {
        let all: f32 = columns.iter().map(|(_, part)| part).sum();
        let unit = (WIDTH - 2.0 * MARGIN) / all;
        let widths: Vec<f32> = columns.iter().map(|(_, part)| part * unit).collect();
        let head: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        self.space(BODY * 0.6);
        self.row(&head, &widths);
        for row in rows {
            let before = self.pages.len();
            let height = self.height(row, &widths);
            if self.y + height > BOTTOM {
                self.turn();
            }
            if self.pages.len() > before {
                self.row(&head, &widths);
            }
            self.row(row, &widths);
        }
        self.space(BODY);
    }

    fn height(&mut self, cells: &[String], widths: &[f32]) -> f32 {
        let lines = cells.iter().zip(widths).map(|(cell, width)| self.face.lines(cell, BODY, width - 2.0 * CELL).len());
        let lines = lines.max().unwrap_or(1);
        f32::from(u16::try_from(lines).unwrap_or(u16::MAX)) * BODY * 1.4 + 2.0 * CELL
    }

    fn row(&mut self, cells: &[String], widths: &[f32]) {
        let height = self.height(cells, widths);
        if self.y + height > BOTTOM {
            self.turn();
        }
        let (top, mut x) = (self.y, MARGIN);
        for (cell, width) in cells.iter().zip(widths) {
            let mut y = top + CELL;
            for text in self.face.lines(cell, BODY, width - 2.0 * CELL) {
                y += BODY * 1.4;
                self.mark(Mark::Text { x: x + CELL, y: y - BODY * 0.3, size: BODY, text });
            }
            self.mark(Mark::Rule { from: (x, top), to: (x, top + height) });
            x += width;
        }
        self.mark(Mark::Rule { from: (x, top), to: (x, top + height) });
        self.mark(Mark::Rule { from: (MARGIN, top), to: (x, top) });
        self.mark(Mark::Rule { from: (MARGIN, top + height), to: (x, top + height) });
        self.y = top + height;
    }

    /// The document. What the font does not have is named at its end.
    pub fn finish(mut self) -> Result<Vec<u8>> {
        if !self.face.missing.is_empty() {
            let named: Vec<String> = self.face.missing.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
            self.space(BODY);
            self.set(&format!("注：字库未收的字印作“〓”，其编码为 {}；以系统记录为准。", named.join("、")), 9.0, 0.0);
        }
        let Self { face, title, pages, .. } = self;
        let mut document = Document::new();
        document.set_metadata(Metadata::new().title(title).language("zh-CN".to_owned()));
        let count = pages.len();
        for (number, marks) in (1..).zip(pages) {
            let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| broken("no page of that size"))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            let foot = format!("— {number} / {count} —");
            let x = (WIDTH - face.width(&foot, 9.0)) / 2.0;
            let foot = Mark::Text { x, y: HEIGHT - 40.0, size: 9.0, text: foot };
            for mark in marks.into_iter().chain([foot]) {
                match mark {
                    Mark::Text { x, y, size, text } => {
                        surface.set_stroke(None);
                        let glyphs = face.glyphs(&text);
                        surface.draw_glyphs(Point::from_xy(x, y), &glyphs, face.font.clone(), &text, size, false);
                    }
                    Mark::Rule { from, to } => {
                        let mut path = PathBuilder::new();
                        path.move_to(from.0, from.1);
                        path.line_to(to.0, to.1);
                        let path = path.finish().ok_or_else(|| broken("a line without length"))?;
                        surface.set_fill(None);
                        surface.set_stroke(Some(Stroke { width: 0.5, ..Stroke::default() }));
                        surface.draw_path(&path);
                        surface.set_stroke(None);
                    }
                }
            }
            surface.finish();
            page.finish();
        }
        bytes(document)
    }
}
