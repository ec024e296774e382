//! The house rules that a machine can keep. Each complaint names the file, the line and the remedy.
//!
//! A check is a function from texts to complaints; the tests below run it over the repository, and
//! `a_check_that_cannot_fail_is_no_check` runs each over a planted offence.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file of the repository: its path from the root and its text.
struct File {
    path: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace is above this crate")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files below the root whose name ends with `ending`, in order, but for what is built.
fn files(ending: &str) -> Vec<File> {
    let (mut found, mut folders) = (Vec::new(), vec![PathBuf::from(root())]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() && name != "target" && !name.starts_with('.') {
                folders.push(path);
            } else if name.ends_with(ending) {
                let text = fs::read_to_string(&path).expect("text");
                let path = path.strip_prefix(root()).expect("below the root");
                found.push(File {
                    path: path.to_string_lossy().into_owned(),
                    text,
                });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

#[track_caller]
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// The rows of every table of a Markdown text, cells trimmed, without header and rule.
fn rows(markdown: &str) -> Vec<Vec<String>> {
    let lines = markdown
        .lines()
        .filter(|line| line.starts_with('|') && !line.starts_with("|--"));
    let cells = |line: &str| {
        line.trim_matches('|')
            .split('|')
            .map(|c| c.trim().to_string())
            .collect()
    };
    lines.map(cells).collect()
}

/// The names in backticks.
fn quoted(text: &str) -> Vec<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_string)
        .collect()
}

/// Rust text without comments, so that words in prose do not count.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(i, line)| {
        let comment = line.find("//").unwrap_or(line.len());
        (i + 1, &line[..comment])
    })
}

fn uses_unsafe(line: &str) -> bool {
    [
        "unsafe {",
        "unsafe fn",
        "unsafe impl",
        "unsafe trait",
        "unsafe extern",
        "#[unsafe(",
    ]
    .iter()
    .any(|form| line.contains(form))
}

fn check_unsafe(sources: &[File], safety: &str) -> Vec<String> {
    let listed: BTreeSet<String> = rows(safety)
        .iter()
        .flat_map(|row| quoted(&row[0]))
        .filter(|name| name.ends_with(".rs"))
        .collect();
    let mut complaints = Vec::new();
    let mut found = BTreeSet::new();
    for file in sources {
        for (number, _) in code(&file.text).filter(|(_, line)| uses_unsafe(line)) {
            found.insert(file.path.clone());
            if !listed.contains(&file.path) {
                complaints.push(format!(
                    "{}:{number}: unsafe in a file that SAFETY.md does not list; use a safe way, or \
                     list it with its invariants",
                    file.path
                ));
            }
        }
    }
    let dead = listed.difference(&found);
    complaints.extend(dead.map(|path| format!("SAFETY.md: {path} has no unsafe; take it out")));
    complaints
}

fn check_labels(sources: &[File]) -> Vec<String> {
    let is_label = |word: &&str| {
        let mut chars = word.chars();
        chars.next().is_some_and(|c| c.is_ascii_uppercase())
            && word.len() == 2
            && chars.all(|c| c.is_ascii_digit())
    };
    // A label of another file of the same room is as good, if it is that of one file only.
    let room = |file: &File| file.path.split('/').next().map(str::to_string);
    let is_defined = |label: &str, file: &File| {
        let definition = format!("//! {label}  ");
        let same_room = sources.iter().filter(|other| room(other) == room(file));
        file.text.contains(&definition)
            || same_room
                .filter(|other| other.text.contains(&definition))
                .count()
                == 1
    };
    let mut complaints = Vec::new();
    for file in sources {
        let mut in_remark = false;
        for (number, line) in file.text.lines().enumerate() {
            let line = line.trim();
            in_remark = line.starts_with("// SAFETY:") || (in_remark && line.starts_with("//"));
            if !in_remark {
                continue;
            }
            for label in line.split(|c: char| !c.is_alphanumeric()).filter(is_label) {
                if !is_defined(label, file) {
                    complaints.push(format!(
                        "{}:{}: {label} is defined in the header of no file, or of several",
                        file.path,
                        number + 1
                    ));
                }
            }
        }
    }
    complaints
}

