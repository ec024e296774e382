//! The report of a made-up board, read back.

#[path = "html/board.rs"]
mod board;
#[path = "html/page.rs"]
mod page;

use std::collections::{BTreeMap, BTreeSet};

use benches::board::{Board, Verdict};
use benches::html::html;
use benches::latency::Histogram;
use benches::stats::Estimate;

use board::{board, empty, row};
use page::Element;

#[test]
fn tags_nest_ids_are_unique_and_links_lead_somewhere() {
    for board in [board(), empty()] {
        let page = Element::read(&html(&board));
        let ids: Vec<_> = page.all().iter().map(|e| e.attribute("id")).collect();
        let ids: Vec<_> = ids.into_iter().filter(|id| !id.is_empty()).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len());
        for element in page.all() {
            if let Some(id) = element.attributes.get("href") {
                page.with_id(id.strip_prefix('#').expect("a link within the page"));
            }
            for name in ["aria-labelledby", "aria-describedby"] {
                if let Some(id) = element.attributes.get(name) {
                    assert_ne!(page.with_id(id).text, "", "{id}");
                }
            }
        }
    }
}

#[test]
fn each_row_stands_in_the_table_of_its_group_with_its_verdict() {
    let board = board();
    let page = Element::read(&html(&board));
    let mut shown = Vec::new();
    for section in page.find("section") {
        let bodies = section.find("tbody");
        for body in bodies
            .iter()
            .filter(|b| b.all().iter().any(|e| e.has_class("work")))
        {
            let rows = body.find("tr");
            for row in &rows[1..] {
                let cells = [0, 1, 4].map(|i| row.children[i].text.clone());
                let [size, peer, verdict] = cells;
                let group = section.find("h2")[0].text.clone();
                shown.push((
                    group,
                    rows[0].text.clone(),
                    size.replace(',', ""),
                    peer,
                    verdict,
                ));
            }
        }
    }
    let sign = |verdict| match verdict {
        Verdict::Ahead => "▲ ahead",
        Verdict::Level => "● level",
        Verdict::Behind => "▼ behind",
        Verdict::TooNoisy => "◌ too noisy to tell",
    };
    let rows = board.rows.iter().map(|row| {
        let (group, work, peer) = (row.group.clone(), row.work.clone(), row.peer.clone());
        (
            group,
            work,
            row.size.to_string(),
            peer,
            sign(row.verdict).to_string(),
        )
    });
    assert_eq!(shown, rows.collect::<Vec<_>>());
}

#[test]
fn everything_else_on_the_board_is_shown_too() {
    let board = board();
    let text = Element::read(&html(&board)).text;
    let mut wanted: Vec<String> = board.remarks.clone();
    wanted.extend([
        board.date,
        board.seed.to_string(),
        board.machine.cpu,
        board.machine.os,
    ]);
    wanted.extend(
        board
            .versions
            .into_iter()
            .flat_map(|(name, version)| [name, version]),
    );
    wanted.extend(
        board
            .calibration
            .into_iter()
            .flat_map(|r| [r.name, r.words]),
    );
    wanted.extend(
        board
            .rows
            .into_iter()
            .filter_map(|row| Some(row.target?.why)),
    );
    wanted.extend(board.latencies.into_iter().map(|row| row.work));
    wanted.extend(["25", "7.65 GiB", "pinned to core 1", "13.1 B", "1.52 µs"].map(String::from));
    for words in wanted {
        assert!(text.contains(&words.replace(" µs", "\u{a0}µs")), "{words}");
    }
}

#[test]
fn rows_behind_come_first_in_the_summary_and_the_worst_before_the_rest() {
    let page = Element::read(&html(&board()));
    let losses = &page.with_id("summary").find("ol")[0].children;
    let words = |li: &Element| {
        let words: Vec<_> = li.text.split_whitespace().map(String::from).collect();
        words.join(" ")
    };
    let wanted = [
        "slice append_from_nothing against Vec, target ≤ 1.50: Go's growth copies about twice as \
         much as doubling and may never grow in place 1.83 1.80–1.87, 10,000 elements 1.74 \
         1.71–1.78, 3,300 elements 1.60 1.57–1.63, 1,000 elements",
        "slice append_from_nothing against bumpalo Vec, no target, against 1 for information 1.66 \
         1.61–1.71, 10,000 elements 1.58 1.53–1.62, 3,300 elements 1.48 1.44–1.53, 1,000 elements \
         1.33 1.29–1.37, 200 elements 1.14 1.11–1.18, 1 element 1.05 1.02–1.08, 30 elements 1.033 \
         1.002–1.064, 7 elements",
    ];
    assert_eq!(losses.iter().map(words).collect::<Vec<_>>(), wanted);
}

