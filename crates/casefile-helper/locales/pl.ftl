# Wszystkie słowa pomocnika wokół okna zgłoszenia, po polsku.

title = { $app } – zgłoś problem
plain-title = Zgłoś problem
close = Zamknij
already-open = { $app }: zgłoszenie problemu z tą aplikacją jest już otwarte. Poszukaj jego okna.
bad-settings = Nie można użyć ustawień zgłaszania problemów. Przekaż wsparciu swojej aplikacji tę wiadomość:
resent-sent = { $count ->
    [one] Wysłano teraz jedno wcześniejsze zgłoszenie
    [few] Wysłano teraz { $count } wcześniejsze zgłoszenia
   *[many] Wysłano teraz { $count } wcześniejszych zgłoszeń
}
resent-waiting = Wcześniejsze zgłoszenia nadal czekają: portal nie może ich teraz przyjąć.

# Awaria, prostymi słowami
crashed-at = Program { $app } sam się zatrzymał { $at }. To, co przy tym zanotował, jest dołączone do zgłoszenia; opisz, co było widać.
crashed = Program { $app } ostatnim razem nie zakończył się prawidłowo. Opisz, co było widać.
crashed-title = Nieoczekiwane zatrzymanie: { $app }
crashed-description = Program { $app } sam się zatrzymał. Co działo się tuż przedtem:
crashed-note = Program zanotował: { $note }
found-logs = Logi znaleziono tutaj: { $folders }