/// Names of functions, types and constants of Go 1.19 by file.
type GoIndex = BTreeMap<String, BTreeSet<String>>;

fn go_index() -> GoIndex {
    let text = read("gobones/tests/go_index.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let entry = |line: &str| {
        let (file, names) = line.split_once(':').expect("file: names");
        (
            file.to_string(),
            names.split_whitespace().map(str::to_string).collect(),
        )
    };
    lines.map(entry).collect()
}

/// Checks references such as `runtime/slice.go: growslice, slicecopy; runtime/msize.go`.
fn check_go_reference(reference: &str, place: &str, index: &GoIndex) -> Vec<String> {
    let mut complaints = Vec::new();
    for part in reference.split(';') {
        let (file, names) = part.split_once(": ").unwrap_or((part, ""));
        for file in file
            .split(',')
            .map(|file| file.trim().trim_end_matches('.'))
        {
            let file = file.split(' ').next().unwrap_or_default();
            if !file.ends_with(".go") && !file.ends_with(".s") {
                continue;
            }
            let Some(known) = index.get(file) else {
                complaints.push(format!("{place}: Go 1.19 has no file {file}"));
                continue;
            };
            for name in names.split(", ").filter(|name| !name.is_empty()) {
                let name = name.trim().split([' ', '.']).next().unwrap_or_default();
                if !known.contains(name) {
                    complaints.push(format!("{place}: {file} of Go 1.19 has no {name}"));
                }
            }
        }
    }
    complaints
}

/// The references of a source file: `Go:` in its header, `**Go**` on its items, each up to the full
/// stop, the next key word or a blank line.
fn go_references(text: &str) -> Vec<(usize, String)> {
    let mut references: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        let Some(doc) = line
            .strip_prefix("//!")
            .or_else(|| line.strip_prefix("///"))
        else {
            open = false;
            continue;
        };
        let doc = doc.trim();
        let begins = doc
            .strip_prefix("Go: ")
            .or_else(|| doc.strip_prefix("**Go** "));
        if let Some(reference) = begins {
            references.push((number + 1, reference.to_string()));
            open = true;
        } else if doc.is_empty() || doc.starts_with("Differs:") || doc.starts_with("**") {
            open = false;
        } else if let (true, Some((_, reference))) = (open, references.last_mut()) {
            reference.push(' ');
            reference.push_str(doc);
        }
    }
    references
}

fn check_go_references(sources: &[File], index: &GoIndex) -> Vec<String> {
    let of_file = |file: &File| {
        let place = |number: usize| format!("{}:{number}", file.path);
        let references = go_references(&file.text).into_iter();
        references
            .flat_map(|(number, reference)| check_go_reference(&reference, &place(number), index))
            .collect::<Vec<_>>()
    };
    sources.iter().flat_map(of_file).collect()
}

fn check_glossary(glossary: &str, index: &GoIndex, source: impl Fn(&str) -> String) -> Vec<String> {
    let mut complaints = Vec::new();
    for row in rows(glossary).iter().skip(1) {
        let [word, item, file, go] = row.as_slice() else {
            complaints.push(format!("GLOSSARY.md: {row:?} has not four cells"));
            continue;
        };
        let item = quoted(item).concat();
        let name = item.rsplit("::").next().unwrap_or_default();
        let text = source(file);
        let defines = |kind: &&str| {
            let start = format!("{kind} {name}");
            text.match_indices(&start).any(|(at, _)| {
                let next = text[at + start.len()..].chars().next();
                next.is_none_or(|c| !c.is_alphanumeric() && c != '_')
            })
        };
        if !["fn", "struct", "enum", "const", "static", "trait", "type"]
            .iter()
            .any(defines)
        {
            complaints.push(format!("GLOSSARY.md: {word}: {file} defines no {name}"));
        }
        complaints.extend(check_go_reference(
            go,
            &format!("GLOSSARY.md: {word}"),
            index,
        ));
    }
    complaints
}

