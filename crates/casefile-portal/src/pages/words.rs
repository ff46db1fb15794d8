//! The words of the pages, in both languages: one table.

use casefile::report::Language;

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words(pub(crate) Language);

macro_rules! words {
    ($($name:ident: $en:literal, $pl:literal;)*) => {
        impl Words {
            $(pub(crate) fn $name(self) -> &'static str {
                match self.0 {
                    Language::En => $en,
                    Language::Pl => $pl,
                }
            })*
        }
    };
}

words! {
    portal: "Support portal", "Portal wsparcia";
    inbox: "Inbox", "Skrzynka";
    board: "Board", "Tablica";
    notices: "Notices", "Powiadomienia";
    reports: "Reports", "Raporty";
    hotline: "Emergency hotline:", "Hotline awaryjny:";
    hotline_open: "(somebody answers now)", "(teraz ktoś odbiera)";
    hotline_closed: "(closed now)", "(teraz zamknięty)";
    findings: "Findings", "Ustalenia";
    no_findings: "The analysers found nothing that is known.", "Analizatory nie znalazły nic znanego.";
    looking: "The evidence is being looked through.", "Dowody są właśnie przeglądane.";
    timeline: "Timeline", "Oś czasu";
    begins_at: "From", "Od";
    least_level: "Level, at least", "Poziom, co najmniej";
    jump: "Go to", "Przejdź do";
    beginning: "The beginning", "Początek";
    incident: "The incident", "Incydent";
    earlier: "Earlier", "Wcześniej";
    later: "Later", "Później";
    silence: "silence", "cisza";
    storm: "storm", "nawałnica";
    usually: "usually", "zwykle";
    it_happened: "it happened here, says the report", "tu to się stało, mówi zgłoszenie";
    rest_damaged: "the rest cannot be read, it is damaged", "reszty nie da się odczytać, jest uszkodzona";
    out_of_order: "older than what stands before it", "starsze niż to, co stoi wcześniej";
    no_records: "No record here.", "Brak wpisów.";
    no_time: "This is no time: write 2026-11-25 14:03.", "To nie jest czas: napisz 2026-11-25 14:03.";
    unfinished: "There was no time to read all of it. Begin later, or use the command line:", "Zabrakło czasu, aby przeczytać wszystko. Zacznij później albo użyj wiersza poleceń:";
    cause: "Cause", "Przyczyna";
    advice: "Advice", "Rada";
    suggests: "Suggests", "Sugeruje";
    same_problem: "The same problem", "Ten sam problem";
    import_thread: "Import a thread of the community", "Zaimportuj wątek społeczności";
    import_hint: "Paste the text, or the JSON of a Discord or Telegram export. It becomes a ticket; the same thread is the same ticket.", "Wklej tekst albo JSON eksportu z Discorda lub Telegrama. Powstanie zgłoszenie; ten sam wątek to to samo zgłoszenie.";
    mail: "Mail", "Poczta";
    mail_in: "Came in", "Przyszło";
    mail_out: "Goes out", "Wychodzi";
    no_mail: "No mail.", "Brak poczty.";
    try_again: "Try again", "Spróbuj ponownie";
    is_seen: "Confirmed. Thank you.", "Potwierdzone. Dziękujemy.";
    kind_auto_reply: "automatic reply", "odpowiedź automatyczna";
    kind_bounce: "mail did not arrive", "e-mail nie dotarł";
    kind_auto_ack: "the customer was told of the ticket", "klient został powiadomiony o zgłoszeniu";
    audit: "Audit", "Dziennik";
    account: "Account", "Konto";
    sign_in: "Sign in", "Zaloguj się";
    sign_out: "Sign out", "Wyloguj się";
    login: "Login", "Login";
    password: "Password", "Hasło";
    old_password: "Present password", "Obecne hasło";
    new_password: "New password (at least 12 characters)", "Nowe hasło (co najmniej 12 znaków)";
    change_password: "Change the password", "Zmień hasło";
    password_wrong: "The present password is wrong, or the new one is too short.", "Obecne hasło jest błędne albo nowe jest za krótkie.";
    language: "Language", "Język";
    save: "Save", "Zapisz";
    wrong: "Login or password is wrong.", "Błędny login lub hasło.";
    wait: "Too many wrong passwords. Try again in a while.", "Zbyt wiele błędnych haseł. Spróbuj za chwilę.";
    nobody_yet: "Nobody works here yet. Add the first person on the portal's machine:", "Nikt tu jeszcze nie pracuje. Dodaj pierwszą osobę na komputerze portalu:";
    search: "Search", "Szukaj";
    search_hint: "words, number, e-mail", "słowa, numer, e-mail";
    all: "all", "wszystkie";
    filter: "Show", "Pokaż";
    view_open: "Open", "Otwarte";
    view_mine: "Mine", "Moje";
    view_unassigned: "Unassigned", "Nieprzydzielone";
    view_late: "Late", "Po terminie";
    view_unanswered: "To answer", "Do odpowiedzi";
    view_handed_over: "With R&D", "W R&D";
    view_waiting: "Waiting for customer", "Czekają na klienta";
    view_proposed: "Solution proposed", "Z propozycją rozwiązania";
    view_over: "Closed", "Zamknięte";
    no_tickets: "No ticket here. A report appears as soon as its text has arrived; the bundle may follow later.", "Nie ma tu zgłoszeń. Zgłoszenie pojawia się, gdy tylko dotrze jego treść; paczka może przyjść później.";
    ticket: "Ticket", "Zgłoszenie";
    title: "Title", "Tytuł";
    priority: "Priority", "Priorytet";
    category: "Category", "Kategoria";
    state: "State", "Stan";
    assignee: "Assigned to", "Przydzielone";
    nobody: "nobody", "nikomu";
    app: "App", "Aplikacja";
    registered: "Registered", "Zarejestrowano";
    happened: "Happened", "Zdarzyło się";
    next_due: "Next due", "Najbliższy termin";
    newer: "Back to the beginning", "Do początku";
    older: "More", "Więcej";
    state_registered: "new", "nowe";
    state_open: "in progress", "w toku";
    state_waiting: "waiting for the customer", "czeka na klienta";
    state_proposed: "solution proposed", "zaproponowano rozwiązanie";
    state_closed: "closed", "zamknięte";
    state_voided: "void", "unieważnione";
    response: "Response", "Reakcja";
    workaround: "Workaround", "Obejście";
    resolution: "Resolution", "Rozwiązanie";
    promised: "Promised times", "Obiecane terminy";
    no_promise: "no promise", "bez obietnicy";
    paused: "paused", "wstrzymany";
    met: "kept", "dotrzymany";
    late: "late", "po terminie";
    void: "not judged", "nie oceniany";
    explain: "Explain these clocks", "Wyjaśnij te zegary";
    line_started: "starts", "startuje";
    line_retargeted: "takes another target", "dostaje inny cel";
    line_paused: "pauses", "staje na czas oczekiwania";
    line_resumed: "goes on", "biegnie dalej";
    line_stopped: "stops", "zatrzymany";
    line_breached: "is late", "po terminie";
    line_voided: "is not judged", "nie jest oceniany";
    used: "used", "zużyto";
    of: "of", "z";
    due: "due", "termin";
    conversation: "Conversation", "Rozmowa";
    no_messages: "Nobody has written yet.", "Nikt jeszcze nie napisał.";
    support: "Support", "Wsparcie";
    customer: "Customer", "Klient";
    you: "You", "Ty";
    kind_staff_replied: "reply", "odpowiedź";
    kind_call_answered: "call", "rozmowa telefoniczna";
    kind_asked_customer: "question", "pytanie";
    kind_workaround_offered: "workaround", "obejście";
    kind_resolution_proposed: "solution", "rozwiązanie";
    kind_customer_replied: "message", "wiadomość";
    kind_workaround_rejected: "workaround does not help", "obejście nie pomaga";
    kind_resolution_rejected: "solution does not help", "rozwiązanie nie pomaga";
    kind_internal_note: "internal note", "notatka wewnętrzna";
    kind_handed_over: "handed over to R&D", "przekazano do R&D";
    reply: "Public reply", "Odpowiedź publiczna";
    ask: "Question: wait for the customer", "Pytanie: czekaj na klienta";
    note: "Internal note", "Notatka wewnętrzna";
    call: "Answered call", "Odebrany telefon";
    offer: "Workaround", "Obejście";
    propose: "Solution", "Rozwiązanie";
    hand_over: "Hand over to R&D", "Przekaż do R&D";
    reopen: "Reopen: the customer objected", "Otwórz ponownie: klient się sprzeciwił";
    what: "What is it", "Co to jest";
    text: "Text", "Treść";
    article: "Knowledge base (only with a solution): article", "Baza wiedzy (tylko przy rozwiązaniu): artykuł";
    article_none: "no article needed", "artykuł niepotrzebny";
    send: "Send", "Wyślij";
    triage: "Triage", "Triaż";
    triage_open: "Not triaged yet.", "Jeszcze bez triażu.";
    login_data: "Login data", "Dane logowania";
    license: "Licence", "Licencja";
    binding: "Licence binding", "Powiązanie licencji";
    confirmed: "confirmed", "potwierdzone";
    rejected: "rejected", "odrzucone";
    unchecked: "not checked", "niesprawdzone";
    assign: "Assign", "Przydziel";
    take: "Take it", "Weź";
    void_it: "Take out of the counting", "Wyłącz z liczenia";
    spam: "spam", "spam";
    duplicate: "duplicate of", "duplikat";
    withdrawn: "withdrawn by the customer", "wycofane przez klienta";
    report: "Report", "Zgłoszenie";
    evidence: "Evidence", "Dowody";
    no_evidence: "No bundle has arrived yet.", "Żadna paczka jeszcze nie dotarła.";
    download: "Download the bundle", "Pobierz paczkę";
    entries: "Entries", "Pliki";
    picture: "picture, cannot be searched", "obraz, nie da się przeszukać";
    entry: "Entry", "Plik";
    size: "Size", "Rozmiar";
    hidden: "Hidden", "Ukryto";
    nothing: "nothing", "nic";
    received: "Received", "Odebrano";
    sealed: "Sealed by the user's clock", "Zapieczętowano (zegar użytkownika)";
    more_entries: "more are listed in its manifest", "więcej wymienia manifest";
    system: "System", "System";
    fingerprint: "Fingerprint", "Odcisk sprzętowy";
    history: "History", "Historia";
    similar: "From the same licence", "Z tej samej licencji";
    name: "Name", "Imię i nazwisko";
    email: "E-mail", "E-mail";
    unlike: "changed", "zmieniony";
    same: "same", "ten sam";
    rule: "Why", "Powód";
    to: "To", "Do";
    since: "Since", "Od";
    acknowledge: "Seen", "Potwierdzam";
    acknowledged: "seen by", "widział(a)";
    noticed_late: "noticed late", "zauważono z opóźnieniem";
    no_notices: "Nothing is late, nobody has to be told.", "Nic nie jest po terminie, nikogo nie trzeba powiadamiać.";
    closes_at: "Closes by itself, if nobody objects", "Zamknie się samo, jeśli nikt się nie sprzeciwi";
    confirm: "It works: close the ticket", "Działa: zamknij zgłoszenie";
    reject: "It does not help", "To nie pomaga";
    withdraw: "Withdraw the report and delete my data", "Wycofaj zgłoszenie i usuń moje dane";
    withdraw_hint: "Support stops working on it, and what you sent is deleted at once: texts, contact, bundles and files. Times and priorities stay for the counting, without your name. This cannot be undone.", "Wsparcie przestanie się nim zajmować, a to, co wysłano, zostanie od razu usunięte: teksty, kontakt, paczki i pliki. Do statystyk zostaną czasy i priorytety, bez Twojego nazwiska. Tego nie można cofnąć.";
    withdraw_over: "Delete my data", "Usuń moje dane";
    attach: "Add a file", "Dodaj plik";
    attach_hint: "Up to 10 MiB. The file is sent as it is: nothing is removed from it. Look that it shows no password, key or seed.", "Do 10 MiB. Plik jest wysyłany tak, jak jest: niczego się z niego nie usuwa. Sprawdź, czy nie widać w nim hasła, klucza ani frazy seed.";
    attach_text: "About the file (optional)", "O pliku (opcjonalnie)";
    file: "File", "Plik";
    erased: "(deleted)", "(usunięto)";
    bundles_erased: "bundles and files deleted", "usunięto paczki i pliki";
    all_erased: "all texts, bundles and files deleted", "usunięto wszystkie teksty, paczki i pliki";
    erased_at: "The data of this ticket were deleted", "Dane tego zgłoszenia usunięto";
    kept_bundles: "Bundles and files are kept until", "Paczki i pliki są przechowywane do";
    kept_words: "texts and contact until", "teksty i kontakt do";
    kept_open: "What you sent is kept while the ticket is open, and for a time afterwards that will be shown here.", "To, co wysłano, jest przechowywane, dopóki zgłoszenie jest otwarte, i jeszcze przez czas, który tu się pojawi.";
    erase: "Delete all data of this ticket", "Usuń wszystkie dane tego zgłoszenia";
    erase_hint: "Because the person asks for it. Texts, contact, bundles and files are deleted; an open ticket is withdrawn. This cannot be undone. Write the number of the ticket:", "Bo osoba tego żąda. Teksty, kontakt, paczki i pliki zostaną usunięte; otwarte zgłoszenie zostanie wycofane. Tego nie można cofnąć. Wpisz numer zgłoszenia:";
    write_to_support: "Write to support", "Napisz do wsparcia";
    answer_question: "Answer the question", "Odpowiedz na pytanie";
    after_closing: "The ticket is closed. What you write now opens a new one that is linked to it.", "Zgłoszenie jest zamknięte. To, co teraz napiszesz, otworzy nowe, połączone z nim.";
    follow_up: "It goes on in", "Dalszy ciąg w";
    follows: "follows", "kontynuuje";
    duplicate_of: "duplicate of", "duplikat";
    why_not: "What happens?", "Co się dzieje?";
    keep_link: "Whoever knows the address of this page can read and answer. Keep it to yourself.", "Kto zna adres tej strony, może czytać i odpowiadać. Zachowaj go dla siebie.";
    not_done: "This was not done", "Nie wykonano";
    not_allowed: "Your role does not allow this.", "Twoja rola na to nie pozwala.";
    form_old: "The form is too old, or came from elsewhere. Go back, load the page again and repeat it.", "Formularz jest za stary albo przyszedł skądinąd. Wróć, odśwież stronę i powtórz.";
    incidents: "Incidents", "Incydenty";
    change_requests: "Change requests", "Prośby o zmianę";
    with_diagnostics: "With diagnostics attached", "Z dołączoną diagnostyką";
    closed_tickets: "Closed", "Zamknięte";
    with_article: "With an article of the knowledge base", "Z artykułem w bazie wiedzy";
    reopened: "Solutions that did not help", "Rozwiązania, które nie pomogły";
    backlog: "Open at the end, and their age", "Otwarte na koniec i ich wiek";
    acknowledgement: "Escalation until it was seen", "Eskalacja do potwierdzenia";
    priority_requested: "Priority as requested", "Priorytet zgłoszony";
    priority_triaged: "Priority after triage", "Priorytet po triażu";
    channel: "Channel", "Kanał";
    escalations: "Escalations", "Eskalacje";
    clock: "Clock", "Zegar";
    decided: "Decided", "Rozstrzygnięte";
    compliance: "Kept", "Dotrzymane";
    sla_time: "Time by the clock", "Czas zegara";
    wall_time: "Time on the wall", "Czas kalendarzowy";
    not_complete: "The period is not over: the numbers still change.", "Okres jeszcze trwa: liczby się zmienią.";
    frozen: "Frozen, SHA-256", "Zamrożony, SHA-256";
    trend: "Trend: incidents, and promises that were kept", "Trend: incydenty i dotrzymane obietnice";
    improvements: "Improvements", "Usprawnienia";
    no_improvements: "None yet.", "Jeszcze żadnych.";
    owner: "Owner", "Kto";
    add: "Add", "Dodaj";
    done: "Done", "Zrobione";
    dropped: "Dropped", "Porzucone";
    month: "Month", "Miesiąc";
    quarter: "Quarter", "Kwartał";
    time: "When", "Kiedy";
    who: "Who", "Kto";
    happened_what: "What", "Co";
}

