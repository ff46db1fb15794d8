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

# Above every screen: the steps, and what stands beside the way
part-describe = Describe
part-review = Check
part-send = Send
show-ways = Contact
show-reports = My reports
aside-close = Back to the report

# Times
date-time = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
} { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
} { $year }, { $time } ({ $zone })

# The form
unfinished = A report is unfinished since { $at }: “{ $title }”
unfinished-resume = Go on with it
unfinished-discard = Throw it away
details = More details (optional)
priority-suggested = suggested by { $app }
describe-heading = Report a problem with { $app }
describe-intro = The logs are collected for you. In the next step you see everything that would be sent; none of it leaves this computer before you agree.
kind = What is it?
kind-incident = Something does not work
kind-change = I ask for a change
logs-collected = They are collected for you. You see them in the next step. Drop a file here to add it.
when = When did it happen?
when-noticed = { $at }, when the application noticed it
when-now = Just now
when-hour = About an hour ago
when-other = At another time
when-unknown = I do not know
when-time = Date and time, for instance 2026-11-24 15:30, or only 15:30
when-events = The logs have errors at these times. Was it one of them?
when-event-use-label = It happened at { $at }
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

# What is known to be wrong
findings = { $count ->
    [one] The logs show a problem that is known
   *[other] The logs show { $count } problems that are known
}
findings-note = Perhaps you need not wait for an answer. You can send the report all the same.
findings-line = The logs show a known problem: it is described above the priority.
finding-seen = Where it is seen
finding-solved = That solved it
finding-solved-label = That solved it: { $title }
finding-other = It is something else
finding-other-label = It is something else than: { $title }
suggestion = The logs speak for { $priority }, { $category }. { $reason }
suggestion-use = Take this over
solved-heading = Good that it works again
solved-intro = Nothing was sent, and nothing is kept.
solved-back = Report it all the same

# What a priority promises
promise-response = answer: { $length }
promise-workaround = workaround: { $length }
promise-resolution = solution: { $length }
length-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
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
review-entries = Files
review-more-places = and { $count ->
    [one] one more file
   *[other] { $count } more files
}
review-sha256 = With this number you and support can tell that it is the same file: the portal confirms it after sending.
rotate = These secrets stood in files that others may have read. They are hidden in the report, but please replace them:
rotate-key-at = Make a new key at { $venue } and delete the old one. It stood in { $files }.
rotate-key = Make a new key at your exchange and delete the old one. It stood in { $files }.
rotate-wallet = Move what is in the wallet to a new one: its phrase or private key stood in { $files }.
rotate-messenger = Give the bot of your messenger a new token, or the channel a new address. It stood in { $files }.
rotate-password = Change the password. It stood in { $files }.
review-change = Do you want to change anything?
show-balances = Balances and sizes of positions
show-strategy = Numbers of strategies
tier-removed = hidden
tier-bucketed = rounded to a power of ten
tier-full = shown
attach = Add files …
attach-note = Drop files onto this window, or write where one lies. They are cleaned like the logs. Of a picture you decide yourself what is seen; other files that are not text are left out.
attach-choose = Choose files …
attach-no-window = This system offers no window for choosing files: drop them here, or write the path in the next step.
attach-path = Path of a file
attach-button = Add it
attach-undo = Remove
attach-undo-label = Do not add { $name }
hide = Hide a word …
review-changed = Apply your changes first
open-entry = Show
open-entry-label = Show { $name }
take-entry-label = Send { $name }
entry-hidden = { $count } hidden: { $rules }
entry-cut = the last { $kept } of { $whole }
entry-reading = Reading …
entry-empty = The entry is empty.
entry-close = Back to the list
next-hidden = Next hidden value
entry-last-hidden = Nothing is hidden after this page.
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

# A picture before it is added
picture-take = Add a picture of { $app }'s window …
picture-take-note = You see it first, and can black out what nobody should see.
picture-by-hand = To add a picture of { $app }, take one with your system (the key Print or PrtSc, for instance), save it, and drop the file here.
picture-heading = A picture for the report
picture-note = A picture cannot be searched for secrets: look at all of it, and black out what nobody should see. Draw over it with the mouse, or add areas by numbers below. Nobody can bring back what is black.
picture-label = { $name }, { $size }, black areas: { $count }
picture-area = Area { $number }
picture-left = left
picture-top = top
picture-width = width
picture-height = height
picture-cover = Add a black area
picture-uncover-label = Remove area { $number }
picture-use = Use the picture
picture-leave = Do not add it
picture-packing = The picture is being written …
picture-none = This file is no picture that can be shown: a PNG or a JPEG is needed.
picture-unread = The file cannot be read: { $kind }
picture-too-large = The picture is too large: please add a smaller one.
picture-no-window = This system gives no picture of the window. Take one another way, save it, and drop the file here.
entry-picture = A picture: it cannot be searched for secrets
entry-picture-label = { $name }, { $size }

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
sent-clock-ahead = The clock of this computer is { $length } fast. Exchanges refuse orders of a computer whose clock is wrong: please set it.
sent-clock-behind = The clock of this computer is { $length } slow. Exchanges refuse orders of a computer whose clock is wrong: please set it.
status-link = State of the ticket
copy-link = Copy the link
sent-confirmed = The portal confirms the very file that you saw:

# Kept
kept-heading = The report is kept, not yet sent
kept-intro = Nothing is lost: the report waits in the outbox of this computer.
kept-ticket = The ticket { $ticket } is registered already; only the file with the logs is still to come.
bundle-path = The file with the report
copy-path = Copy the path

