# Wszystkie słowa okna po polsku. Etykiety szablonu, kategorie i priorytety pochodzą z planu wsparcia, zdania o tym,
# co ukryto, z tabeli reguł casefile.

# Przyciski na dole
next = Dalej
back = Wstecz
close = Zamknij
cancel = Przerwij
send = Wyślij
seal-again = Zastosuj zmiany
retry = Spróbuj ponownie
keep-and-close = Zachowaj i zamknij
cancelling = Przerywanie …

# Nad każdym ekranem: kroki i to, co obok
part-describe = Opis
part-review = Podgląd
part-send = Wysyłka
show-ways = Kontakt
show-reports = Moje zgłoszenia
aside-close = Wróć do zgłoszenia

# Daty
date-time = { $weekday ->
    [1] pon.
    [2] wt.
    [3] śr.
    [4] czw.
    [5] pt.
    [6] sob.
   *[7] niedz.
} { $day }.{ $month ->
    [1] 01
    [2] 02
    [3] 03
    [4] 04
    [5] 05
    [6] 06
    [7] 07
    [8] 08
    [9] 09
    [10] 10
    [11] 11
   *[12] 12
}.{ $year }, { $time } ({ $zone })

# Formularz
unfinished = Od { $at } czeka niedokończone zgłoszenie: „{ $title }”
unfinished-resume = Dokończ je
unfinished-discard = Wyrzuć je
details = Więcej szczegółów (opcjonalnie)
priority-suggested = sugeruje { $app }
describe-heading = Zgłoś problem: { $app }
describe-intro = Logi zostaną zebrane automatycznie. W następnym kroku zobaczysz wszystko, co ma zostać wysłane; bez Twojej zgody nic z tego nie opuści tego komputera.
kind = Czego dotyczy zgłoszenie?
kind-incident = Coś nie działa
kind-change = Proszę o zmianę
logs-collected = Zostaną zebrane automatycznie. Zobaczysz je w następnym kroku. Upuść tu plik, aby go dodać.
when = Kiedy to się stało?
when-noticed = { $at }, gdy zauważyła to aplikacja
when-now = Przed chwilą
when-hour = Około godziny temu
when-other = O innej porze
when-unknown = Nie wiem
when-time = Data i godzina, na przykład 2026-11-24 15:30, albo samo 15:30
when-events = W logach są błędy z tych chwil. Czy chodzi o któryś z nich?
when-event-use-label = To stało się { $at }
category = Jaki to obszar?
contact = Jak możemy się z Tobą skontaktować? (opcjonalnie)
contact-note = Te dane trafią tylko do zgłoszenia, nigdy do pliku z logami.
contact-name = Imię i nazwisko
contact-email = Adres e-mail
complaints = { $count ->
    [one] Jedno pole wymaga uwagi
    [few] { $count } pola wymagają uwagi
   *[many] { $count } pól wymaga uwagi
}
complaint-title = Podaj tytuł problemu.
complaint-description = Opisz, co się stało.
complaint-time = Podaj datę i godzinę, na przykład 2026-11-24 15:30.
complaint-future = Ta chwila dopiero nadejdzie.
complaint-email = To nie jest adres e-mail.

# Co już wiadomo
findings = { $count ->
    [one] Logi pokazują znany problem
    [few] Logi pokazują { $count } znane problemy
   *[many] Logi pokazują { $count } znanych problemów
}
findings-note = Być może nie trzeba czekać na odpowiedź. Zgłoszenie i tak możesz wysłać.
findings-line = Logi pokazują znany problem: jest opisany nad priorytetem.
finding-seen = Gdzie to widać
finding-solved = To pomogło
finding-solved-label = To pomogło: { $title }
finding-other = To coś innego
finding-other-label = To coś innego niż: { $title }
suggestion = Logi wskazują na { $priority }, { $category }. { $reason }
suggestion-use = Zastosuj
solved-heading = Dobrze, że znów działa
solved-intro = Nic nie zostało wysłane i nic nie jest przechowywane.
solved-back = Zgłoś mimo to

