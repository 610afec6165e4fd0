//! Text as glyphs of the one font, measured and broken into lines.

use gongjian_kernel::Result;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider as _, charmap::Charmap};

use super::{FONT, broken};

/// Printed for a character that the font does not have (〓, the printers' mark for one).
const MISSING: char = '〓';
/// What does not begin a line.
const CLOSING: &str = "，。、；：？！）》」』】〕”’…％,.;:?!)%";

pub(super) struct Face {
    pub font: Font,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units: f32,
    /// Characters that the font does not have, each once.
    pub missing: Vec<char>,
}

impl Face {
    pub fn load() -> Result<Self> {
        let raw = FontRef::new(FONT).map_err(|_| broken("the font cannot be read"))?;
        let font = Font::new(FONT.into(), 0).ok_or_else(|| broken("the font cannot be embedded"))?;
        let metrics = raw.glyph_metrics(Size::unscaled(), LocationRef::default());
        Ok(Self { units: font.units_per_em(), font, charmap: raw.charmap(), metrics, missing: Vec::new() })
    }

    /// The text as it can be printed.
    fn printable(&mut self, text: &str) -> String {
        let mut printable = String::with_capacity(text.len());
        for c in text.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| *c != '\r') {
            if c == '\n' || self.charmap.map(c).is_some() {
                printable.push(c);
            } else {
                if !self.missing.contains(&c) {
                    self.missing.push(c);
                }
                printable.push(MISSING);
            }
        }
        printable
    }

    /// Of one em.
    fn advance(&self, c: char) -> f32 {
        let glyph = self.charmap.map(c).unwrap_or_default();
        self.metrics.advance_width(glyph).unwrap_or(self.units) / self.units
    }

    pub fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|c| self.advance(c)).sum::<f32>() * size
    }

    /// The lines of the text. Closing punctuation hangs over the margin rather than begin a line.
    pub fn lines(&mut self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in self.printable(text).split('\n') {
            let (mut line, mut used) = (String::new(), 0.0);
            for c in paragraph.chars() {
                let advance = self.advance(c) * size;
                if used + advance > width && !line.is_empty() && !CLOSING.contains(c) {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                line.push(c);
                used += advance;
            }
            lines.push(line);
        }
        lines
    }

    /// A line that has been measured, glyph by glyph.
    pub fn glyphs(&self, line: &str) -> Vec<KrillaGlyph> {
        let glyph = |(at, c): (usize, char)| KrillaGlyph {
            glyph_id: GlyphId::new(self.charmap.map(c).unwrap_or_default().to_u32()),
            text_range: at..at + c.len_utf8(),
            x_advance: self.advance(c),
            x_offset: 0.0,
            y_offset: 0.0,
            y_advance: 0.0,
            location: None,
        };
        line.char_indices().map(glyph).collect()
    }
}
