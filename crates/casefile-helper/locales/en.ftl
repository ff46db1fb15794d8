# Every word that the helper says around the dialog, in English.

helper-title = { $app } – report a problem
helper-plain-title = Report a problem
helper-close = Close
helper-already-open = { $app }: a report of this application is open already. Look for its window.
helper-bad-settings = The settings for problem reports cannot be used. Please tell the support of your application this:
helper-resent-sent = { $count ->
    [one] One earlier report was sent now
   *[other] { $count } earlier reports were sent now
}
helper-resent-waiting = Earlier reports still wait: the portal cannot take them now.

# A crash, in plain words
helper-crashed-at = { $app } stopped by itself on { $at }. What it noted down itself is added to the report; please tell what you saw.
helper-crashed = { $app } did not end as it should the last time. Please tell what you saw.
helper-crashed-title = { $app } stopped unexpectedly
helper-crashed-description = { $app } stopped by itself. What happened just before:
helper-crashed-note = The program noted: { $note }
helper-found-logs = Logs were found here: { $folders }