# Co obiecuje priorytet
promise-response = odpowiedź: { $length }
promise-workaround = obejście: { $length }
promise-resolution = rozwiązanie: { $length }
length-seconds = { $count ->
    [one] 1 sekunda
    [few] { $count } sekundy
   *[many] { $count } sekund
}
length-minutes = { $count ->
    [one] 1 minuta
    [few] { $count } minuty
   *[many] { $count } minut
}
length-hours = { $count ->
    [one] 1 godzina
    [few] { $count } godziny
   *[many] { $count } godzin
}
length-office-hours = { $count ->
    [one] 1 godzina robocza
    [few] { $count } godziny robocze
   *[many] { $count } godzin roboczych
}
length-days = { $count ->
    [one] 1 dzień
    [few] { $count } dni
   *[many] { $count } dni
}

# Przygotowanie
sealing-heading = Przygotowywanie zgłoszenia
sealing-intro = Logi i ustawienia są odczytywane, a wszystko, co w nich tajne, jest ukrywane. Nic nie jest wysyłane.
step-collecting = Wyszukiwanie logów i ustawień
step-sealing = Ukrywanie tajnych danych i pakowanie
step-registering = Rejestrowanie zgłoszenia
step-sending = Wysyłanie
step-done = Gotowe
step-bytes = { $step }: { $done } z { $total }

# Co ma zostać wysłane
review-heading = Co zostanie wysłane
review-intro = To wszystko, co zostanie wysłane, dokładnie w tej postaci. Pokaż pozycję, aby ją przeczytać; odznacz ją, aby ją pominąć.
review-reader = Czyta to: wsparcie { $vendor }, { $portal }
review-no-portal = Czyta to: wsparcie { $vendor }. Nie ustawiono portalu: zgłoszenie zostanie zachowane na tym komputerze.
review-size = { $count ->
    [one] Jedna pozycja, { $unpacked }, po spakowaniu { $packed }
    [few] { $count } pozycje, { $unpacked }, po spakowaniu { $packed }
   *[many] { $count } pozycji, { $unpacked }, po spakowaniu { $packed }
}
review-hidden = { $count ->
    [0] Niczego nie trzeba było ukrywać
    [one] Ukryto jedną wartość
    [few] Ukryto { $count } wartości
   *[many] Ukryto { $count } wartości
}
review-notes = { $count ->
    [one] Jednej rzeczy nie udało się zebrać
    [few] { $count } rzeczy nie udało się zebrać
   *[many] { $count } rzeczy nie udało się zebrać
}
review-entries = Pliki
review-more-places = i { $count ->
    [one] jeszcze jeden plik
    [few] jeszcze { $count } pliki
   *[many] jeszcze { $count } plików
}
review-sha256 = Po tym numerze Ty i wsparcie poznacie, że to ten sam plik: portal potwierdza go po wysłaniu.
rotate = Te tajne dane były w plikach, które mógł przeczytać ktoś inny. W zgłoszeniu są ukryte, ale wymień je:
rotate-key-at = Utwórz nowy klucz w { $venue } i usuń stary. Był w { $files }.
rotate-key = Utwórz nowy klucz na swojej giełdzie i usuń stary. Był w { $files }.
rotate-wallet = Przenieś środki z portfela do nowego: jego fraza lub klucz prywatny był w { $files }.
rotate-messenger = Nadaj botowi komunikatora nowy token albo kanałowi nowy adres. Był w { $files }.
rotate-password = Zmień hasło. Było w { $files }.
review-change = Chcesz coś zmienić?
show-balances = Salda i wielkości pozycji
show-strategy = Liczby strategii
tier-removed = ukryte
tier-bucketed = zaokrąglone do potęgi dziesięciu
tier-full = pokazane
attach = Dodaj pliki …
attach-note = Upuść pliki na to okno albo wpisz, gdzie leży plik. Są czyszczone tak jak logi. O tym, co widać na obrazie, decydujesz Ty; inne pliki, które nie są tekstem, są pomijane.
attach-choose = Wybierz pliki …
attach-no-window = Ten system nie ma okna wyboru plików: upuść je tutaj albo wpisz ścieżkę w następnym kroku.
attach-path = Ścieżka pliku
attach-button = Dodaj
attach-undo = Usuń
attach-undo-label = Nie dodawaj { $name }
hide = Ukryj słowo …
review-changed = Najpierw zastosuj zmiany
open-entry = Pokaż
open-entry-label = Pokaż { $name }
take-entry-label = Wyślij { $name }
entry-hidden = ukryto { $count }: { $rules }
entry-cut = ostatnie { $kept } z { $whole }
entry-reading = Odczytywanie …
entry-empty = Ta pozycja jest pusta.
entry-close = Wróć do listy
next-hidden = Następna ukryta wartość
entry-last-hidden = Za tą stroną nic nie jest ukryte.
entry-range = Fragment od { $from } do { $to }
previous = Poprzednia strona
next-page = Następna strona
hide-word = Ukryj wszędzie jeszcze jedno słowo
hide-note = Na przykład nazwisko. Zostanie zastąpione w każdej pozycji, także wewnątrz innych słów.
hide-button = Ukryj
hide-hidden = Ukryte: { $word }
hide-undo = Cofnij
hide-undo-label = Nie ukrywaj { $word }
copy-sha256 = Kopiuj SHA-256

