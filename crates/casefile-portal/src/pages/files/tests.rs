use crate::roles::Role;
use crate::trial::{Answer, Trial, signed_in};

async fn link_of(trial: &Trial, report: u8) -> String {
    let registered = trial.register(report, "P2").await;
    registered["status_url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

async fn state(trial: &Trial) -> String {
    trial.client(1, "GET", "", "").await.good()["state"].as_str().unwrap().to_owned()
}

fn refused(answer: &Answer) -> Option<&str> {
    answer.header("x-problem")
}

#[tokio::test]
async fn a_customer_adds_a_file_and_both_sides_get_it_and_nobody_runs_it() {
    let trial = Trial::start().await;
    let link = link_of(&trial, 1).await;
    let (anna, _) = signed_in(&trial.desk, "anna", &[Role::Engineer]).await;
    let ticket = trial.desk.store.ticket_of_link(&link).await.unwrap().unwrap();
    let ask = crate::process::Action::Ask("Co widać?".to_owned());
    trial.desk.act(&ticket, &crate::event::Actor::Staff("anna".to_owned()), "q", &ask).await.unwrap();
    assert_eq!(state(&trial).await, "waiting");

    let page = "<script>document.title = 'owned'</script>";
    assert_eq!(trial.add_file(&link, "C:\\x\\zrzut ł\"1.html", page).await.status.as_u16(), 303);
    assert_eq!(state(&trial).await, "open", "a file is an answer");
    for (path, cookie) in [("/tickets/CF-2026-000001".to_owned(), anna.as_str()), (format!("/r/{link}"), "")]
    {
        let shown = trial.page(&path, cookie).await;
        assert!(shown.body.contains("zrzut ł_1.html"), "{}", shown.body);
        let file = trial.page(&format!("{path}/files/1"), cookie).await;
        assert_eq!((file.status.as_u16(), file.body.as_str()), (200, page));
        assert_eq!(file.header("content-type"), Some("application/octet-stream"));
        assert_eq!(file.header("content-security-policy"), Some("sandbox; default-src 'none'"));
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        let disposition = file.header("content-disposition").unwrap();
        let expected = "attachment; filename=\"zrzut __1.html\"; filename*=UTF-8''zrzut%20%C5%82_1.html";
        assert_eq!(disposition, expected);
        assert_eq!(trial.page(&format!("{path}/files/2"), cookie).await.status.as_u16(), 404);
    }
    // The same file a second time is one file, but what was written beside it is another message.
    trial.add_file(&link, "again.html", page).await;
    assert_eq!(trial.desk.store.attachments(ticket.id).await.unwrap().len(), 1);
    // Another ticket's link leads to none of it.
    let other = link_of(&trial, 2).await;
    assert_eq!(trial.page(&format!("/r/{other}/files/1"), "").await.status.as_u16(), 404);
    assert_eq!(std::fs::read_dir(trial.folder().join("uploads")).unwrap().count(), 0);
}

#[tokio::test]
async fn files_have_limits() {
    let trial = Trial::start().await;
    let link = link_of(&trial, 1).await;
    assert_eq!(refused(&trial.add_file(&link, "empty", "").await), Some("file_missing"));
    assert_eq!(
        refused(&trial.add_file(&link, "a.zip", "PK\u{3}\u{4}no bundle").await),
        Some("bundle_refused")
    );
    assert_eq!(refused(&trial.add_file(&"0".repeat(32), "a", "a").await), Some("not_found"));
    let large = "x".repeat((10 << 20) + 1);
    assert_eq!(refused(&trial.add_file(&link, "large", &large).await), Some("file_too_large"));
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let no_form = trial.ask("POST", &format!("/r/{link}/attach"), &form, "id=1").await;
    assert_eq!(no_form.status.as_u16(), 400, "{}", no_form.body);
    for n in 0..20 {
        assert_eq!(
            trial.add_file(&link, &format!("{n}.txt"), &format!("{n}")).await.status.as_u16(),
            303,
            "{n}"
        );
    }
    assert_eq!(refused(&trial.add_file(&link, "one more", "more").await), Some("too_many_files"));
    trial.client(1, "DELETE", "", "").await.good();
    assert_eq!(refused(&trial.add_file(&link, "late", "late").await), Some("ticket_void"));
    assert_eq!(std::fs::read_dir(trial.folder().join("uploads")).unwrap().count(), 0, "nothing is left");
    assert_eq!(std::fs::read_dir(trial.folder().join("attachments")).unwrap().count(), 0);
}
