//! `map`: feed your own keys, and see what they do to a map.
//!
//! ```text
//!   source.rs   lines of a file or of standard input
//!      │ key
//!   memhash.rs  Go's string, Go's hash
//!      │
//!   feed.rs     m[key] = line: steps, growths          ──watch──▶ stdout, as it happens
//!      │
//!   census.rs   the numbers when the input has ended ──▶ show.rs, words.rs ──▶ Report
//! ```
//!
//! A map of at most 8 buckets is drawn as a whole; of a larger one there are the numbers. `--watch`
//! shows the first 64 lines step by step, and of the others only the growths, so that a million
//! lines fit on a screen.
//!
//! M1  The same lines and the same `--hash-seed` print the same text: every hash follows from it.
//! M2  Memory is that of the map and its keys; the input is read line by line.
//!
//! Go: runtime/map.go; runtime/map_faststr.go: mapassign_faststr.
//! Differs: a Go program draws its hash seeds anew on every run.

mod census;
mod feed;
mod memhash;
mod show;
mod source;
#[cfg(test)]
mod tests;
mod words;

use std::io::Write;
use std::path::Path;

use hmap::{BucketRef, Chain};
use serde_json::{Value, json};

use crate::cli::{Common, Report};
use crate::error::Error;

use census::Census;
use feed::{Event, Feed, Step, Turns};
use memhash::GoString;
use show::{DRAWN_MAX, Show};
use source::Lines;

/// Lines that `--watch` shows step by step.
const STEPS_MAX: u64 = 64;

/// Feeds the lines of `keys`, or of standard input, to a map.
pub(crate) fn run(
    keys: Option<&Path>,
    hash_seed: u64,
    watch: bool,
    common: &Common,
    stdout: &mut dyn Write,
) -> Result<Report, Error> {
    let mut lines = Lines::open(keys)?;
    let mut feed = Feed::new(hash_seed);
    let steps = if watch {
        feed_watched(&mut lines, &mut feed, common, stdout)?
    } else {
        while let Some(line) = lines.next()? {
            feed.assign(GoString::from(line));
        }
        Vec::new()
    };
    lines.close();
    let census = Census::of(&feed);
    if common.json {
        let watched = watch.then_some(&steps[..]);
        return Ok(Report::json("map", to_json(&feed, &census, watched), true));
    }
    let show = Show::new(common);
    let summary = show.summary(&feed, &census, lines.origin());
    let gap = if watch { "\n" } else { "" };
    Ok(Report::of(format!("{gap}{summary}")))
}

/// Feeds all lines and writes down what they do; for JSON, returns the steps instead.
fn feed_watched(
    lines: &mut Lines,
    feed: &mut Feed,
    common: &Common,
    stdout: &mut dyn Write,
) -> Result<Vec<Step>, Error> {
    let (show, mut steps) = (Show::new(common), Vec::new());
    let mut write = |lines: &Lines, text: String| {
        if common.json {
            return Ok(());
        }
        let written = lines.aside(|| {
            stdout
                .write_all(text.as_bytes())
                .and_then(|()| stdout.flush())
        });
        written.map_err(Error::Print)
    };
    write(lines, show.steps())?;
    while let Some(line) = lines.next()? {
        let key = GoString::from(line);
        if feed.lines() < STEPS_MAX {
            let step = feed.step(key);
            write(lines, show.step(&step))?;
            steps.push(step);
            continue;
        }
        if feed.lines() == STEPS_MAX {
            write(lines, show.growths_only(STEPS_MAX))?;
        }
        let turns = feed.assign(key);
        for event in growth_events(feed, turns) {
            write(lines, show.event(feed.lines(), &event))?;
        }
    }
    Ok(steps)
}

/// The beginning and the end of a growth.
fn growth_events(feed: &Feed, turns: Turns) -> impl Iterator<Item = Event> {
    let last = feed.growths().last();
    let begins = last
        .filter(|_| turns.begins)
        .map(|growth| Event::GrowthBegins {
            entries: growth.entries,
            from_b: growth.from_b,
            to_b: growth.to_b,
        });
    let ends = last.filter(|_| turns.ends).map(|growth| Event::GrowthEnds {
        writes: growth.writes,
    });
    begins.into_iter().chain(ends)
}

/// The numbers; with `--watch` the first steps too, and the cells of a map of a few buckets.
fn to_json(feed: &Feed, census: &Census, steps: Option<&[Step]>) -> Value {
    let mut value = json!(census);
    if let Some(steps) = steps {
        value["steps"] = json!(steps);
        value["steps_left_out"] = json!(feed.lines() - steps.len() as u64);
    }
    if census.buckets <= DRAWN_MAX {
        let old = feed::still_pending(feed.map());
        value["cells"] = json!({
            "buckets": feed.map().chains().enumerate().map(chain_json).collect::<Vec<_>>(),
            "oldbuckets": old.map(chain_json).collect::<Vec<_>>(),
        });
    }
    value
}

fn chain_json((bucket, chain): (usize, Chain<'_, GoString, isize>)) -> Value {
    let bmap = |(overflow, bmap): (usize, BucketRef<'_, GoString, isize>)| {
        let cells = (0..hmap::BUCKET_CNT).map(|i| bmap.cell(i));
        let cells = cells.map(|cell| cell.map(|(key, line)| json!({ "key": key, "line": line })));
        json!({
            "bucket": bucket,
            "overflow": overflow,
            "tophash": bmap.tophash(),
            "cells": cells.collect::<Vec<_>>(),
        })
    };
    chain.buckets().enumerate().map(bmap).collect()
}