# Obraz, zanim zostanie dodany
picture-take = Dodaj obraz okna { $app } …
picture-take-note = Najpierw go zobaczysz i zamalujesz to, czego nikt nie powinien widzieć.
picture-by-hand = Aby dodać obraz { $app }, zrób zrzut ekranu w systemie (na przykład klawiszem Print lub PrtSc), zapisz go i upuść plik tutaj.
picture-heading = Obraz do zgłoszenia
picture-note = Obrazu nie da się przeszukać pod kątem sekretów: obejrzyj cały i zamaluj na czarno to, czego nikt nie powinien widzieć. Rysuj po nim myszą albo dodaj obszary liczbami poniżej. Tego, co czarne, nikt już nie odtworzy.
picture-label = { $name }, { $size }, czarne obszary: { $count }
picture-area = Obszar { $number }
picture-left = od lewej
picture-top = od góry
picture-width = szerokość
picture-height = wysokość
picture-cover = Dodaj czarny obszar
picture-uncover-label = Usuń obszar { $number }
picture-use = Użyj obrazu
picture-leave = Nie dodawaj go
picture-packing = Obraz jest zapisywany …
picture-none = Tego pliku nie można pokazać jako obrazu: potrzebny jest PNG lub JPEG.
picture-unread = Nie można odczytać pliku: { $kind }
picture-too-large = Obraz jest za duży: dodaj mniejszy.
picture-no-window = Ten system nie daje obrazu okna. Zrób go inaczej, zapisz i upuść plik tutaj.
entry-picture = Obraz: nie da się go przeszukać pod kątem sekretów
entry-picture-label = { $name }, { $size }

# Wysyłanie
sending-heading = Wysyłanie zgłoszenia
keeping-intro = Zgłoszenie trafia do skrzynki nadawczej …
sending-intro = Zgłoszenie jest w skrzynce nadawczej tego komputera: nie zginie, jeśli połączenie zostanie przerwane. Możesz zamknąć to okno; to, co do tego czasu nie dotrze, zostanie wysłane później.

# Wysłane
sent-heading = Zgłoszenie dotarło
sent-intro = Wsparcie { $vendor } ma Twoje zgłoszenie. Zachowaj jego numer.
ticket = Numer zgłoszenia
copy-ticket = Kopiuj numer
deadlines = Obiecane terminy, w Twoim czasie lokalnym
deadline-response = Odpowiedź do
deadline-workaround = Obejście do
deadline-resolution = Rozwiązanie do
sent-clock-ahead = Zegar tego komputera śpieszy się: { $length }. Giełdy odrzucają zlecenia z komputera, którego zegar się myli: ustaw go.
sent-clock-behind = Zegar tego komputera spóźnia się: { $length }. Giełdy odrzucają zlecenia z komputera, którego zegar się myli: ustaw go.
status-link = Stan zgłoszenia
copy-link = Kopiuj odnośnik
sent-confirmed = Portal potwierdza, że ma dokładnie ten plik, który był w podglądzie:

# Zachowane
kept-heading = Zgłoszenie zachowane, jeszcze nie wysłane
kept-intro = Nic nie zginęło: zgłoszenie czeka w skrzynce nadawczej tego komputera.
kept-ticket = Zgłoszenie { $ticket } jest już zarejestrowane; brakuje tylko pliku z logami.
bundle-path = Plik ze zgłoszeniem
copy-path = Kopiuj ścieżkę

kept-again = Zostanie wysłane, gdy tylko będzie to możliwe: przy następnym uruchomieniu { $app } albo po ponownej próbie.
kept-again-at = Zostanie wysłane, gdy tylko będzie to możliwe: przy następnym uruchomieniu { $app }, po { $at }, albo po ponownej próbie.