#[test]
fn text_from_the_board_never_becomes_markup() {
    let tags = |board: &Board| -> Vec<String> {
        let page = Element::read(&html(board));
        page.all()
            .iter()
            .map(|e| format!("{} {}", e.tag, e.attribute("class")))
            .collect()
    };
    let evil = "</td><script a=\"b\" c='d'>&amp;";
    let json = serde_json::to_string(&board()).expect("a board as JSON");
    let quoted = serde_json::to_string(evil).expect("text as JSON");
    let inner = &quoted[1..quoted.len() - 1];
    let mut attacked = json;
    for word in [
        "slice",
        "append_from_nothing",
        "Vec",
        "AMD",
        "Linux",
        "go1.19.8",
        "One",
        "Go's",
    ] {
        attacked = attacked.replace(word, &format!("{word}{inner}"));
    }
    let attacked: Board = serde_json::from_str(&attacked).expect("a board");
    assert_eq!(tags(&attacked), tags(&board()));
    let text = Element::read(&html(&attacked)).text;
    assert!(text.contains(&format!("append_from_nothing{evil}")));
}

#[test]
fn the_report_fetches_nothing_and_runs_nothing() {
    let html = html(&board());
    for word in [
        "http:", "https:", "//", "url(", "@import", "<script", "<link", "src=", " on",
    ] {
        let found = html.match_indices(word).find(|(at, _)| {
            // ` on` is an event only within a tag.
            word != " on" || html[..*at].rfind('<') > html[..*at].rfind('>')
        });
        assert_eq!(found, None, "{word}");
    }
}

/// The relative luminance of `#rrggbb`, by WCAG 2.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let byte = u8::from_str_radix(&colour[at..at + 2], 16).expect("hexadecimal");
        let share = f64::from(byte) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[test]
fn every_text_can_be_read_in_light_and_in_dark() {
    let html = html(&board());
    let (light, dark) = html
        .split_once("prefers-color-scheme: dark")
        .expect("two schemes");
    for scheme in [light, dark] {
        let declared = scheme
            .split("--")
            .skip(1)
            .filter_map(|text| text.split_once(": #"));
        let colours: BTreeMap<_, _> = declared.map(|(name, text)| (name, &text[..6])).collect();
        let light_of = |name: &str| luminance(&format!("#{}", colours[name]));
        let texts = [
            "ink", "faint", "link", "s0", "s1", "s2", "s3", "s4", "s5", "s6",
        ];
        for (text, ground) in texts
            .iter()
            .flat_map(|text| [(text, "paper"), (text, "box")])
        {
            let (a, b) = (light_of(text), light_of(ground));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 4.5, "{text} on {ground}: {contrast:.2}");
        }
    }
}

#[test]
fn a_reader_without_eyes_gets_titles_captions_and_scopes() {
    let page = Element::read(&html(&board()));
    assert_eq!(page.find("html")[0].attribute("lang"), "en");
    assert_eq!(page.find("h1").len(), 1);
    for svg in page.find("svg") {
        assert_eq!(svg.children[0].tag, "title");
        assert_eq!(svg.children[1].tag, "desc");
        assert!(
            svg.children[..2]
                .iter()
                .all(|words| !words.text.trim().is_empty())
        );
    }
    for table in page.find("table") {
        assert_eq!(table.children[0].tag, "caption");
        assert!(
            table
                .find("th")
                .iter()
                .all(|th| !th.attribute("scope").is_empty())
        );
    }
    let mut above = 1;
    for heading in page
        .all()
        .iter()
        .filter(|e| ["h1", "h2", "h3"].contains(&&*e.tag))
    {
        let level = heading.tag[1..].parse().expect("a level");
        assert!(level <= above + 1, "{} skips a level", heading.text);
        above = level;
    }
}

#[test]
fn a_side_has_one_colour_everywhere() {
    let page = Element::read(&html(&board()));
    let mut colours = BTreeMap::<&str, BTreeSet<&str>>::new();
    for element in page.all().into_iter().filter(|e| e.has_class("side")) {
        colours
            .entry(&element.text)
            .or_default()
            .insert(element.attribute("class"));
    }
    assert_eq!(colours.len(), 7);
    assert_eq!(colours["ours"], BTreeSet::from(["side s0"]));
    assert_eq!(colours["ours, arena"], colours["ours"]);
    let all: BTreeSet<_> = colours.values().flatten().collect();
    assert_eq!(all.len(), 6, "{colours:?}");
}

