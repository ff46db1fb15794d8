# Every word that the helper says around the dialog, in English.

title = { $app } – report a problem
plain-title = Report a problem
close = Close
already-open = { $app }: a report of this application is open already. Look for its window.
bad-settings = The settings for problem reports cannot be used. Please tell the support of your application this:
resent-sent = { $count ->
    [one] One earlier report was sent now
   *[other] { $count } earlier reports were sent now
}
resent-waiting = Earlier reports still wait: the portal cannot take them now.

# A crash, in plain words
crashed-at = { $app } stopped by itself on { $at }. What it noted down itself is added to the report; please tell what you saw.
crashed = { $app } did not end as it should the last time. Please tell what you saw.
crashed-title = { $app } stopped unexpectedly
crashed-description = { $app } stopped by itself. What happened just before:
crashed-note = The program noted: { $note }
found-logs = Logs were found here: { $folders }