# Odrzucone i nieudane
refused-heading = Portal nie przyjął zgłoszenia
refused-intro = Ponowna próba nic nie da. Zapisz plik i przekaż go wsparciu w inny sposób.
failed-heading = Nie udało się przygotować zgłoszenia
failed-intro = Nic nie zostało wysłane. Wpisany tekst nie przepadł.
leave-out = Pomiń { $name } i spróbuj ponownie

# Inne drogi kontaktu
ways-heading = Jak skontaktować się ze wsparciem { $vendor }
way-needs-edition = Na tym komputerze nie ma aktywnej licencji { $edition }.
way-no-address = { $vendor } nie podaje tu adresu; sprawdź stronę internetową.
way-always = Czynne całą dobę.
way-open-until = Teraz czynne, do { $at }
way-open-until-here = U Ciebie to do { $at }
way-opens-at = Nieczynne. Czynne od { $at }
way-opens-at-here = U Ciebie to { $at }
way-promise = Obowiązują terminy planu wsparcia.
way-no-promise = Brak gwarantowanej odpowiedzi.
way-copy = Kopiuj
way-copy-label = Kopiuj { $address }

# Zgłoszenia z tego komputera
reports-heading = Moje zgłoszenia
reports-reading = Odczytywanie …
reports-none = Na tym komputerze nie ma zgłoszeń.
reports-kept-at = Napisane { $at }
reports-send = Wyślij teraz
reports-send-label = Wyślij teraz: { $title }
reports-copy-label = Kopiuj numer zgłoszenia { $title }
reports-drop = Usuń
reports-drop-label = Usuń { $title } z tego komputera
reports-drop-sure = Na pewno usunąć?
reports-drop-sure-label = Na pewno usunąć { $title }? Nie da się tego cofnąć.
reports-dropped = Zgłoszenie usunięto z tego komputera.
reports-sent = Zgłoszenie dotarło: { $ticket }

# Sprawa
ticket-open = Sprawa i odpowiedzi
ticket-open-label = Sprawa i odpowiedzi: { $title }
ticket-last-answer = Ostatnia odpowiedź wsparcia: { $at }
ticket-heading = Zgłoszenie { $ticket }
ticket-asking = Pytam portal, co słychać w tej sprawie …
ticket-registered = Wsparcie ma zgłoszenie; nikt jeszcze nie odpowiedział.
ticket-is-open = Wsparcie pracuje nad tym.
ticket-bundle-refused = Portal nie mógł użyć pliku z logami: { $why }. Zapisz plik i przekaż go wsparciu w inny sposób.
ticket-waiting = Wsparcie o coś pyta i czeka na Twoją odpowiedź.
ticket-proposed = Wsparcie proponuje rozwiązanie: czy działa?
ticket-closed = Rozwiązane i zamknięte.
ticket-voided = Wycofane albo powtarza inne zgłoszenie.
ticket-other = Stan, którego ta wersja nie zna: zobacz stronę zgłoszenia.
ticket-priority = Priorytet: { $priority }
ticket-since = Wsparcie ma je od { $at }
ticket-closes = Jeśli nic nie powiesz, { $at } zostanie uznane za rozwiązane.
keeps-bundles = Wsparcie przechowuje plik z logami do { $at }.
keeps-words = Wsparcie przechowuje to, co napisano, do { $at }.
keeps-erased = Wsparcie usunęło przesłane dane { $at }.
ticket-follow-up = Sprawa toczy się dalej jako { $ticket }:
ticket-silence = Nikt jeszcze nic nie napisał.
said-by-you = Ty
said-by-support = Wsparcie { $vendor }
said-by-other = Ktoś inny
said-question = pytanie
said-workaround = obejście
said-solution = proponowane rozwiązanie
ticket-solved-question = Czy teraz działa?
ticket-text = Twoja wiadomość do wsparcia
ticket-needs-text = Najpierw coś napisz.
ticket-confirm = Tak, rozwiązane
ticket-confirm-ask = Zgłoszenie zostanie wtedy zamknięte. Na pewno rozwiązane?
ticket-confirm-yes = Rozwiązane, zamknij
ticket-confirmed = Dziękujemy. Portal to przyjął: rozwiązane.
ticket-reject = Nie, nadal nie działa
ticket-write = Wyślij wiadomość
ticket-said = Portal ma Twoją wiadomość.
ticket-saying = Trwa wysyłanie …
ticket-withdraw = Wycofaj zgłoszenie
ticket-withdraw-ask = Wsparcie przestanie nad nim pracować i usunie to, co wysłano; nie da się go otworzyć ponownie. Na pewno wycofać?
ticket-withdraw-yes = Wycofaj
ticket-withdrawn = Zgłoszenie wycofane. To, co jest na tym komputerze, możesz usunąć na liście.
ticket-no = Nie
ticket-look = Zapytaj ponownie
ticket-leave = Wróć do moich zgłoszeń
kept-until = Ten komputer przechowuje wysłany plik do { $bundle }, a numer zgłoszenia do { $receipt }.
kept-receipt-until = Ten komputer przechowuje numer zgłoszenia do { $receipt }.
state-kept = Czeka na wysłanie.
state-sending = Trwa wysyłanie: { $done } z { $total }
state-waiting = { $why } Ponowna próba po { $at }.
state-delivered = Portal ma to zgłoszenie: { $ticket }

