//! What `map` says, in both languages.
//!
//! ```text
//!   Step, Event, Growth, Census ──Words──▶ sentences, without colour and line breaks
//! ```
//!
//! Numbers and labels are those of the pictures: `buckets[2]+1` is the first overflow bucket behind
//! bucket 2.

use super::census::{Census, Growing};
use super::feed::{Event, Growth, Place, Step};
use super::source::Origin;
use crate::lang::Lang;

/// The sentences of one language.
pub(super) struct Words {
    /// What was read into what.
    pub(super) title: fn(&Census, &Origin) -> String,
    /// Labels and what they label: the numbers of a map.
    pub(super) rows: fn(&Census) -> Vec<(&'static str, String)>,
    /// Heading over the buckets.
    pub(super) memory: &'static str,
    /// Heading over the histogram.
    pub(super) histogram: &'static str,
    /// Its columns: entries, buckets, expected.
    pub(super) columns: [&'static str; 3],
    /// Explains its bars.
    pub(super) legend: &'static str,
    /// Heading over the growths.
    pub(super) growths: &'static str,
    /// What stands there when there are none.
    pub(super) no_growth: &'static str,
    /// A growth: where, from B to B, from buckets to buckets, writes.
    pub(super) growth: fn(&Growth) -> [String; 4],
    /// Why no growth to the same size is among them.
    pub(super) remark: &'static str,
    /// Heading over the steps.
    pub(super) steps: &'static str,
    /// An assignment.
    pub(super) step: fn(&Step) -> String,
    /// What happened during it.
    pub(super) event: fn(&Event) -> String,
    /// An event of which only the line is known.
    pub(super) at_line: fn(u64, &str) -> String,
    /// After so many steps only growths are told.
    pub(super) growths_only: fn(u64) -> String,
}

impl Words {
    pub(super) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Zh => &ZH,
        }
    }
}

/// The label of a bucket, as in the pictures.
fn label(bucket: usize, overflow: usize) -> String {
    match overflow {
        0 => format!("buckets[{bucket}]"),
        _ => format!("buckets[{bucket}]+{overflow}"),
    }
}

fn cell(place: &Place, word: &str) -> String {
    format!(
        "{}{word}{}",
        label(place.bucket, place.overflow),
        place.cell
    )
}

/// The low bits of a hash that choose the bucket.
fn low_bits(step: &Step) -> String {
    let bits = step.hash & ((1 << step.b) - 1);
    format!("{bits:0width$b}", width = usize::from(step.b))
}

