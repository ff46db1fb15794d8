use super::*;
use crate::trial::Trial;

fn backup(data: &Path, out: &Path) -> anyhow::Result<bool> {
    let arguments = BackupArguments { out: out.to_owned(), home: HomeArguments::of(data) };
    run(&arguments, Timestamp::UNIX_EPOCH, &mut Vec::new())
}

fn restored(from: &Path, data: &Path) -> anyhow::Result<()> {
    let arguments = RestoreArguments { from: from.to_owned(), home: HomeArguments::of(data), erased: None };
    restore(&arguments, &mut Vec::new())
}

#[test]
fn only_paths_of_a_portal_are_restored() {
    for (path, is_good) in [
        ("portal.sqlite", true),
        ("erased.list", true),
        ("evidence/0a/1b.zip", true),
        ("attachments/0a/1b", true),
        ("../portal.sqlite", false),
        ("evidence/../x", false),
        ("evidence/0a/../../x", false),
        ("/etc/passwd", false),
        ("evidence/0a/a\\b", false),
        ("other", false),
        ("", false),
    ] {
        assert_eq!(is_inside(path), is_good, "{path}");
    }
}

#[test]
fn a_copy_is_compared_before_it_is_used() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let trial = runtime.block_on(async {
        let trial = Trial::start().await;
        let link = trial.register(1, "P2").await["status_url"].as_str().unwrap().to_owned();
        let added = trial.add_file(link.rsplit('/').next().unwrap(), "a.txt", "inside").await;
        assert_eq!(added.status.as_u16(), 303);
        trial
    });
    let folder = tempfile::tempdir().unwrap();
    let (copy, data) = (folder.path().join("copy"), folder.path().join("data"));
    // A run that was stopped leaves this behind.
    fs::create_dir(folder.path().join("copy.part")).unwrap();
    if trial.database().is_on_server() {
        // The server has its own tools for it, and whoever asks is told so.
        let error = backup(trial.folder(), &copy).unwrap_err().to_string();
        assert!(error.contains("pg_dump --format=custom") && error.contains("postgres://"), "{error}");
        assert!(!copy.exists());
        return;
    }
    assert!(backup(trial.folder(), &copy).unwrap());
    assert!(backup(trial.folder(), &copy).unwrap_err().to_string().contains("exists already"));
    restored(&copy, &data).unwrap();
    assert!(restored(&copy, &data).unwrap_err().to_string().contains("not empty"));
    let attachments = data.join("attachments");
    assert_eq!(fs::read_dir(&attachments).unwrap().count(), 1);

    // A file that is damaged at the portal is told, and what is whole is copied all the same.
    let report = fs::read_dir(trial.folder().join("attachments")).unwrap().next().unwrap().unwrap().path();
    let file = fs::read_dir(report).unwrap().next().unwrap().unwrap().path();
    fs::write(&file, "insidf").unwrap();
    let second = folder.path().join("second");
    assert!(!backup(trial.folder(), &second).unwrap());
    assert!(second.join(DATABASE).exists());
    fs::remove_file(&file).unwrap();
    assert!(!backup(trial.folder(), &folder.path().join("third")).unwrap());

    // A copy that was damaged is not used.
    let mut database = fs::read(copy.join(DATABASE)).unwrap();
    let middle = database.len() / 2;
    database[middle] ^= 1;
    fs::write(copy.join(DATABASE), database).unwrap();
    let other = folder.path().join("other");
    assert!(restored(&copy, &other).unwrap_err().to_string().contains("damaged"));
    assert!(!other.exists());
    fs::remove_file(copy.join(LIST)).unwrap();
    assert!(restored(&copy, &other).unwrap_err().to_string().contains("no whole copy"));
    assert!(backup(&folder.path().join("nowhere"), &folder.path().join("x")).is_err());
}
