//! A strict reader of tags, which stands in for a browser.

use std::collections::BTreeMap;

/// An element as a strict reader sees it.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) tag: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// All text inside, its own and that of its children.
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// Reads a whole document; every element has to be closed by its own tag or by `/>`.
    pub(crate) fn read(html: &str) -> Self {
        let mut rest = html.strip_prefix("<!DOCTYPE html>\n").expect("a doctype");
        let mut open = vec![Self::default()];
        while let Some((text, tail)) = rest.split_once('<') {
            open.iter_mut()
                .for_each(|e| e.text.push_str(&unescape(text)));
            let (tag, tail) = tail.split_once('>').expect("an end of the tag");
            rest = tail;
            if let Some(name) = tag.strip_prefix('/') {
                let closed = open.pop().expect("an open element");
                assert_eq!(closed.tag, name, "closes what is not open");
                open.last_mut().expect("a parent").children.push(closed);
            } else if let Some(tag) = tag.strip_suffix('/') {
                let parent = open.last_mut().expect("a parent");
                parent.children.push(Self::begin(tag));
            } else {
                open.push(Self::begin(tag));
            }
        }
        assert_eq!(open.len(), 1, "{:?} is never closed", open[1..].last());
        open.remove(0)
    }

    fn begin(tag: &str) -> Self {
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut element = Self {
            tag: name.to_string(),
            ..Self::default()
        };
        while let Some((name, tail)) = rest.split_once("=\"") {
            let (value, tail) = tail.split_once('"').expect("a closing quote");
            let known = element
                .attributes
                .insert(name.trim().to_string(), unescape(value));
            assert_eq!(known, None, "{tag}: an attribute twice");
            rest = tail;
        }
        assert_eq!(rest.trim(), "", "{tag}: not an attribute");
        element
    }

    pub(crate) fn all(&self) -> Vec<&Self> {
        let below = self.children.iter().flat_map(Self::all);
        std::iter::once(self).chain(below).collect()
    }

    pub(crate) fn find(&self, tag: &str) -> Vec<&Self> {
        self.all().into_iter().filter(|e| e.tag == tag).collect()
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").split(' ').any(|c| c == class)
    }

    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub(crate) fn with_id(&self, id: &str) -> &Self {
        let mut found = self.all().into_iter().filter(|e| e.attribute("id") == id);
        found
            .next()
            .unwrap_or_else(|| panic!("nothing has the id {id}"))
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