# Kopia pliku
save-path = Zapisz kopię jako
save-button = Zapisz plik
save-mail = Zapisz jako e-mail
save-mail-done = To szkic: otwórz go w programie pocztowym, sprawdź adres i tam go wyślij. Jeszcze nie został wysłany.
save-mail-large = Większość dostawców poczty odrzuci tak duży list: zapisz plik i przekaż go inną drogą.
copy-report = Kopiuj jako tekst
copy-report-done = Tekst zgłoszenia jest w schowku; pliku z logami tam nie ma.
open-mail = Otwórz szkic
open-folder = Otwórz folder
by-hand = Inna droga do wsparcia
by-hand-note = Możesz przekazać zgłoszenie samodzielnie. Stąd nie zostanie przez to wysłane.
save-running = Zapisywanie …
save-done = Zapisano: { $path }
save-gone = Pliku zgłoszenia nie ma albo jest uszkodzony.
save-exists = Plik o tej nazwie już istnieje: wybierz inną.
save-failed = Nie udało się zapisać: { $why }

# Dlaczego się nie udało
why-incomplete = Tytuł lub opis jest pusty.
why-cancelled = Przerwano na Twoje życzenie.
why-residue = Gotowy plik nadal zawierał coś tajnego ({ $rule }) w { $entry }, wiersz { $line }. Dlatego nie powstał.
why-too-large = Z tymi zmianami plik miałby { $size }, a wsparcie przyjmuje { $most }. Pomiń coś albo dodaj mniej.
why-unreadable = Gotowego pliku nie da się odczytać. Sprawdź dysk.
why-full = Skrzynka nadawcza jest pełna niewysłanych zgłoszeń ({ $size }): wyślij lub usuń niektóre w „Moje zgłoszenia”.
why-untrusted = Portal wsparcia nie może udowodnić, że jest właściwy. Czy data i godzina tego komputera są prawidłowe?
why-disk = Dysk odmawia: { $kind }
why-other-consent = Plik zmienił się po wyrażeniu zgody.
why-no-portal = Nie ustawiono portalu wsparcia.
why-other-process = Inny program właśnie wysyła to zgłoszenie.
why-damaged = Zgłoszenie w skrzynce nadawczej jest uszkodzone.
why-unconfirmed = Portal nie potwierdził, że ma cały plik.
why-unreachable = Portal wsparcia jest nieosiągalny. Czy ten komputer ma połączenie z siecią?
why-busy = Portal wsparcia jest zajęty. Spróbuj później.
why-refused = Portal odpowiada: { $hint } ({ $code })
why-not-a-portal = To, co odpowiada pod tym adresem, nie jest portalem wsparcia.
why-died = Praca została przerwana przez błąd programu.

# Dlaczego czegoś nie ma
reason-not-found = nie ma takiego pliku ani folderu
reason-not-allowed = brak uprawnień
reason-full = dysk jest pełny
reason-in-the-way = na przeszkodzie stoi coś innego o tej nazwie
reason-left-out = pominięto na Twoje życzenie
reason-excluded = pominięto zgodnie z ustawieniami
reason-too-old = ostatni zapis jest starszy niż badany czas