/// A number and its noun.
fn count(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A share as a percentage.
fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// `6 of 1 bucket, 2 of 2`: chains by the number of their buckets.
fn chains_en(census: &Census) -> String {
    let chains = census.chains.iter().enumerate();
    let chains: Vec<_> = chains
        .map(|(i, c)| match i {
            0 => format!(
                "{} of {}",
                c.chains,
                count(c.buckets as u64, "bucket", "buckets")
            ),
            _ => format!("{} of {}", c.chains, c.buckets),
        })
        .collect();
    chains.join(", ")
}

fn chains_zh(census: &Census) -> String {
    let chains = census.chains.iter();
    let chains: Vec<_> = chains
        .map(|c| format!("长度 {} 的 {} 条", c.buckets, c.chains))
        .collect();
    chains.join("，")
}

const EN: Words = Words {
    title: |census, origin| {
        let lines = count(census.lines, "line", "lines");
        format!("{lines} of {origin}: m[line] = its number, m a map[string]int")
    },
    rows: rows_en,
    memory: "Memory",
    histogram: "Buckets by their entries, beside what chance would give (Poisson)",
    columns: ["entries", "buckets", "by chance"],
    legend: "━ buckets   ┃ by chance",
    growths: "Growths",
    no_growth: "none: the first bucket takes 8 entries",
    growth: |growth| {
        let writes = count(growth.writes, "write", "writes");
        let how = if growth.ended {
            "evacuated in"
        } else {
            "under way for"
        };
        let (from, to) = (1_u64 << growth.from_b, 1_u64 << growth.to_b);
        [
            format!("line {}", growth.line),
            format!("B {} → {}", growth.from_b, growth.to_b),
            format!("{from} → {to} buckets"),
            format!("{how} {writes}"),
        ]
    },
    remark: "All of them double the array: a growth to the same size takes deletions first.",
    steps: "Step by step",
    step: |step| {
        let (key, cell) = (step.key.quoted(), cell(&step.place, ", cell "));
        if let Some(before) = step.before {
            return format!(
                "{0}. {key} again: {cell} holds {0} instead of {before}",
                step.line
            );
        }
        let low = match step.b {
            0 => String::new(),
            _ => format!(" ends in {}", low_bits(step)),
        };
        let (hash, top) = (step.hash, step.tophash);
        format!(
            "{}. {key}: hash {hash:016x}{low}: {cell}, tophash {top:#04x}",
            step.line
        )
    },
    event: event_en,
    at_line: |line, event| format!("line {line}: {event}"),
    growths_only: |steps| format!("{steps} lines were shown; from here on only the growths are"),
};

fn rows_en(census: &Census) -> Vec<(&'static str, String)> {
    let lines = |n| count(n, "line", "lines");
    let buckets = |n: usize| count(n as u64, "bucket", "buckets");
    let again = match census.duplicates {
        0 => "no line came twice".to_string(),
        n => format!("{} had been there before", lines(n)),
    };
    let grows = match census.b {
        0 => "above 8 the map grows",
        _ => "above 6.5 the map grows",
    };
    let array = match census.buckets {
        0 => "no bucket before the first entry".to_string(),
        n => format!(
            "{} of 8 cells, {} bytes each",
            buckets(n),
            census.bucket_bytes
        ),
    };
    let overflow = count(census.overflow_buckets as u64, "bucket", "buckets");
    let longest = buckets(census.longest_chain);
    let mut rows = vec![
        ("entries", format!("{}; {again}", census.entries)),
        (
            "hash seed",
            format!(
                "{}, which gives hash0 {:#010x}",
                census.hash_seed, census.hash0
            ),
        ),
        ("B", format!("{}: {array}", census.b)),
        (
            "load",
            format!("{:.2} entries a bucket; {grows}", census.load),
        ),
        ("fill", format!("{} of all cells", percent(census.fill))),
        (
            "overflow",
            format!("{overflow}; the longest chain has {longest}"),
        ),
    ];
    if census.overflow_buckets > 0 {
        rows.push(("chains", chains_en(census)));
    }
    if let Some(Growing {
        from_b,
        old_buckets,
        pending,
        entries,
    }) = census.growing
    {
        let left =
            format!("{pending} of {old_buckets} old buckets left, entries in them: {entries}");
        rows.push(("growing", format!("from B {from_b}: {left}")));
    }
    let bytes = format!("{} of header and buckets", census.map_bytes);
    rows.push(("bytes", format!("{bytes}, {} of keys", census.key_bytes)));
    rows
}

fn event_en(event: &Event) -> String {
    match *event {
        Event::GrowthBegins {
            entries,
            from_b,
            to_b,
        } => {
            let buckets = count(1 << from_b, "bucket", "buckets");
            format!("growth begins, B {from_b} → {to_b}: over {entries} entries in {buckets}")
        }
        Event::Evacuated {
            bucket,
            x,
            y,
            old_buckets,
        } => {
            let half = |bucket: usize, n: usize| {
                let overflow = n.div_ceil(8).saturating_sub(1);
                let more = match overflow {
                    0 => String::new(),
                    _ => format!(" and its {overflow} overflow"),
                };
                format!("{n} to {}{more}", label(bucket, 0))
            };
            let (x, y) = (half(bucket, x), half(bucket + old_buckets, y));
            format!("oldbuckets[{bucket}] is evacuated: {x} (X), {y} (Y)")
        }
        Event::GrowthEnds { writes } => {
            format!("growth ends after {}", count(writes, "write", "writes"))
        }
        Event::OverflowBucket { bucket, overflow } => {
            let (full, new) = (label(bucket, overflow - 1), label(bucket, overflow));
            format!("{full} is full: overflow bucket {new} behind it")
        }
    }
}

const ZH: Words = Words {
    title: |census, origin| {
        let origin = match origin {
            Origin::File(path) => path.display().to_string(),
            Origin::Stdin => "标准输入".to_string(),
        };
        format!(
            "{origin}，{} 行：m[行] = 行号，m 是 map[string]int",
            census.lines
        )
    },
    rows: rows_zh,
    memory: "内存",
    histogram: "按元素个数统计桶，并与随机情形（泊松分布）对照",
    columns: ["元素", "桶", "随机"],
    legend: "━ 桶   ┃ 随机",
    growths: "扩容",
    no_growth: "没有：第一个桶放得下 8 个元素",
    growth: |growth| {
        let how = if growth.ended {
            "次写入搬完"
        } else {
            "次写入，尚未搬完"
        };
        let (from, to) = (1_u64 << growth.from_b, 1_u64 << growth.to_b);
        [
            format!("第 {} 行", growth.line),
            format!("B {} → {}", growth.from_b, growth.to_b),
            format!("{from} → {to} 个桶"),
            format!("{} {how}", growth.writes),
        ]
    },
    remark: "这些扩容都是翻倍：等量扩容要先有删除才会发生。",
    steps: "逐步看",
    step: |step| {
        let (key, cell) = (step.key.quoted(), cell(&step.place, "，槽位 "));
        if let Some(before) = step.before {
            return format!("{0}. 再次写入 {key}：{cell}，{0} 取代 {before}", step.line);
        }
        let low = match step.b {
            0 => String::new(),
            _ => format!("，低位 {}", low_bits(step)),
        };
        let (hash, top) = (step.hash, step.tophash);
        format!(
            "{}. {key}：哈希 {hash:016x}{low}：{cell}，tophash {top:#04x}",
            step.line
        )
    },
    event: event_zh,
    at_line: |line, event| format!("第 {line} 行：{event}"),
    growths_only: |steps| format!("已逐步显示 {steps} 行；此后只显示扩容"),
};

fn rows_zh(census: &Census) -> Vec<(&'static str, String)> {
    let again = match census.duplicates {
        0 => "没有重复的行".to_string(),
        n => format!("{n} 行的 key 已经存在"),
    };
    let grows = match census.b {
        0 => "超过 8 个就扩容",
        _ => "超过 6.5 个就扩容",
    };
    let array = match census.buckets {
        0 => "写入第一个元素之前没有桶".to_string(),
        n => format!("{n} 个桶，每桶 8 个槽位、{} 字节", census.bucket_bytes),
    };
    let (overflow, longest) = (census.overflow_buckets, census.longest_chain);
    let mut rows = vec![
        ("元素", format!("{} 个；{again}", census.entries)),
        (
            "哈希种子",
            format!("{}，由此得 hash0 {:#010x}", census.hash_seed, census.hash0),
        ),
        ("B", format!("{}：{array}", census.b)),
        (
            "负载",
            format!("平均每桶 {:.2} 个元素；{grows}", census.load),
        ),
        ("占用", format!("全部槽位的 {}", percent(census.fill))),
        (
            "溢出",
            format!("{overflow} 个溢出桶；最长的链有 {longest} 个桶"),
        ),
    ];
    if census.overflow_buckets > 0 {
        rows.push(("链", chains_zh(census)));
    }
    if let Some(Growing {
        from_b,
        old_buckets,
        pending,
        entries,
    }) = census.growing
    {
        let left = format!("{old_buckets} 个旧桶还剩 {pending} 个，里面还有 {entries} 个元素");
        rows.push(("扩容中", format!("从 B {from_b} 起：{left}")));
    }
    let bytes = format!("头部与桶 {}", census.map_bytes);
    rows.push(("字节", format!("{bytes}，key 的内容 {}", census.key_bytes)));
    rows
}

fn event_zh(event: &Event) -> String {
    match *event {
        Event::GrowthBegins {
            entries,
            from_b,
            to_b,
        } => {
            let buckets = 1_u64 << from_b;
            format!("开始扩容，B {from_b} → {to_b}：{buckets} 个桶，元素超过 {entries} 个")
        }
        Event::Evacuated {
            bucket,
            x,
            y,
            old_buckets,
        } => {
            let half = |bucket: usize, n: usize| {
                let overflow = n.div_ceil(8).saturating_sub(1);
                let more = match overflow {
                    0 => String::new(),
                    _ => format!(" 及其 {overflow} 个溢出桶"),
                };
                format!("{n} 个到 {}{more}", label(bucket, 0))
            };
            let (x, y) = (half(bucket, x), half(bucket + old_buckets, y));
            format!("搬迁 oldbuckets[{bucket}]：{x}（X），{y}（Y）")
        }
        Event::GrowthEnds { writes } => format!("扩容结束，用了 {writes} 次写入"),
        Event::OverflowBucket { bucket, overflow } => {
            let (full, new) = (label(bucket, overflow - 1), label(bucket, overflow));
            format!("{full} 已满：后面接上溢出桶 {new}")
        }
    }
}
