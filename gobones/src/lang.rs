//! The two languages: which one, and the words that the commands use in each.
//!
//! Both tables have the same fields, so a missing word is a compile error. Longer texts stand with
//! what they describe, as pairs ([`laws::Text`]).

use clap::ValueEnum;
use laws::Text;
use serde::Serialize;

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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
    /// Explains the signs of the pictures.
    pub legend: &'static str,
    /// What stands before and after the number of the line that a step ran.
    pub line: (&'static str, &'static str),
    /// Before what a step printed.
    pub output: &'static str,
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
    /// What stands before and after the number of one case.
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
    /// Before the smallest counterexample.
    pub smallest: &'static str,
    /// A myth that no case refuted.
    pub not_refuted: &'static str,
    /// Where a belief was seen.
    pub seen: &'static str,
    /// Heading over the types that `layout` knows.
    pub types: &'static str,
    /// The word for bytes.
    pub bytes: &'static str,
}

const EN: Words = Words {
    chapter: "Chapter",
    program: "The program",
    prints: "What it prints, here and in Go 1.19.8",
    memory: "Memory, step by step",
    legend: "*  changed by this step    ━ visible (len)    ┄ spare (cap)    a1, b1: arrays",
    line: ("line ", ""),
    output: "prints",
    remark: "Worth knowing",
    law: "The law behind it",
    source: "In Go's source",
    next: "Next",
    chapters: "Chapters",
    holds: "holds",
    broken: "BROKEN",
    case: ("case ", ""),
    cases: "cases",
    seed: "seed",
    belief: "Belief",
    truth: "Truth",
    first: "first counterexample",
    smaller: "smaller",
    smallest: "smallest",
    not_refuted: "NOT REFUTED",
    seen: "seen at",
    types: "Types",
    bytes: "bytes",
};

const ZH: Words = Words {
    chapter: "章节",
    program: "程序",
    prints: "输出（本程序与 Go 1.19.8 一致）",
    memory: "内存，逐步来看",
    legend: "*  本步改变    ━ 可见部分（len）    ┄ 备用部分（cap）    a1、b1：数组",
    line: ("第 ", " 行"),
    output: "输出",
    remark: "补充",
    law: "背后的定律",
    source: "Go 源码",
    next: "接着看",
    chapters: "章节",
    holds: "成立",
    broken: "被打破",
    case: ("第 ", " 个用例"),
    cases: "个用例",
    seed: "种子",
    belief: "误解",
    truth: "事实",
    first: "首个反例",
    smaller: "更小",
    smallest: "最小",
    not_refuted: "未被推翻",
    seen: "出处",
    types: "类型",
    bytes: "字节",
};
