//! The two languages: which one, and the words that the commands use in each.
//!
//! ```text
//!   --lang zh ──▶ Lang ──words──▶ Words    headings, verdicts, punctuation: one table a language
//!                      ──pick───▶ Text     a chapter's answer, a law's claim: written beforehand
//!                      ──note───▶ Note     what a step did: written while a program runs
//! ```
//!
//! Both tables have the same fields, so a missing word is a compile error. Longer texts stand with
//! what they describe, as pairs ([`laws::Text`]). Chinese has punctuation of its own, as wide as
//! its characters; where a sign stands between two words of ours it comes from the table.
//!
//! A pair of `&str` in [`Words`] is what stands before and after a number or a name.

use clap::ValueEnum;
use laws::Text;

/// A language of the house.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 中文.
    Zh,
}

impl Lang {
    /// The half of a pair that is in this language.
    #[must_use]
    pub fn pick(self, text: &Text) -> &str {
        match self {
            Self::En => text.en,
            Self::Zh => text.zh,
        }
    }

    /// The half of a note that is in this language.
    #[must_use]
    pub fn note(self, note: &Note) -> &str {
        match self {
            Self::En => &note.en,
            Self::Zh => &note.zh,
        }
    }

    /// The words of the pictures.
    #[must_use]
    pub fn pictures(self) -> &'static layout::text::Words {
        match self {
            Self::En => &layout::text::Words::EN,
            Self::Zh => &layout::text::Words::ZH,
        }
    }

    /// The words of the commands.
    #[must_use]
    pub fn words(self) -> &'static Words {
        match self {
            Self::En => &EN,
            Self::Zh => &ZH,
        }
    }
}

/// A sentence in both languages that was made while a program ran.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// English.
    pub en: String,
    /// 中文.
    pub zh: String,
}

/// The words that the commands use.
#[derive(Debug)]
pub struct Words {
    /// Heading of a chapter.
    pub chapter: &'static str,
    /// Heading over the program's text.
    pub program: &'static str,
    /// Heading over what it prints.
    pub prints: &'static str,
    /// Heading over the steps.
    pub memory: &'static str,
    /// Explain the signs of the pictures, area by area.
    pub legends: &'static [(&'static str, &'static [&'static str])],
    /// Around the number of a line of the program.
    pub line: (&'static str, &'static str),
    /// After the line that printed something.
    pub output: &'static str,
    /// Between a label and what it labels.
    pub colon: &'static str,
    /// Heading over the remark at the end.
    pub remark: &'static str,
    /// Before the law that proves the chapter.
    pub law: &'static str,
    /// Before the references into Go's source.
    pub source: &'static str,
    /// Before the command to try next.
    pub next: &'static str,
    /// Heading over the list of chapters.
    pub chapters: &'static str,
    /// A law that held.
    pub holds: &'static str,
    /// A law that failed.
    pub broken: &'static str,
    /// The numbers of laws that held and failed, of cases, and the seed, in one line.
    pub sum: fn(held: usize, broken: usize, cases: u64, seed: u64) -> String,
    /// Around the number of the case that refuted a claim.
    pub case: (&'static str, &'static str),
    /// The word for the number of cases.
    pub cases: &'static str,
    /// Before the seed.
    pub seed: &'static str,
    /// Before a belief.
    pub belief: &'static str,
    /// Before the truth.
    pub truth: &'static str,
    /// Before the first counterexample.
    pub first: &'static str,
    /// Before each smaller counterexample.
    pub smaller: &'static str,
    /// Around the number of counterexamples between that are not shown.
    pub left_out: (&'static str, &'static str),
    /// Before the smallest counterexample.
    pub smallest: &'static str,
    /// A myth that no case refuted.
    pub not_refuted: &'static str,
    /// Where a belief was seen.
    pub seen: &'static str,
    /// Heading over the types that `layout` knows.
    pub types: &'static str,
}

const EN: Words = Words {
    chapter: "Chapter",
    program: "The program",
    prints: "What it prints, here and in Go 1.19.8",
    memory: "Memory, step by step",
    legends: &[
        (
            "slice",
            &[
                "*  changed by this step",
                "━ visible (len)",
                "┄ spare (cap)",
                "a1, b1: arrays",
            ],
        ),
        (
            "map",
            &[
                "*  changed by this step",
                "buckets[2]: bucket 2",
                "buckets[2]+1: its overflow bucket",
            ],
        ),
    ],
    line: ("line ", ""),
    output: " prints",
    colon: ": ",
    remark: "Worth knowing",
    law: "The law behind it",
    source: "In Go's source",
    next: "Next",
    chapters: "Chapters",
    holds: "holds",
    broken: "BROKEN",
    sum: |held, broken, cases, seed| {
        format!("{held} hold, {broken} broken, {cases} cases, seed {seed}")
    },
    case: (" (case ", ")"),
    cases: "cases",
    seed: "seed",
    belief: "Belief",
    truth: "Truth",
    first: "first counterexample",
    smaller: "smaller",
    left_out: ("… ", " more left out"),
    smallest: "smallest",
    not_refuted: "NOT REFUTED",
    seen: "seen at",
    types: "Types",
};

const ZH: Words = Words {
    chapter: "章节",
    program: "程序",
    prints: "输出（本程序与 Go 1.19.8 一致）",
    memory: "逐步看内存",
    legends: &[
        (
            "slice",
            &[
                "*  本步改变",
                "━ 可见部分（len）",
                "┄ 备用部分（cap）",
                "a1、b1：数组",
            ],
        ),
        (
            "map",
            &[
                "*  本步改变",
                "buckets[2]：2 号桶",
                "buckets[2]+1：它的溢出桶",
            ],
        ),
    ],
    line: ("第 ", " 行"),
    output: "输出",
    colon: "：",
    remark: "补充",
    law: "背后的定律",
    source: "Go 源码",
    next: "接着看",
    chapters: "章节",
    holds: "成立",
    broken: "不成立",
    sum: |held, broken, cases, seed| {
        format!("{held} 条成立，{broken} 条不成立，共 {cases} 个用例，种子 {seed}")
    },
    case: ("（第 ", " 个用例）"),
    cases: "个用例",
    seed: "种子",
    belief: "误解",
    truth: "事实",
    first: "首个反例",
    smaller: "更小",
    left_out: ("… 省略 ", " 步"),
    smallest: "最小",
    not_refuted: "未找到反例",
    seen: "出处",
    types: "类型",
};