fn floors(architecture: &str) -> BTreeMap<String, u32> {
    let floor = |row: &Vec<String>| {
        let floor = row[0].parse::<u32>().ok()?;
        quoted(row.get(1)?)
            .first()
            .map(|name| (name.clone(), floor))
    };
    rows(architecture).iter().filter_map(floor).collect()
}

fn check_floors(manifests: &[File], floors: &BTreeMap<String, u32>) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in manifests.iter().filter(|file| file.path != "Cargo.toml") {
        let manifest: toml::Table = file.text.parse().expect("a manifest");
        let name = manifest["package"]["name"].as_str().expect("a name");
        let Some(ours) = floors.get(name) else {
            complaints.push(format!(
                "{}: ARCHITECTURE.md gives {name} no floor",
                file.path
            ));
            continue;
        };
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let used = manifest.get(section).and_then(toml::Value::as_table);
            for used in used.into_iter().flat_map(toml::Table::keys) {
                if floors.get(used).is_some_and(|theirs| theirs >= ours) {
                    complaints.push(format!(
                        "{}: {name} (floor {ours}) uses {used}, which is not below it",
                        file.path
                    ));
                }
            }
        }
    }
    complaints
}

fn check_form(sources: &[File]) -> Vec<String> {
    const DRAWERS: [&str; 6] = [
        "utils.rs",
        "util.rs",
        "helpers.rs",
        "common.rs",
        "misc.rs",
        "mod.rs",
    ];
    const DIARY: [&str; 8] = [
        "TODO",
        "FIXME",
        "XXX",
        "todo!(",
        "unimplemented!(",
        "#[ignore",
        "// ====",
        "as requested",
    ];
    let mut complaints = Vec::new();
    for file in sources {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        if DRAWERS.contains(&name) {
            complaints.push(format!("{}: name the file after what is in it", file.path));
        }
        if !file.text.starts_with("//!") {
            complaints.push(format!(
                "{}:1: begin with //! and one sentence of what it is",
                file.path
            ));
        }
        let lines = file.text.lines().count();
        if lines > 600 {
            complaints.push(format!("{}: {lines} lines; split it at a name", file.path));
        }
        for (number, line) in file.text.lines().enumerate() {
            if line.chars().count() > 100 && !line.contains("http") {
                complaints.push(format!(
                    "{}:{}: a line of over 100 columns",
                    file.path,
                    number + 1
                ));
            }
            if let Some(word) = DIARY.iter().find(|word| line.contains(**word)) {
                complaints.push(format!(
                    "{}:{}: '{word}' belongs elsewhere",
                    file.path,
                    number + 1
                ));
            }
        }
    }
    complaints
}

/// This file holds the offences as data, and compile-fail cases are wrong on purpose.
fn sources() -> Vec<File> {
    let mut sources = files(".rs");
    sources.retain(|file| file.path != "gobones/tests/tidy.rs");
    sources
}

#[test]
fn crates_use_only_lower_floors() {
    let floors = floors(&read("ARCHITECTURE.md"));
    assert!(
        floors.len() >= 6,
        "the table of floors was not found: {floors:?}"
    );
    assert_none(&check_floors(&files("Cargo.toml"), &floors));
}

#[test]
fn unsafe_stands_only_where_safety_md_says() {
    assert_none(&check_unsafe(&sources(), &read("SAFETY.md")));
}

#[test]
fn labels_in_safety_remarks_are_defined_in_the_header() {
    assert_none(&check_labels(&sources()));
}

#[test]
fn references_into_go_exist() {
    let references: usize = sources()
        .iter()
        .map(|file| go_references(&file.text).len())
        .sum();
    assert!(references > 20, "only {references} references were found");
    assert_none(&check_go_references(&sources(), &go_index()));
}