#[test]
fn sides_that_meet_in_a_group_have_different_colours_and_more_than_there_are_share_some() {
    let peers = |group, peers: [&str; 5]| {
        peers.map(|peer| row(group, "w", 1, peer, (1.0, 2.0, 0.01), None))
    };
    let first = peers("slice", ["Vec", "Cells", "Bump", "Go 1", "Go 2"]);
    let second = peers("hmap", ["Std", "Tree", "Go 1", "Go 2", "Brown"]);
    let page = Element::read(&html(&Board {
        rows: [first, second].concat(),
        ..empty()
    }));
    let mut everywhere = BTreeSet::new();
    for section in page.find("section") {
        let sides = section
            .all()
            .into_iter()
            .filter(|e| e.has_class("side"))
            .map(|e| (e.text.clone(), e.attribute("class").to_string()));
        let sides: BTreeSet<_> = sides.collect();
        let colours: BTreeSet<_> = sides.iter().map(|(_, colour)| colour).collect();
        assert_eq!(colours.len(), sides.len(), "{sides:?}");
        everywhere.extend(sides);
    }
    let names: BTreeSet<_> = everywhere.iter().map(|(name, _)| name).collect();
    assert_eq!((names.len(), everywhere.len()), (8, 8), "{everywhere:?}");
}

fn percent(element: &Element, name: &str) -> f64 {
    let text = element.attribute(name);
    text.strip_suffix('%')
        .and_then(|n| n.parse().ok())
        .expect("a share of the width")
}

#[test]
fn half_and_double_lie_equally_far_from_one() {
    let rows = [(1.0, 2.0), (2.0, 1.0)]
        .map(|(ours, theirs)| row("g", "w", 1, "p", (ours, theirs, 0.01), None));
    let page = Element::read(&html(&Board {
        rows: rows.to_vec(),
        ..empty()
    }));
    let one = page
        .all()
        .into_iter()
        .find(|e| e.has_class("one"))
        .expect("the mark at 1");
    let marks = page.find("use");
    let away = |i: usize| percent(marks[i], "x") - percent(one, "x1");
    assert!(
        away(0) < -1.0 && (away(0) + away(1)).abs() < 0.011,
        "{} {}",
        away(0),
        away(1)
    );
}

#[test]
fn each_curve_carries_the_exponent_of_its_power_law() {
    let sizes = [10, 100, 1_000].map(|n| {
        let times = (3.0, (n as f64).sqrt(), 0.01);
        row("g", "w", n, "p", times, None)
    });
    let page = Element::read(&html(&Board {
        rows: sizes.to_vec(),
        ..empty()
    }));
    let texts: Vec<_> = page.find("text").iter().map(|e| e.text.clone()).collect();
    let after = |side: &str| {
        let place = texts.iter().position(|text| text == side).expect("a label");
        texts[place + 1].clone()
    };
    assert_eq!(
        (after("ours"), after("p")),
        ("n^1.00".into(), "n^1.50".into())
    );
}

#[test]
fn what_is_no_number_reaches_no_coordinate() {
    let mut board = board();
    let odd = [f64::NAN, f64::INFINITY, 0.0, -1.0, 1e300, 1e-300];
    for (row, value) in board.rows.iter_mut().zip(odd.into_iter().cycle()) {
        (row.ours_ns, row.peer_ns) = (value, value);
        row.ratio = Estimate {
            median: value,
            low: value,
            high: value,
        };
    }
    board.rows[3].size = 0;
    board.memory[0].size = 0;
    board.latencies[0].sides[0].histogram = Histogram::new();
    board.latencies[0].sides[1].histogram.note(u64::MAX);
    board.latencies[1].sides.clear();
    board.calibration[0].ns = f64::NAN;
    let page = Element::read(&html(&board));
    for element in page.all() {
        for name in ["x", "x1", "x2", "y", "y1", "y2", "width", "height"] {
            let value = element.attribute(name).trim_end_matches('%');
            let number = value.parse().unwrap_or(0.0);
            assert!((0.0..1e5).contains(&number), "{name} of {element:?}");
            assert!(!value.contains("NaN"));
        }
    }
}

#[test]
fn an_empty_board_is_a_report_that_says_so() {
    let text = Element::read(&html(&empty())).text;
    for words in [
        "No row was measured.",
        "The machine was not calibrated.",
        "not known",
    ] {
        assert!(text.contains(words), "{words}");
    }
}
