//! The few words that stand in a drawing, in each language.
//!
//! ```text
//!   │ array   0  an address   → a1[0] │        │ array   0  地址   → a1[0] │
//!   … 966 cells left out, [17] to [982]: all 0        … 省略 966 个格子：[17] 到 [982]，全是 0
//! ```
//!
//! *Template*: a sentence with `{}` where numbers and names go, in the same order in all languages.
//! What a picture itself holds (names, types, values) is the same in all languages.
//!
//! W1  All languages have as many `{}` in each template.

use crate::describe::ELSEWHERE;
use crate::picture::{Block, Bytes, Field};

/// The words of one language: [`Words::EN`] or [`Words::ZH`].
#[derive(Debug)]
pub struct Words {
    address: &'static str,
    padding: &'static str,
    elsewhere: &'static str,
    bytes: Counted,
    from_to: &'static str,
    cells_left_out: Counted,
    all: &'static str,
    differ: &'static str,
    changed: &'static str,
    fields_left_out: Counted,
    blocks_left_out: Counted,
    kind: &'static str,
    not_drawn: &'static str,
    cells_not_drawn: Counted,
    blocks_not_drawn: Counted,
    is: &'static str,
    points_to: &'static str,
    pub(crate) comma: &'static str,
    pub(crate) colon: &'static str,
    pub(crate) stop: &'static str,
}

/// A template for one and one for any other number.
#[derive(Debug)]
struct Counted {
    one: &'static str,
    many: &'static str,
}

impl Counted {
    /// For a language that does not tell one from many.
    const fn any(template: &'static str) -> Self {
        Self {
            one: template,
            many: template,
        }
    }

    fn template(&self, n: usize) -> &'static str {
        if n == 1 { self.one } else { self.many }
    }

    fn of(&self, n: usize) -> String {
        fill(self.template(n), &[&n.to_string()])
    }
}

impl Words {
    /// English.
    pub const EN: Self = Self {
        address: "an address",
        padding: "padding",
        elsewhere: "elsewhere",
        bytes: Counted {
            one: "{} byte",
            many: "{} bytes",
        },
        from_to: "{} to {}",
        cells_left_out: Counted {
            one: "… {} cell left out, {}: {}",
            many: "… {} cells left out, {}: {}",
        },
        all: "all {}",
        differ: "of different values",
        changed: "{} of them changed: {}",
        fields_left_out: Counted {
            one: "… {} more field left out",
            many: "… {} more fields left out",
        },
        blocks_left_out: Counted {
            one: "… {} block left out",
            many: "… {} blocks left out",
        },
        kind: "{} × {} ({})",
        not_drawn: "{} (not drawn)",
        cells_not_drawn: Counted {
            one: "… {} more cell is not drawn",
            many: "… {} more cells are not drawn",
        },
        blocks_not_drawn: Counted {
            one: "… {} more block is not drawn",
            many: "… {} more blocks are not drawn",
        },
        is: "{} is {}, {}",
        points_to: "points to {}",
        comma: ", ",
        colon: ": ",
        stop: ". ",
    };

    /// Chinese.
    pub const ZH: Self = Self {
        address: "地址",
        padding: "填充",
        elsewhere: "别处",
        bytes: Counted::any("{} 字节"),
        from_to: "{} 到 {}",
        cells_left_out: Counted::any("… 省略 {} 个格子：{}，{}"),
        all: "全是 {}",
        differ: "值各不相同",
        changed: "其中 {} 个有变化：{}",
        fields_left_out: Counted::any("… 另有 {} 个字段未画出"),
        blocks_left_out: Counted::any("… 省略 {} 个块"),
        kind: "{} × {}（{}）",
        not_drawn: "{}（未画出）",
        cells_not_drawn: Counted::any("… 另有 {} 个格子未画出"),
        blocks_not_drawn: Counted::any("… 另有 {} 个块未画出"),
        is: "{} 是 {}，{}",
        points_to: "指向 {}",
        comma: "，",
        colon: "：",
        stop: "。",
    };

    /// `24 bytes`.
    pub(crate) fn bytes(&self, n: usize) -> String {
        self.bytes.of(n)
    }

