//! Whether a structured file still parses, and to the same keys.

use saphyr::LoadableYamlNode as _;

use crate::corpus::formats::Form;

/// What is wrong with a file that was cleaned, in a few words; `None` if it has the shape it had.
pub(super) fn fault(form: Form, before: &str, after: &str) -> Option<String> {
    let Some(shape) = outline(form, after) else { return Some("parses no more".to_owned()) };
    if shape == before {
        return None;
    }
    let same = before.bytes().zip(shape.bytes()).take_while(|(a, b)| a == b).count();
    let excerpt = |text: &str| {
        String::from_utf8_lossy(&text.as_bytes()[same.saturating_sub(40)..text.len().min(same + 40)])
            .into_owned()
    };
    Some(format!("another shape: {} became {}", excerpt(before), excerpt(&shape)))
}

/// The shape of a file without its values; `None` if it does not parse.
pub(super) fn outline(form: Form, text: &str) -> Option<String> {
    match form {
        Form::Text => None,
        Form::Json => serde_json::from_str(text).ok().map(|value| json(&value)),
        Form::JsonLines => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let outlines: Option<Vec<_>> =
                lines.map(|line| serde_json::from_str(line).ok().map(|value| json(&value))).collect();
            outlines.map(|outlines| outlines.join("\n"))
        }
        Form::Toml => toml::from_str::<serde_json::Value>(text).ok().map(|value| json(&value)),
        Form::Yaml => saphyr::Yaml::load_from_str(text).ok().map(|documents| yaml(&documents)),
        Form::Xml => xml(text),
        Form::Csv(delimiter) => {
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .has_headers(false)
                .from_reader(text.as_bytes());
            let rows: Result<Vec<_>, _> =
                reader.records().map(|row| row.map(|row| row.len().to_string())).collect();
            rows.ok().map(|rows| rows.join(","))
        }
        Form::Ini | Form::Env => Some(assignments(text)),
    }
}

fn json(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(map) => {
            let fields: Vec<_> = map.iter().map(|(key, value)| format!("{key}:{}", json(value))).collect();
            format!("{{{}}}", fields.join(","))
        }
        serde_json::Value::Array(items) => {
            format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(","))
        }
        _ => "v".to_owned(),
    }
}

fn yaml(nodes: &[saphyr::Yaml<'_>]) -> String {
    let outline = |node: &saphyr::Yaml<'_>| match node {
        saphyr::Yaml::Mapping(map) => {
            let fields: Vec<_> = map
                .iter()
                .map(|(key, value)| {
                    format!("{}:{}", key.as_str().unwrap_or("?"), yaml(std::slice::from_ref(value)))
                })
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        saphyr::Yaml::Sequence(items) => format!("[{}]", yaml(items)),
        _ => "v".to_owned(),
    };
    nodes.iter().map(outline).collect::<Vec<_>>().join(",")
}

fn xml(text: &str) -> Option<String> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut outline = String::new();
    loop {
        match reader.read_event().ok()? {
            quick_xml::events::Event::Eof => return Some(outline),
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                outline.push_str(&String::from_utf8_lossy(tag.name().as_ref()));
                for attribute in tag.attributes() {
                    outline.push(' ');
                    outline.push_str(&String::from_utf8_lossy(attribute.ok()?.key.as_ref()));
                }
                outline.push(';');
            }
            quick_xml::events::Event::Text(text) => {
                text.decode().ok()?;
            }
            _ => {}
        }
    }
}

/// Sections and names, each with whether something stands behind it.
fn assignments(text: &str) -> String {
    let names = text.lines().filter_map(|line| {
        if line.starts_with('[') { Some(line) } else { line.split_once('=').map(|(name, _)| name) }
    });
    names.collect::<Vec<_>>().join("\n")
}
