# Every word of the dialog in English. The labels of the template, the categories and the priorities come from the
# support plan, the sentences about what is hidden from the rule table of casefile.

# Buttons at the bottom
next = Next
back = Back
close = Close
cancel = Cancel
send = Send
seal-again = Apply changes
retry = Try again
keep-and-close = Keep and close
cancelling = Stopping …

# The form
describe-heading = Report a problem with { $app }
describe-intro = The logs are collected for you. In the next step you see everything that would be sent; nothing leaves this computer before you agree.
kind = What is it?
kind-incident = Something does not work
kind-change = I ask for a change
optional = { $label } (optional)
logs-collected = They are collected for you. You see them in the next step.
when = When did it happen?
when-noticed = { $at }, when the application noticed it
when-now = Just now
when-hour = About an hour ago
when-other = At another time
when-unknown = I do not know
when-time = Date and time, for instance 2026-11-24 15:30
category = What is it about?
contact = How can support reach you? (optional)
contact-note = It goes with the ticket only, never into the file with the logs.
contact-name = Your name
contact-email = E-mail address
complaints = { $count ->
    [one] One field needs your attention
   *[other] { $count } fields need your attention
}
complaint-title = Please give the problem a title.
complaint-description = Please describe what happened.
complaint-time = Please write a date and a time, for instance 2026-11-24 15:30.
complaint-future = This time is still to come.
complaint-email = This is not an e-mail address.

# What a priority promises
promise-response = answer: { $length }
promise-workaround = workaround: { $length }
promise-resolution = solution: { $length }
length-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
length-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
length-office-hours = { $count ->
    [one] 1 office hour
   *[other] { $count } office hours
}
length-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}

# Sealing
sealing-heading = Preparing the report
sealing-intro = Logs and settings are read, and everything secret in them is hidden. Nothing is sent.
step-collecting = Looking for logs and settings
step-sealing = Hiding secrets and packing
step-registering = Registering the ticket
step-sending = Sending
step-done = Done
step-bytes = { $step }: { $done } of { $total }

# What would be sent
review-heading = What will be sent
review-intro = This is all that will be sent, exactly as it is here. Open an entry to read it, untick one to leave it out.
review-reader = Read by: support of { $vendor }, { $portal }
review-no-portal = Read by: support of { $vendor }. No portal is set: the report will be kept on this computer.
review-size = { $count ->
    [one] One entry, { $unpacked }, packed { $packed }
   *[other] { $count } entries, { $unpacked }, packed { $packed }
}
review-hidden = { $count ->
    [0] Nothing had to be hidden
    [one] One value was hidden
   *[other] { $count } values were hidden
}
review-notes = { $count ->
    [one] One thing could not be collected
   *[other] { $count } things could not be collected
}
review-entries = Entries
review-range = { $from }–{ $to } of { $count }
review-changed = Apply your changes first
open-entry = Show
open-entry-label = Show { $name }
take-entry-label = Send { $name }
entry-hidden = { $count } hidden: { $rules }
entry-cut = the last { $kept } of { $whole }
entry-reading = Reading …
entry-empty = The entry is empty.
entry-close = Back to the list
entry-range = From { $from } to { $to }
previous = Previous page
next-page = Next page
hide-word = Hide another word everywhere
hide-note = For instance a name. It is replaced in every entry, also inside other words.
hide-button = Hide it
hide-hidden = Hidden: { $word }
hide-undo = Undo
hide-undo-label = Do not hide { $word }
copy-sha256 = Copy the SHA-256

# Sending
sending-heading = Sending the report
keeping-intro = The report is put into the outbox …
sending-intro = The report is in the outbox of this computer: it is not lost if the connection breaks. You may close this window; what has not arrived by then is sent later.

# Sent
sent-heading = The report has arrived
sent-intro = Support of { $vendor } has your report. Please keep the number of the ticket.
ticket = Ticket
copy-ticket = Copy the number
deadlines = Promised, in your local time
deadline-response = Answer by
deadline-workaround = Workaround by
deadline-resolution = Solution by
status-link = State of the ticket
copy-link = Copy the link
sent-confirmed = The portal confirms the very file that you saw:

# Kept
kept-heading = The report is kept, not yet sent
kept-intro = Nothing is lost: the report waits in the outbox of this computer.
kept-ticket = The ticket { $ticket } is registered already; only the file with the logs is still to come.
bundle-path = The file with the report
copy-path = Copy the path

# Refused and failed
refused-heading = The portal does not take the report
refused-intro = Trying again will not help. Save the file, and send it to support another way.
failed-heading = The report could not be made
failed-intro = Nothing was sent. What you wrote is still there.
leave-out = Leave out { $name } and try again

# A copy of the file
save-path = Save a copy as
save-button = Save
save-running = Saving …
save-done = Saved: { $path }
save-exists = There is a file of this name already: choose another one.
save-failed = It could not be saved: { $why }

# Why it did not work
why-incomplete = The title or the description is empty.
why-cancelled = You stopped it.
why-residue = The finished file still held something secret ({ $rule }) in { $entry }, line { $line }. Therefore it was not made.
why-unreadable = The finished file cannot be read back. Please check the disk.
why-disk = The disk refuses: { $kind }
why-other-consent = The file changed after you agreed.
why-no-portal = No support portal is set.
why-other-process = Another program is sending this report right now.
why-damaged = The report in the outbox is damaged.
why-unconfirmed = The portal did not confirm that it has the whole file.
why-unreachable = The support portal cannot be reached. Is this computer online?
why-busy = The support portal is busy. Please try again later.
why-refused = The portal says: { $hint } ({ $code })
why-not-a-portal = What answers at this address is not a support portal.
why-died = The work broke off because of a mistake in the program.

# Why something is not there
reason-not-found = it is not there
reason-not-allowed = no permission
reason-full = the disk is full
reason-in-the-way = something else of this name is in the way
reason-left-out = you left it out
reason-excluded = excluded by the settings
reason-too-old = last written before the time in question