    /// The raw contents of a field, or what they are; nothing for a vacant place with a name.
    pub(crate) fn contents(&self, field: &Field) -> String {
        match &field.bytes {
            Bytes::Known(_) => field.bytes.to_string(),
            Bytes::Address => self.address.to_string(),
            Bytes::Padding if field.name != "_" => String::new(),
            Bytes::Padding => self.padding.to_string(),
        }
    }

    /// What a field means.
    pub(crate) fn meaning<'f>(&self, field: &'f Field) -> &'f str {
        if field.meaning == ELSEWHERE {
            self.elsewhere
        } else {
            &field.meaning
        }
    }

    /// `… 966 cells left out, [17] to [982]: all 0`; `fields` are these cells, at least one.
    pub(crate) fn cells_left_out(&self, fields: &[Field]) -> String {
        let (first, last) = (&fields[0], &fields[fields.len() - 1]);
        let contents = match fields.iter().all(|field| field.meaning == first.meaning) {
            true => fill(self.all, &[self.meaning(first)]),
            false => self.differ.to_string(),
        };
        let span = self.span(&first.name, &last.name);
        let n = fields.len();
        let template = self.cells_left_out.template(n);
        fill(template, &[&n.to_string(), &span, &contents])
    }

    /// `… 12 more fields left out`.
    pub(crate) fn fields_left_out(&self, n: usize) -> String {
        self.fields_left_out.of(n)
    }

    /// `3 of them changed: [128] [130] …`; of many, the first few are named.
    pub(crate) fn changed(&self, names: &[&str]) -> String {
        const NAMED: usize = 4;
        let more = if names.len() > NAMED { " …" } else { "" };
        let named = names[..names.len().min(NAMED)].join(" ") + more;
        fill(self.changed, &[&names.len().to_string(), &named])
    }

    /// `… 276 blocks left out, a24 to a299: 276 × [8]int (17664 bytes)`.
    ///
    /// The first and last are named if nothing between them is drawn (`in_a_row`).
    pub(crate) fn blocks_left_out(&self, blocks: &[&Block], in_a_row: bool) -> String {
        let mut kinds: Vec<(&str, usize, usize)> = Vec::new();
        for block in blocks {
            match kinds.iter_mut().find(|(name, ..)| *name == block.type_name) {
                Some((_, count, bytes)) => (*count, *bytes) = (*count + 1, *bytes + block.size),
                None => kinds.push((&block.type_name, 1, block.size)),
            }
        }
        let kinds: Vec<_> = kinds
            .iter()
            .map(|(name, n, bytes)| fill(self.kind, &[&n.to_string(), name, &self.bytes(*bytes)]))
            .collect();
        let mut text = self.blocks_left_out.of(blocks.len());
        if in_a_row {
            let (first, last) = (&blocks[0].label, &blocks[blocks.len() - 1].label);
            text += self.comma;
            text += &self.span(first, last);
        }
        text + self.colon + &kinds.join(self.comma)
    }

    /// `a1[100] (not drawn)`.
    pub(crate) fn not_drawn(&self, place: &str) -> String {
        fill(self.not_drawn, &[place])
    }

    /// `… 936 more cells are not drawn`.
    pub(crate) fn cells_not_drawn(&self, n: usize) -> String {
        self.cells_not_drawn.of(n)
    }

    /// `… 260 more blocks are not drawn`.
    pub(crate) fn blocks_not_drawn(&self, n: usize) -> String {
        self.blocks_not_drawn.of(n)
    }

    /// `s is []int, 24 bytes`.
    pub(crate) fn is(&self, block: &Block) -> String {
        let size = self.bytes(block.size);
        fill(self.is, &[&block.label, &block.type_name, &size])
    }

    /// `points to a1[0]`.
    pub(crate) fn points_to(&self, place: &str) -> String {
        fill(self.points_to, &[place])
    }

    /// `[17] to [982]`, or the one name if both are the same.
    fn span(&self, first: &str, last: &str) -> String {
        if first == last {
            first.to_string()
        } else {
            fill(self.from_to, &[first, last])
        }
    }
}

/// The template with `values` in the place of its `{}`, one after the other.
fn fill(template: &str, values: &[&str]) -> String {
    let mut pieces = template.split("{}");
    let mut text = pieces.next().unwrap_or_default().to_string();
    for (value, piece) in values.iter().zip(pieces) {
        text.push_str(value);
        text.push_str(piece);
    }
    text
}