#[test]
fn chapters_and_laws_point_at_functions_that_go_has() {
    let index = go_index();
    let mut complaints = Vec::new();
    for chapter in gobones::chapter::CHAPTERS {
        for (file, name) in chapter.go {
            complaints.extend(check_go_reference(
                &format!("{file}: {name}"),
                chapter.name,
                &index,
            ));
        }
    }
    for law in laws::laws() {
        complaints.extend(check_go_reference(law.go, law.name, &index));
    }
    for myth in laws::myths() {
        complaints.extend(check_go_reference(myth.go, myth.name, &index));
    }
    assert_none(&complaints);
}

#[test]
fn every_row_of_the_glossary_is_where_it_says() {
    let glossary = read("GLOSSARY.md");
    assert!(rows(&glossary).len() > 20);
    assert_none(&check_glossary(&glossary, &go_index(), |file| {
        fs::read_to_string(root().join(file)).unwrap_or_default()
    }));
}

#[test]
fn every_alias_is_in_the_glossary() {
    let glossary = read("GLOSSARY.md");
    let mut complaints = Vec::new();
    for file in sources() {
        for (number, line) in file.text.lines().enumerate() {
            let Some((_, alias)) = line.split_once("#[doc(alias = \"") else {
                continue;
            };
            let alias = alias.split('"').next().unwrap_or_default();
            if !glossary.contains(alias) {
                complaints.push(format!("{}:{}: {alias} has no row", file.path, number + 1));
            }
        }
    }
    assert_none(&complaints);
}

#[test]
fn files_have_headers_names_and_bearable_lengths() {
    let sources: Vec<_> = sources()
        .into_iter()
        .filter(|file| !file.path.contains("/compile_fail/"))
        .collect();
    assert!(
        sources.len() > 30,
        "only {} sources were found",
        sources.len()
    );
    assert_none(&check_form(&sources));
}

#[test]
fn both_readmes_show_the_same_commands() {
    let commands = |text: &str| -> Vec<String> {
        let all = quoted(text)
            .into_iter()
            .chain(text.lines().map(str::to_string));
        let strip = |line: String| line.trim_start_matches("$ ").replace(" --lang zh", "");
        all.map(strip)
            .filter(|line| line.starts_with("cargo ") && !line.contains('\n'))
            .collect()
    };
    let (en, zh) = (
        commands(&read("README.md")),
        commands(&read("README.zh-CN.md")),
    );
    let zh: Vec<_> = zh
        .into_iter()
        .map(|c| {
            if c == "cargo run -- tour" {
                "cargo run".into()
            } else {
                c
            }
        })
        .collect();
    assert!(en.len() > 6);
    assert_eq!(en, zh);
}

#[test]
fn a_check_that_cannot_fail_is_no_check() {
    let file = |path: &str, text: &str| {
        vec![File {
            path: path.into(),
            text: text.into(),
        }]
    };
    let index = GoIndex::from([(
        "runtime/slice.go".into(),
        BTreeSet::from(["growslice".into()]),
    )]);

    assert_eq!(
        check_unsafe(&file("a.rs", "unsafe { x }"), "| `b.rs` |").len(),
        2
    );
    assert_eq!(check_unsafe(&file("a.rs", "// unsafe { x }"), "").len(), 0);
    assert_eq!(
        check_labels(&file("a.rs", "//! B1  x\n// SAFETY: B1,\n// and B2.")).len(),
        1
    );
    let wrong = "//! Go: runtime/slice.go: growslice, growslyce; runtime/slyce.go: x.\n";
    assert_eq!(check_go_references(&file("a.rs", wrong), &index).len(), 2);
    let glossary =
        "| Go | here | our file | Go's file |\n| `x` | `f` | a.rs | runtime/slice.go: y |";
    assert_eq!(
        check_glossary(glossary, &index, |_| "fn fx()".into()).len(),
        2
    );
    let floors = BTreeMap::from([("a".into(), 1), ("b".into(), 1)]);
    let manifest = "[package]\nname = \"a\"\n[dev-dependencies]\nb.workspace = true";
    assert_eq!(
        check_floors(&file("a/Cargo.toml", manifest), &floors).len(),
        1
    );
    assert_eq!(check_form(&file("a/utils.rs", "// TODO\n")).len(), 3);
}
