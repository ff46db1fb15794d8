//! Records as files of settings.

use super::record::{self, Cell, Record, Style, pascal, xml_escape};
use super::sheet::Sheet;
use crate::seeded::Seeded;

/// How a file is read by its program; it has to be readable afterwards as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Nothing to parse.
    Text,
    /// One JSON document.
    Json,
    /// One JSON document a line.
    JsonLines,
    /// TOML.
    Toml,
    /// YAML.
    Yaml,
    /// Sections and `key = value`.
    Ini,
    /// `KEY=value`.
    Env,
    /// XML.
    Xml,
    /// Comma- or semicolon-separated records.
    Csv(u8),
}

/// A way to write records, the name of the file, and how it is read.
pub type Writer = (&'static str, Form, fn(&[Record], &mut Seeded) -> Sheet);

/// Every way.
pub const WRITERS: [Writer; 21] = [
    ("presets/settings-{}.json", Form::Json, json_pretty),
    ("presets/compact-{}.json", Form::Json, json_compact),
    ("presets/gson-{}.json", Form::Json, json_gson),
    ("presets/freqtrade-{}.json", Form::Json, freqtrade),
    ("logs/events-{}.jsonl", Form::JsonLines, json_lines),
    ("logs/nested-{}.jsonl", Form::JsonLines, |records, seeded| nested(records, 1, seeded)),
    ("logs/twice-{}.jsonl", Form::JsonLines, |records, seeded| nested(records, 2, seeded)),
    ("presets/grid-{}.toml", Form::Toml, toml),
    ("presets/inline-{}.toml", Form::Toml, toml_inline),
    ("presets/block-{}.yaml", Form::Yaml, yaml_block),
    ("presets/flow-{}.yml", Form::Yaml, yaml_flow),
    ("presets/bot-{}.ini", Form::Ini, ini),
    ("presets/{}.env", Form::Env, env),
    ("presets/elements-{}.xml", Form::Xml, xml_elements),
    ("presets/attributes-{}.xml", Form::Xml, xml_attributes),
    ("presets/app-{}.config", Form::Xml, dotnet_config),
    ("monitoring/accounts-{}.csv", Form::Csv(b','), |records, seeded| csv(records, ",", seeded)),
    ("monitoring/konta-{}.csv", Form::Csv(b';'), |records, seeded| csv(records, ";", seeded)),
    ("logs/python-{}.txt", Form::Text, python_dict),
    ("logs/debug-{}.txt", Form::Text, rust_debug),
    ("logs/properties-{}.properties", Form::Ini, properties),
];

fn fields(sheet: &mut Sheet, record: &Record, style: &Style, between: &str, seeded: &mut Seeded) {
    for (at, (name, cell)) in record.fields.iter().enumerate() {
        if at > 0 {
            sheet.push(between);
        }
        style.field(sheet, name, cell, seeded);
    }
}

fn json_pretty(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.push("{\n  \"version\": \"2.4.1\",\n  \"exchanges\": {\n");
    for (at, record) in records.iter().enumerate() {
        sheet.push(&format!("    \"{}\": {{\n      ", record.vendor));
        fields(&mut sheet, record, &record::JSON, ",\n      ", seeded);
        sheet.push(if at + 1 < records.len() { "\n    },\n" } else { "\n    }\n" });
    }
    sheet.push("  },\n  \"grid\": { \"levels\": 12, \"step\": 0.5 }\n}\n");
    sheet
}

fn json_one_line(records: &[Record], style: &Style, seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.push("{\"accounts\":[");
    for (at, record) in records.iter().enumerate() {
        sheet.push(if at > 0 { "," } else { "" }).push(&format!("{{\"exchange\":\"{}\",", record.vendor));
        fields(&mut sheet, record, style, ",", seeded);
        sheet.push("}");
    }
    sheet.push("]}");
    sheet
}

fn json_compact(records: &[Record], seeded: &mut Seeded) -> Sheet {
    json_one_line(records, &record::JSON_COMPACT, seeded)
}

fn json_gson(records: &[Record], seeded: &mut Seeded) -> Sheet {
    json_one_line(records, &record::GSON, seeded)
}

fn freqtrade(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.push("{\n    \"max_open_trades\": 3,\n    \"stake_currency\": \"USDT\",\n    \"bots\": [");
    for (at, record) in records.iter().enumerate() {
        sheet.push(if at > 0 { "," } else { "" });
        sheet.push(&format!("\n        {{\"exchange\": {{\"name\": \"{}\", ", record.vendor));
        fields(&mut sheet, record, &Style { between: " : ", ..record::JSON_COMPACT }, ", ", seeded);
        sheet.push(", \"ccxt_config\": {}}}");
    }
    sheet.push("\n    ],\n    \"internals\": {\"process_throttle_secs\": 5}\n}\n");
    sheet
}

fn json_lines(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    for (at, record) in records.iter().enumerate() {
        sheet.push(&format!("{{\"ts\":17640000{at:05},\"event\":\"settings\",\"{}\":{{", record.vendor));
        fields(&mut sheet, record, &record::JSON_COMPACT, ",", seeded);
        sheet.push("}}\n");
    }
    sheet
}

/// JSON in a string of JSON.
fn nested(records: &[Record], depth: usize, seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    for record in records {
        let mut inner = Sheet::default();
        inner.push("{");
        fields(&mut inner, record, &record::JSON_COMPACT, ",", seeded);
        inner.push("}");
        for level in 0..depth {
            let mut outer = Sheet::default();
            outer.push(if level == 0 { "{\"body\":\"" } else { "{\"level\":\"debug\",\"msg\":\"" });
            outer.embed(&inner, super::noise::json_escape, "escaped ");
            outer.push("\"}");
            inner = outer;
        }
        sheet.append(&inner).push("\n");
    }
    sheet
}

fn toml(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.push("# preset\nversion = \"2.4.1\"\n");
    for record in records {
        sheet.push(&format!("\n[exchange.{}]\n", record.vendor));
        fields(&mut sheet, record, &record::TOML, "\n", seeded);
        sheet.push(" # see the manual\n");
    }
    sheet
}

fn toml_inline(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.push("[credentials]\n");
    for record in records {
        sheet.push(&format!("{} = {{ ", record.vendor));
        fields(&mut sheet, record, &record::TOML, ", ", seeded);
        sheet.push(" }\n");
    }
    sheet
}

fn yaml_block(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.push("---\nversion: 2.4.1\nexchanges:\n");
    for record in records {
        sheet.push(&format!("  {}:\n", record.vendor));
        for (name, cell) in &record.fields {
            sheet.push("    ");
            match cell {
                Cell::Secret(secret) => yaml_secret(&mut sheet, name, secret, seeded),
                other => record::YAML.field(&mut sheet, name, other, seeded),
            }
            sheet.push("\n");
        }
    }
    sheet
}

fn yaml_secret(sheet: &mut Sheet, name: &str, secret: &super::sheet::Secret, seeded: &mut Seeded) {
    let value = &secret.made.text;
    let plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-. /=+".contains(&byte))
        && !value.starts_with(['-', '.']);
    sheet.push(name).push(":");
    let indented = format!("\n      {}", value.replace('\n', "\n      "));
    match seeded.below(7) {
        _ if value.contains('\n') => {
            sheet.push(" |").secret_as(secret, &indented, "yaml block |", true, false)
        }
        0 => sheet.push(" |\n      ").secret(secret, "yaml block |", true),
        1 if value.contains(' ') => {
            let words: Vec<_> = value.split(' ').collect();
            let lines: Vec<_> = words.chunks(4).map(|words| words.join(" ")).collect();
            sheet.push(" >-\n      ").secret_as(secret, &lines.join("\n      "), "yaml block >-", true, false)
        }
        1 => sheet.push(" >-\n      ").secret(secret, "yaml block >-", true),
        2 if plain => sheet.push(" !!str ").secret(secret, "yaml !!str", true),
        3 if plain => sheet.push(&format!(" &{name}_anchor ")).secret(secret, "yaml anchor", true),
        4 if plain => sheet.push(" ").secret(secret, "yaml plain", true),
        5 => sheet.push(" '").secret(secret, "yaml quoted", true).push("'"),
        _ => sheet.push(" \"").secret(secret, "yaml quoted", true).push("\" # comment"),
    };
}

fn yaml_flow(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.push("exchanges:\n");
    for record in records {
        sheet.push(&format!("  {}: {{", record.vendor));
        fields(&mut sheet, record, &Style { name: "yaml flow", ..record::YAML }, ", ", seeded);
        sheet.push("}\n");
    }
    sheet
}

fn ini(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.push("; settings of the bot\n");
    for record in records {
        sheet.push(&format!("[{}]\n", record.vendor));
        fields(&mut sheet, record, &record::INI, "\n", seeded);
        sheet.push("\n\n");
    }
    sheet
}

fn properties(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    for record in records {
        for (name, cell) in &record.fields {
            sheet.push(&format!("exchange.{}.", record.vendor));
            let style =
                Style { name: "properties", between: "=", key: |name| name.replace('_', "-"), ..record::INI };
            style.field(&mut sheet, name, cell, seeded);
            sheet.push("\n");
        }
    }
    sheet
}

fn env(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    for (at, record) in records.iter().enumerate() {
        for (name, cell) in &record.fields {
            let prefix = format!("{}_", record.vendor);
            let key = if name.starts_with(&prefix) { name.clone() } else { prefix + name };
            sheet.push(if at % 3 == 2 { "export " } else { "" });
            let bare =
                Style { name: "env unquoted", open: "", close: "", escape: str::to_owned, ..record::ENV };
            let simple = matches!(cell, Cell::Secret(secret) if !secret.made.text.contains([' ', '#', '$', '&', '!', '\n']));
            let style = if simple && at % 2 == 0 { bare } else { record::ENV };
            style.field(&mut sheet, &key, cell, seeded);
            sheet.push("\n");
        }
    }
    sheet
}

fn xml_elements(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.push("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<settings>\n");
    for record in records {
        sheet.push(&format!("  <exchange name=\"{}\">\n", record.vendor));
        for (name, cell) in &record.fields {
            let tag = pascal(name);
            let open = format!("    <{tag}>");
            match cell {
                Cell::Secret(secret) => {
                    let (value, cdata) = (&secret.made.text, seeded.once_in(4));
                    sheet.push(&open).push(if cdata { "<![CDATA[" } else { "" });
                    let written = if cdata { value.clone() } else { xml_escape(value) };
                    sheet.secret_as(secret, &written, "xml elements", true, written == *value);
                    sheet.push(if cdata { "]]>" } else { "" });
                }
                Cell::Text(text) | Cell::Number(text) => {
                    sheet.keep(&format!("setting.{name}"), &format!("{open}{}", xml_escape(text)));
                }
                Cell::Bool(value) => {
                    sheet.keep(&format!("setting.{name}"), &format!("{open}{value}"));
                }
                Cell::Null => {
                    sheet.keep("setting.not_set", &open);
                }
            }
            sheet.push(&format!("</{tag}>\n"));
        }
        sheet.push("  </exchange>\n");
    }
    sheet.push("</settings>\n");
    sheet
}

fn xml_attributes(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.push("<?xml version=\"1.0\"?>\n<Accounts>\n");
    for record in records {
        sheet.push(&format!("  <Account Exchange=\"{}\" ", record.vendor));
        for (at, (name, cell)) in record.fields.iter().enumerate() {
            sheet.push(if at > 0 { " " } else { "" });
            let cell = match cell {
                Cell::Number(value) => Cell::Text(value.clone()),
                Cell::Bool(value) => Cell::Text(value.to_string()),
                other => other.clone(),
            };
            // A number is a text here, so it must not lose its quotes.
            match &cell {
                Cell::Secret(secret) => {
                    let written = xml_escape(&secret.made.text).replace('\n', "&#10;");
                    sheet.push(&format!("{}=\"", pascal(name)));
                    sheet
                        .secret_as(secret, &written, "xml attributes", true, written == secret.made.text)
                        .push("\"");
                }
                other => record::XML.field(&mut sheet, name, other, seeded),
            }
        }
        sheet.push(" />\n");
    }
    sheet.push("</Accounts>\n");
    sheet
}

/// `<add key="..." value="..."/>`, as .NET programs keep their settings.
fn dotnet_config(records: &[Record], _: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.push("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n  <appSettings>\n");
    for record in records {
        for (name, cell) in &record.fields {
            let key = format!("    <add key=\"{}.{}\" value=\"", pascal(&record.vendor), pascal(name));
            match cell {
                Cell::Secret(secret) => {
                    let written = xml_escape(&secret.made.text).replace('\n', "&#10;");
                    sheet.push(&key).secret_as(
                        secret,
                        &written,
                        "xml add key value",
                        true,
                        written == secret.made.text,
                    );
                }
                Cell::Text(text) | Cell::Number(text) => {
                    sheet.keep(&format!("setting.{name}"), &format!("{key}{}", xml_escape(text)));
                }
                Cell::Bool(value) => {
                    sheet.keep(&format!("setting.{name}"), &format!("{key}{value}"));
                }
                Cell::Null => {
                    sheet.keep("setting.not_set", &key);
                }
            }
            sheet.push("\" />\n");
        }
    }
    sheet.push("  </appSettings>\n</configuration>\n");
    sheet
}

/// One table for each record: a header row and one row of values, with rows around it.
fn csv(records: &[Record], separator: &str, seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    let record = &records[0];
    let names: Vec<_> = record.fields.iter().map(|(name, _)| name.as_str()).collect();
    sheet.push(&format!("exchange{separator}{}\n", names.join(separator)));
    for row in records {
        sheet.push(&row.vendor);
        for (name, _) in &record.fields {
            sheet.push(separator);
            // Rows of the same table have the same columns.
            let cell = row.fields.iter().find(|(other, _)| other == name).map(|(_, cell)| cell);
            match cell {
                Some(Cell::Secret(secret)) => {
                    let text = &secret.made.text;
                    let quoted = text.contains([',', ';', '"', '\n', '#']) || seeded.once_in(3);
                    let quote = if quoted { "\"" } else { "" };
                    sheet.push(quote).secret(secret, "csv", true).push(quote);
                }
                Some(Cell::Text(text) | Cell::Number(text)) if text.len() > 3 => {
                    sheet.keep(&format!("setting.{name}"), text);
                }
                Some(Cell::Text(text) | Cell::Number(text)) => {
                    sheet.push(text);
                }
                Some(Cell::Bool(value)) => {
                    sheet.push(&value.to_string());
                }
                Some(Cell::Null) | None => {}
            }
        }
        sheet.push("\n");
    }
    sheet
}

fn python_dict(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    for record in records {
        sheet.push(&format!("config for {}: {{'name': '{}', ", record.vendor, record.vendor));
        fields(&mut sheet, record, &record::PYTHON, ", ", seeded);
        sheet.push("}\n");
        sheet.push(&format!("<Client {} ", record.vendor));
        sheet.push("testnet=False>\n");
    }
    sheet
}

fn rust_debug(records: &[Record], seeded: &mut Seeded) -> Sheet {
    let mut sheet = Sheet::default();
    for (at, record) in records.iter().enumerate() {
        let style = [record::RUST, record::RUST_SOME, record::RUST_WRAPPED][at % 3];
        if at % 2 == 0 {
            sheet.push(&format!("settings of {}: Settings {{ ", record.vendor));
            fields(&mut sheet, record, &style, ", ", seeded);
            sheet.push(" }\n");
        } else {
            sheet.push(&format!("[src/main.rs:{}:5] &{} = Settings {{\n    ", 10 + at, record.vendor));
            fields(&mut sheet, record, &style, ",\n    ", seeded);
            sheet.push(",\n}\n");
        }
    }
    sheet
}