kept-again = It is sent as soon as it can be: when { $app } is started the next time, or when you try again.
kept-again-at = It is sent as soon as it can be: when { $app } is started the next time, after { $at }, or when you try again.

# Refused and failed
refused-heading = The portal does not take the report
refused-intro = Trying again will not help. Save the file, and send it to support another way.
failed-heading = The report could not be made
failed-intro = Nothing was sent. What you wrote is still there.
leave-out = Leave out { $name } and try again

# Other ways to support
ways-heading = How to reach the support of { $vendor }
way-needs-edition = There is no active { $edition } licence on this computer.
way-no-address = { $vendor } has not given an address here; look at their web page.
way-always = Open day and night.
way-open-until = Open now, until { $at }
way-open-until-here = That is until { $at } where you are
way-opens-at = Closed. Opens { $at }
way-opens-at-here = That is { $at } where you are
way-promise = The promised times of the support plan hold here.
way-no-promise = No guaranteed answer.
way-copy = Copy
way-copy-label = Copy { $address }

# The reports of this computer
reports-heading = My reports
reports-reading = Reading …
reports-none = There are no reports on this computer.
reports-kept-at = Written { $at }
reports-send = Send it now
reports-send-label = Send it now: { $title }
reports-copy-label = Copy the number of { $title }
reports-drop = Remove
reports-drop-label = Remove { $title } from this computer
reports-drop-sure = Really remove it?
reports-drop-sure-label = Really remove { $title }? It cannot be brought back.
reports-dropped = The report is removed from this computer.
reports-sent = The report has arrived: { $ticket }

# A ticket
ticket-open = Ticket and answers
ticket-open-label = Ticket and answers: { $title }
ticket-last-answer = Last answer of support: { $at }
ticket-heading = Ticket { $ticket }
ticket-asking = The portal is asked how it stands …
ticket-registered = Support has it; nobody has answered yet.
ticket-is-open = Support is working on it.
ticket-bundle-refused = The portal could not use the file with the logs: { $why }. Save the file, and send it to support another way.
ticket-waiting = Support asks you something and waits for your answer.
ticket-proposed = Support proposes a solution: does it work?
ticket-closed = It is solved and closed.
ticket-voided = It was taken back, or it is a duplicate of another one.
ticket-other = It is in a state that this version does not know: see its page.
ticket-priority = Priority: { $priority }
ticket-since = With support since { $at }
ticket-closes = If you say nothing, it is taken as solved on { $at }.
keeps-bundles = Support keeps the file with the logs until { $at }.
keeps-words = Support keeps what was written until { $at }.
keeps-erased = Support deleted what was sent on { $at }.
ticket-follow-up = It goes on as ticket { $ticket }:
ticket-silence = Nothing was said yet.
said-by-you = You
said-by-support = Support of { $vendor }
said-by-other = Somebody else
said-question = question
said-workaround = workaround
said-solution = proposed solution
ticket-solved-question = Does it work now?
ticket-text = Your message to support
ticket-needs-text = Please write something first.
ticket-confirm = Yes, it is solved
ticket-confirm-ask = The ticket is closed then. Really solved?
ticket-confirm-yes = Solved, close it
ticket-confirmed = Thank you. The portal has it: solved.
ticket-reject = No, still broken
ticket-write = Send the message
ticket-said = The portal has your message.
ticket-saying = It is being sent …
ticket-withdraw = Take the report back
ticket-withdraw-ask = Support stops working on it and deletes what you sent; it cannot be opened again. Really take it back?
ticket-withdraw-yes = Take it back
ticket-withdrawn = The report is taken back. What is on this computer you can remove in the list.
ticket-no = No
ticket-look = Ask again
ticket-leave = Back to my reports
kept-until = This computer keeps the file that you sent until { $bundle }, and the number of the ticket until { $receipt }.
kept-receipt-until = This computer keeps the number of the ticket until { $receipt }.
state-kept = It waits to be sent.
state-sending = It is being sent: { $done } of { $total }
state-waiting = { $why } It is tried again after { $at }.
state-delivered = The portal has it: { $ticket }

# A copy of the file
save-path = Save a copy as
save-button = Save the file
save-mail = Save as an e-mail
save-mail-done = It is a draft: open it in your mail program, look at the address, and send it there. It is not sent yet.
save-mail-large = Most mail providers refuse a mail of this size: save the file, and pass it on another way.
copy-report = Copy as text
copy-report-done = The text of the report is on the clipboard; the file with the logs is not.
open-mail = Open the draft
open-folder = Open the folder
by-hand = Another way to support
by-hand-note = You can pass the report on yourself. That does not send it from here.
save-running = Saving …
save-done = Saved: { $path }
save-gone = The file of the report is gone or damaged.
save-exists = There is a file of this name already: choose another one.
save-failed = It could not be saved: { $why }

# Why it did not work
why-incomplete = The title or the description is empty.
why-cancelled = You stopped it.
why-residue = The finished file still held something secret ({ $rule }) in { $entry }, line { $line }. Therefore it was not made.
why-too-large = With these changes the file would have { $size }; support takes { $most }. Please leave something out or add less.
why-unreadable = The finished file cannot be read back. Please check the disk.
why-full = Reports that were never sent fill the outbox ({ $size }): send or remove some under “My reports”.
why-untrusted = The support portal cannot prove that it is the right one. Are the date and the time of this computer right?
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
