# Wszystkie słowa pomocnika wokół okna zgłoszenia, po polsku.

helper-title = { $app } – zgłoś problem
helper-plain-title = Zgłoś problem
helper-close = Zamknij
helper-already-open = { $app }: zgłoszenie problemu z tą aplikacją jest już otwarte. Poszukaj jego okna.
helper-bad-settings = Nie można użyć ustawień zgłaszania problemów. Przekaż wsparciu swojej aplikacji tę wiadomość:
helper-resent-sent = { $count ->
    [one] Wysłano teraz jedno wcześniejsze zgłoszenie
    [few] Wysłano teraz { $count } wcześniejsze zgłoszenia
   *[many] Wysłano teraz { $count } wcześniejszych zgłoszeń
}
helper-resent-waiting = Wcześniejsze zgłoszenia nadal czekają: portal nie może ich teraz przyjąć.

# Awaria, prostymi słowami
helper-crashed-at = Program { $app } sam się zatrzymał { $at }. To, co przy tym zanotował, jest dołączone do zgłoszenia; opisz, co było widać.
helper-crashed = Program { $app } ostatnim razem nie zakończył się prawidłowo. Opisz, co było widać.
helper-crashed-title = Nieoczekiwane zatrzymanie: { $app }
helper-crashed-description = Program { $app } sam się zatrzymał. Co działo się tuż przedtem:
helper-crashed-note = Program zanotował: { $note }
helper-found-logs = Logi znaleziono tutaj: { $folders }
