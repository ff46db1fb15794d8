//! Somebody else's reader of `OpenAPI` asks the portal everything that its document allows, and much that it does not.

use std::path::PathBuf;
use std::process::Command;

use crate::processes::{Portal, expect_exit};

const SECRET: &str = "5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c";
/// Bytes of a bundle have a media type of their own, which means the same as bytes.
const HOOKS: &str = "import schemathesis\n\
    schemathesis.serializer.alias('application/offset+octet-stream', 'application/octet-stream')\n";

#[test]
fn schemathesis_finds_no_answer_that_the_document_does_not_promise() {
    let Some(program) = std::env::var_os("CASEFILE_TEST_SCHEMATHESIS").map(PathBuf::from) else {
        println!("not run: schemathesis is not installed, see tests/run");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let portal = Portal::start(&folder.path().join("data"));
    std::fs::write(folder.path().join("hooks.py"), HOOKS).unwrap();
    // The pages of staff and customers are no part of the document; what may be there is tested by `access`.
    let checks = "not_a_server_error,status_code_conformance,content_type_conformance,\
         response_headers_conformance,response_schema_conformance";
    // A few by default; the release is checked with 200. The same seed asks the same.
    let examples = std::env::var("CASEFILE_CONTRACT_EXAMPLES").unwrap_or_else(|_| "5".to_owned());
    let mut run = Command::new(program);
    run.current_dir(folder.path()).env("SCHEMATHESIS_HOOKS", "hooks").env("PYTHONPATH", ".");
    run.args(["run", &format!("{}/api/v1/openapi.json", portal.url), "--checks", checks, "--seed", "1"]);
    run.args(["-n", &examples, "--no-color", "-H", &format!("Authorization: Bearer {SECRET}")]);
    let told = expect_exit(&mut run, 0);
    assert!(told.contains(" passed"), "{told}");
    let (status, _) = crate::processes::fetch(&format!("{}/healthz", portal.url), None);
    assert_eq!(status, 200);
}