impl Words {
    /// The word for a state.
    pub(crate) fn state_of(self, state: &str) -> &'static str {
        match state {
            "registered" => self.state_registered(),
            "open" => self.state_open(),
            "waiting" => self.state_waiting(),
            "proposed" => self.state_proposed(),
            "closed" => self.state_closed(),
            _ => self.state_voided(),
        }
    }

    /// The word for a clock.
    pub(crate) fn clock_of(self, clock: &str) -> &'static str {
        match clock {
            "response" => self.response(),
            "workaround" => self.workaround(),
            _ => self.resolution(),
        }
    }

    /// The word for an event that somebody wrote.
    pub(crate) fn kind_of(self, kind: &str) -> &'static str {
        match kind {
            "staff_replied" => self.kind_staff_replied(),
            "call_answered" => self.kind_call_answered(),
            "asked_customer" => self.kind_asked_customer(),
            "workaround_offered" => self.kind_workaround_offered(),
            "resolution_proposed" => self.kind_resolution_proposed(),
            "workaround_rejected" => self.kind_workaround_rejected(),
            "resolution_rejected" => self.kind_resolution_rejected(),
            "internal_note" => self.kind_internal_note(),
            "handed_over" => self.kind_handed_over(),
            "customer_auto_reply" => self.kind_auto_reply(),
            "bounce" => self.kind_bounce(),
            "auto_ack" => self.kind_auto_ack(),
            _ => self.kind_customer_replied(),
        }
    }

    /// What became of a mail that came in.
    pub(crate) fn outcome_of(self, outcome: &str) -> &'static str {
        match (outcome, self.0) {
            ("registered", Language::En) => "new ticket",
            ("registered", Language::Pl) => "nowe zgłoszenie",
            ("answered", Language::En) => "message",
            ("answered", Language::Pl) => "wiadomość",
            ("folded", Language::En) => "belongs to a report",
            ("folded", Language::Pl) => "należy do zgłoszenia",
            ("noted", Language::En) => "written by a program",
            ("noted", Language::Pl) => "napisane przez program",
            ("repeated", Language::En) => "came before",
            ("repeated", Language::Pl) => "już było",
            ("dropped", Language::En) => "our own",
            ("dropped", Language::Pl) => "własny",
            ("erased", Language::En) => "deleted",
            ("erased", Language::Pl) => "usunięty",
            ("held", Language::En) => "held: look at it",
            ("held", Language::Pl) => "wstrzymany: obejrzyj",
            ("poison", Language::En) => "cannot be read: look at it",
            ("poison", Language::Pl) => "nie do odczytania: obejrzyj",
            (_, Language::En) => "waits",
            (_, Language::Pl) => "czeka",
        }
    }

    /// What became of something that leaves.
    pub(crate) fn sending_of(self, state: &str) -> &'static str {
        match (state, self.0) {
            ("sent", Language::En) => "sent",
            ("sent", Language::Pl) => "wysłano",
            ("failed", Language::En) => "did not arrive",
            ("failed", Language::Pl) => "nie dotarło",
            ("suppressed", Language::En) => "not needed any more",
            ("suppressed", Language::Pl) => "już niepotrzebne",
            (_, Language::En) => "waits",
            (_, Language::Pl) => "czeka",
        }
    }

    /// Why a mail came to its end; what servers and clients say stays as they said it.
    pub(crate) fn reason_of(self, why: &str) -> String {
        let (reason, rest) = why.split_once(':').map_or((why, None), |(reason, rest)| (reason, Some(rest)));
        let known = REASONS.iter().find(|(english, _)| *english == reason);
        match (known, self.0) {
            (Some((_, polish)), Language::Pl) => match rest {
                Some(rest) => format!("{polish}:{rest}"),
                None => (*polish).to_owned(),
            },
            _ => why.to_owned(),
        }
    }

    /// What leaves: an acknowledgement, a message, a notice or a drill.
    pub(crate) fn sent_of(self, kind: &str) -> &str {
        match (kind, self.0) {
            ("acknowledgement", Language::Pl) => "potwierdzenie przyjęcia",
            ("message", Language::Pl) => "wiadomość",
            ("notice", Language::Pl) => "powiadomienie",
            ("drill", Language::Pl) => "ćwiczenie",
            _ => kind,
        }
    }

    /// How bad a finding is.
    pub(crate) fn severity_of(self, severity: &str) -> &str {
        match (severity, self.0) {
            ("error", Language::Pl) => "błąd",
            ("warn", Language::En) => "warning",
            ("warn", Language::Pl) => "ostrzeżenie",
            ("info", Language::En) => "note",
            ("info", Language::Pl) => "informacja",
            _ => "error",
        }
    }

    /// The word for the state of an improvement.
    pub(crate) fn improvement_of(self, state: &str) -> &'static str {
        match state {
            "done" => self.done(),
            "dropped" => self.dropped(),
            _ => self.state_open(),
        }
    }

    /// The word for a line of the ledger.
    pub(crate) fn change_of(self, change: &str) -> &'static str {
        match change {
            "started" => self.line_started(),
            "retargeted" => self.line_retargeted(),
            "paused" => self.line_paused(),
            "resumed" => self.line_resumed(),
            "stopped" => self.line_stopped(),
            "breached" => self.line_breached(),
            _ => self.line_voided(),
        }
    }
}

/// What the portal writes of mails, in the database in English.
const REASONS: [(&str, &str); 12] = [
    ("auto-reply", "odpowiedź automatyczna"),
    ("bounce", "zwrot"),
    ("it came back", "zwrot"),
    ("it came before", "przyszedł już wcześniej"),
    ("it cannot be read as a mail", "nie jest to czytelny e-mail"),
    ("it has no sender", "nie ma nadawcy"),
    ("it is our own, or goes round and round", "własny albo krąży w kółko"),
    ("it is too large", "jest za duży"),
    ("its report was deleted before", "jego zgłoszenie zostało usunięte"),
    ("released", "dopuszczony"),
    ("the portal ended each time it was read", "portal kończył pracę przy każdym czytaniu"),
    ("too many tickets from this sender within an hour", "za dużo zgłoszeń tego nadawcy w ciągu godziny"),
];
