//! A picture as JSON: one object with the version of the form, for programs and for keeping.
//!
//! ```text
//!   { "layout": 1, "blocks": [ … ], "arrows": [ … ] }
//! ```
//!
//! J1  What [`from_json`] reads back equals what [`to_json`] was given.

use serde::{Deserialize, Serialize};

use crate::picture::Picture;

/// The version of the form that this crate writes and reads.
pub const VERSION: u32 = 1;

/// A picture with the version of its form.
#[derive(Serialize, Deserialize)]
struct Versioned<P> {
    layout: u32,
    #[serde(flatten)]
    picture: P,
}

/// Why a text is no picture.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// The text is no JSON, or of another shape.
    #[error("this is not a picture in JSON: {0}")]
    Malformed(#[from] serde_json::Error),
    /// The text says another version.
    #[error("this picture has form {0}; this program reads form {VERSION}")]
    Version(u32),
}

/// The picture as indented JSON, ending without a newline.
///
/// # Panics
///
/// Never: a picture has only string keys and finite numbers.
#[must_use]
pub fn to_json(picture: &Picture) -> String {
    let versioned = Versioned {
        layout: VERSION,
        picture,
    };
    serde_json::to_string_pretty(&versioned).expect("a picture is always JSON")
}

/// Reads what [`to_json`] wrote.
///
/// # Errors
///
/// [`JsonError::Malformed`] with the line and column, or [`JsonError::Version`].
pub fn from_json(text: &str) -> Result<Picture, JsonError> {
    #[derive(Deserialize)]
    struct OnlyVersion {
        layout: u32,
    }
    let OnlyVersion { layout } = serde_json::from_str(text)?;
    if layout != VERSION {
        return Err(JsonError::Version(layout));
    }
    let versioned: Versioned<Picture> = serde_json::from_str(text)?;
    Ok(versioned.picture)
}
