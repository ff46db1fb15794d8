//! Which certificate a portal has to have: the vendor's own authority, or one pinned certificate.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use sha2::{Digest, Sha256};

use crate::processes::{Home, Portal, expect_exit};

/// TLS in front of a portal: prints its own port, reads the portal's, carries bytes.
const TLS: &str = r#"
import asyncio, ssl, sys
certificate, key = sys.argv[1], sys.argv[2]
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(certificate, key)
async def pump(reader, writer):
    try:
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()
    except OSError:
        pass
    writer.close()
async def carry(reader, writer):
    inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", portal)
    await asyncio.gather(pump(reader, inner_writer), pump(inner_reader, writer))
async def main():
    server = await asyncio.start_server(carry, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    global portal
    portal = int(sys.stdin.readline())
    await server.serve_forever()
asyncio.run(main())
"#;

/// A portal behind TLS; both are killed when dropped.
struct Tls {
    child: Child,
    url: String,
    _portal: Portal,
}

impl Tls {
    fn start(keys: &Path, name: &str, data: &Path) -> Self {
        let mut child = Command::new("python3")
            .args(["-c", TLS, &format!("{name}.crt"), &format!("{name}.key")])
            .current_dir(keys)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        let url = format!("https://127.0.0.1:{}", port.trim());
        let portal = Portal::start_at(data, "127.0.0.1:0", &["--base-url", &url]);
        let port = portal.url.rsplit(':').next().unwrap();
        writeln!(child.stdin.take().unwrap(), "{port}").unwrap();
        Self { child, url, _portal: portal }
    }
}

impl Drop for Tls {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn openssl(folder: &Path, args: &str) {
    expect_exit(Command::new("openssl").args(args.split(' ')).current_dir(folder), 0);
}

/// An authority `<name>-ca.crt`, and `<name>.crt` for this machine, signed by it.
pub(crate) fn make_authority(folder: &Path, name: &str, days: i32) {
    let new = "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    let ca = format!("-keyout {name}-ca.key -out {name}-ca.crt -subj /CN={name}");
    openssl(folder, &format!("{new} -x509 -days 2 {ca}"));
    openssl(folder, &format!("{new} -keyout {name}.key -out {name}.csr -subj /CN=portal"));
    std::fs::write(folder.join("san"), "subjectAltName=IP:127.0.0.1\n").unwrap();
    let by = format!("-CA {name}-ca.crt -CAkey {name}-ca.key -CAcreateserial");
    openssl(folder, &format!("x509 -req -in {name}.csr {by} -out {name}.crt -days {days} -extfile san"));
}

/// SHA-256 of a certificate, as the settings name it.
fn pin(folder: &Path, name: &str) -> String {
    openssl(folder, &format!("x509 -in {name}.crt -outform der -out {name}.der"));
    let der = std::fs::read(folder.join(format!("{name}.der"))).unwrap();
    data_encoding::HEXLOWER.encode(&Sha256::digest(der))
}

#[test]
fn a_portal_has_to_be_the_one_that_the_settings_trust() {
    let keys = tempfile::tempdir().unwrap();
    let keys = keys.path();
    make_authority(keys, "vendor", 2);
    make_authority(keys, "other", 2);
    // It ended yesterday; a clock that is wrong sees the same.
    make_authority(keys, "expired", -1);
    let check = |served: &str, trust: &str, code: i32| {
        let data = tempfile::tempdir().unwrap();
        let tls = Tls::start(keys, served, data.path());
        let home = Home::new(None);
        home.form();
        let config = std::fs::read_to_string(home.path("casefile.toml")).unwrap();
        home.write("casefile.toml", &format!("{config}\n[portal]\nurl = \"{}\"\n{trust}\n", tls.url));
        let run = &mut home.casefile(&["report", "--config", "casefile.toml", "--form", "form.json"]);
        let output = run.output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{served} with {trust}: {stderr}");
        assert_eq!(
            code == 4,
            stderr.contains("certificate is not accepted"),
            "{served} with {trust}: {stderr}"
        );
    };
    let authority = |name: &str| format!("ca_file = '{}'", keys.join(format!("{name}-ca.crt")).display());
    let pinned = |name: &str| format!("pin_sha256 = \"{}\"", pin(keys, name));

    check("vendor", &authority("vendor"), 0);
    check("vendor", &pinned("vendor"), 0);
    check("expired", &pinned("expired"), 0);
    check("vendor", "", 4);
    check("vendor", &authority("other"), 4);
    check("expired", &authority("expired"), 4);
    check("vendor", &pinned("other"), 4);
}
