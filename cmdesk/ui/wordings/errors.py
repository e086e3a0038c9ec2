"""Says for every code of the error tree what happened, what is safe, and what to do next."""

from collections.abc import Mapping
from types import MappingProxyType

from cmdesk.ui.wordings import QT_TRANSLATE_NOOP

#: By ``CmdeskError.code``. Placeholders are parameters of the error; a missing one reads as an ellipsis.
ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "error": QT_TRANSLATE_NOOP(
            "Wording",
            "Something went wrong that cmdesk has no words for. What you wrote is kept. Try again, and note this code: {code}.",
        ),
        "environment": QT_TRANSLATE_NOOP(
            "Wording", "This computer could not do it just now. What you wrote is kept. Try again in a moment."
        ),
        "checker_broken": QT_TRANSLATE_NOOP(
            "Wording",
            "Nobody could read this text for mistakes just now. What you wrote is kept, and nothing is underlined. It is tried again with the next change.",
        ),
        "engine_stopped": QT_TRANSLATE_NOOP(
            "Wording", "cmdesk is closing, so this was not started. Nothing was sent. Open cmdesk again to carry on."
        ),
        "engine_started_twice": QT_TRANSLATE_NOOP(
            "Wording", "cmdesk tried to start its engine twice. Nothing was sent. Close cmdesk and open it again."
        ),
        "store": QT_TRANSLATE_NOOP(
            "Wording", "This client’s file could not be read or written. What is on the screen is kept. Try again in a moment."
        ),
        "closed": QT_TRANSLATE_NOOP(
            "Wording", "This client’s file is closed already. Nothing was changed. Open the client again to carry on."
        ),
        "database_damaged": QT_TRANSLATE_NOOP(
            "Wording",
            "This client’s file is damaged. It was left as it is, and the other clients work. Restore one of its backups in Preferences.",
        ),
        "database_newer": QT_TRANSLATE_NOOP(
            "Wording", "A later version of cmdesk wrote this client’s file. It was left untouched. Update cmdesk to open it."
        ),
        "database_busy": QT_TRANSLATE_NOOP(
            "Wording",
            "Another program is holding this client’s file. Nothing is lost. Close the other program, or wait a moment, and try again.",
        ),
        "disk_full": QT_TRANSLATE_NOOP(
            "Wording",
            "The disk is full, so nothing more can be saved. Your text stays on the screen. Free some space, then save again.",
        ),
        "read_only": QT_TRANSLATE_NOOP(
            "Wording",
            "This client’s folder cannot be written to. Your text stays on the screen. Allow writing to the folder, then save again.",
        ),
        "draft_damaged": QT_TRANSLATE_NOOP(
            "Wording",
            "The words of this post are not what was saved: the disk was damaged. The last good version is kept. "
            "Restore it, or write the post again.",
        ),
        "not_a_client_file": QT_TRANSLATE_NOOP(
            "Wording", "This file does not belong to cmdesk. It was left untouched. Choose another one."
        ),
        "vault": QT_TRANSLATE_NOOP(
            "Wording", "The system’s keyring could not be used. Nothing was sent. Unlock it, then try again."
        ),
        "no_keyring": QT_TRANSLATE_NOOP(
            "Wording",
            "No safe keyring was found on this computer. Your drafts and messages work. "
            "Install or start a keyring to keep accounts linked.",
        ),
        "keyring_locked": QT_TRANSLATE_NOOP(
            "Wording",
            "The system’s keyring is locked, so the account’s key cannot be read. Nothing was sent. Unlock it, then try again.",
        ),
        "keyring_denied": QT_TRANSLATE_NOOP(
            "Wording", "The system’s keyring refused to answer. Nothing was sent. Allow cmdesk in the keyring, then try again."
        ),
        "keyring_slow": QT_TRANSLATE_NOOP(
            "Wording", "The system’s keyring did not answer in time. Nothing was sent. Look for its window, then try again."
        ),
        "secret_missing": QT_TRANSLATE_NOOP(
            "Wording", "The key of this account is not on this computer. Nothing was sent. Link the account again in Accounts."
        ),
        "secret_changed": QT_TRANSLATE_NOOP(
            "Wording",
            "The key of this account is another one than a moment ago. It was not used and nothing was sent. "
            "cmdesk asks the network first who it belongs to; try again.",
        ),
        "secret_damaged": QT_TRANSLATE_NOOP(
            "Wording",
            "The key of this account is not whole. It was not used and nothing was sent. Link the account again in Accounts.",
        ),
        "network": QT_TRANSLATE_NOOP(
            "Wording", "The network could not be reached properly. What you wrote is kept. Try again in a moment."
        ),
        "login_refused": QT_TRANSLATE_NOOP(
            "Wording", "The login came to nothing. Nothing has changed. Start again when you are ready."
        ),
        "no_network": QT_TRANSLATE_NOOP(
            "Wording",
            "There is no connection right now. Nothing was sent, and what is planned will go out once there is a network.",
        ),
        "host_refused": QT_TRANSLATE_NOOP(
            "Wording",
            "cmdesk does not connect to {host}: the address is private or not allowed. Nothing was sent. Check the server’s address.",
        ),
        "tls_refused": QT_TRANSLATE_NOOP(
            "Wording",
            "The server could not prove who it is, so the connection was cut. Nothing was sent. Try again later or ask the server’s people.",
        ),
        "timed_out": QT_TRANSLATE_NOOP(
            "Wording",
            "The server did not answer in time. cmdesk sends nothing a second time by itself. Look at the account, then decide.",
        ),
        "answer_unreadable": QT_TRANSLATE_NOOP(
            "Wording",
            "The server answered something that cannot be understood. cmdesk sends nothing a second time by itself. "
            "Look at the account, then decide.",
        ),
        "answer_too_large": QT_TRANSLATE_NOOP(
            "Wording", "The server’s answer was too large and was not read. Nothing here has changed. Try again later."
        ),
        "redirect_refused": QT_TRANSLATE_NOOP(
            "Wording",
            "The server wanted to send cmdesk to another address, and it did not follow. Check the server’s address in Accounts.",
        ),
        "rate_limited": QT_TRANSLATE_NOOP(
            "Wording", "The network asks us to slow down. Nothing is lost, and cmdesk goes on by itself once it may."
        ),
        "auth_expired": QT_TRANSLATE_NOOP(
            "Wording", "The access to this account has run out. Nothing was sent. Link the account again in Accounts."
        ),
        "auth_revoked": QT_TRANSLATE_NOOP(
            "Wording",
            "The network no longer accepts the key of this account. Nothing was sent. Link the account again in Accounts.",
        ),
        "scope_missing": QT_TRANSLATE_NOOP(
            "Wording",
            "The access to this account does not cover this action. Nothing was sent. Link the account again and allow everything asked.",
        ),
        "wrong_identity": QT_TRANSLATE_NOOP(
            "Wording",
            "The network says this is {found}, but {expected} was expected. Nothing was sent and the account is frozen. "
            "Link it again as {expected}.",
        ),
        "refused_by_network": QT_TRANSLATE_NOOP(
            "Wording", "The network said no (code {status}): {detail}. Nothing went out. Change the post, then try again."
        ),
        "gone_on_network": QT_TRANSLATE_NOOP(
            "Wording", "This is no longer on the network. What is stored here stays. There is nothing to do."
        ),
        "server_trouble": QT_TRANSLATE_NOOP(
            "Wording", "The network’s own server has trouble. cmdesk sends nothing a second time by itself. Try again later."
        ),
        "not_sent": QT_TRANSLATE_NOOP(
            "Wording", "Nothing reached the network, for certain. It stays planned and cmdesk tries again."
        ),
        "user": QT_TRANSLATE_NOOP("Wording", "This cannot be done as asked. Nothing has changed. Check what was entered."),
        "no_display": QT_TRANSLATE_NOOP(
            "Wording", "There is no screen here to show a window on. The command line of cmdesk works without one."
        ),
        "bad_input": QT_TRANSLATE_NOOP("Wording", "This value cannot be used. Nothing has changed. Check it and try again."),
        "name_taken": QT_TRANSLATE_NOOP(
            "Wording", "Another client is called “{name}” already. Nothing has changed. Choose another name."
        ),
        "not_found": QT_TRANSLATE_NOOP(
            "Wording", "This is not here any more: it may have been removed meanwhile. Nothing else has changed."
        ),
        "ambiguous": QT_TRANSLATE_NOOP(
            "Wording", "More than one is called “{name}”. Nothing has changed. Say which one you mean."
        ),
        "not_allowed": QT_TRANSLATE_NOOP(
            "Wording",
            "This moved on in the meantime, so it cannot be done any more. Nothing has changed. Look at where it stands now.",
        ),
        "wrong_client": QT_TRANSLATE_NOOP(
            "Wording",
            "This belongs to another client, so cmdesk did not do it. Nothing has changed. Open the right client first.",
        ),
        "stale_revision": QT_TRANSLATE_NOOP(
            "Wording", "This post was changed somewhere else. Both versions are kept. Choose which one goes on."
        ),
        "blocked_by_problems": QT_TRANSLATE_NOOP(
            "Wording", "This post cannot go out yet. Nothing was planned. Mend what is listed, then try again."
        ),
    }
)

#: By (code, reason), where one code has reasons that ask for different steps.
REASONS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("login_refused", "denied"): QT_TRANSLATE_NOOP(
            "Wording", "The server’s page says no: access was not given. Nothing has changed. Start again to allow it."
        ),
        ("login_refused", "timeout"): QT_TRANSLATE_NOOP(
            "Wording", "Nobody answered in the browser in time. Nothing has changed. Start again when you are ready."
        ),
        ("login_refused", "closed"): QT_TRANSLATE_NOOP(
            "Wording", "The login was stopped. Nothing has changed. Start again when you are ready."
        ),
        ("login_refused", "wrong_issuer"): QT_TRANSLATE_NOOP(
            "Wording",
            "Another server answered than the one asked, so the login was stopped. Nothing has changed. Check the server’s address.",
        ),
    }
)

_BROKEN_ARCHIVE = QT_TRANSLATE_NOOP(
    "Wording", "This archive is not whole, or somebody altered it. Nothing was brought in. Ask for a new copy."
)

#: What is wrong with a value, by (field, reason) of BadInput; ("", reason) holds for every field.
INPUTS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("any", "too_many"): QT_TRANSLATE_NOOP(
            "Wording", "These are too many at once. Do it in smaller groups; nothing was changed."
        ),
        ("email", "not_an_address"): QT_TRANSLATE_NOOP(
            "Wording", "“{given}” is no e-mail address. It looks like name@example.org."
        ),
        ("file", "exists"): QT_TRANSLATE_NOOP(
            "Wording", "There is a file called {given} already. Nothing was written. Choose another name."
        ),
        ("label", "not_a_label"): QT_TRANSLATE_NOOP(
            "Wording", "“{given}” is no label: one line, without commas or quotation marks."
        ),
        ("media", "too_many"): QT_TRANSLATE_NOOP("Wording", "These are too many files at once. Nothing was added. Take fewer."),
        ("mood", "uncertain"): QT_TRANSLATE_NOOP(
            "Wording", "Say a mood: that it is uncertain teaches nothing. Nothing was changed."
        ),
        ("picture", "damaged"): QT_TRANSLATE_NOOP("Wording", "This picture cannot be read. Nothing was kept. Take it again."),
        ("policy", "no_measure"): QT_TRANSLATE_NOOP("Wording", "The rule “{given}” of the policy needs at least one measure."),
        ("policy", "twice"): QT_TRANSLATE_NOOP("Wording", "Two rules of the policy are called “{given}”. Give one another name."),
        ("rule", "empty_word"): QT_TRANSLATE_NOOP("Wording", "One of the words is empty, or only a star. Write it out."),
        ("rule", "no_action"): QT_TRANSLATE_NOOP("Wording", "The rule does nothing yet. Say what is done when it holds."),
        ("rule", "no_condition"): QT_TRANSLATE_NOOP(
            "Wording", "The rule would hold for every message. Say at least one condition."
        ),
        ("rule", "not_a_value"): QT_TRANSLATE_NOOP(
            "Wording", "“{given}” does not fit what the rule is to do. Choose another value."
        ),
        ("rule", "out_of_range"): QT_TRANSLATE_NOOP(
            "Wording", "“{given}” is too much or too little for the rule. Choose another value."
        ),
        ("rule", "too_many_actions"): QT_TRANSLATE_NOOP("Wording", "A rule does at most six things. Make two rules of it."),
        ("endpoint", "not_an_address"): QT_TRANSLATE_NOOP(
            "Wording", "This is no address of a writing server. It looks like http://127.0.0.1:11434/v1."
        ),
        ("endpoint", "not_https"): QT_TRANSLATE_NOOP(
            "Wording", "A server elsewhere is asked over https only, or others could read along. Begin the address with https://."
        ),
        ("endpoint", "model"): QT_TRANSLATE_NOOP("Wording", "Name the model that the server should use."),
        ("endpoint", "off"): QT_TRANSLATE_NOOP(
            "Wording", "No writing server is switched on. Choose one in the preferences, if you want proposals."
        ),
        ("text", "sensitive"): QT_TRANSLATE_NOOP(
            "Wording", "This is marked as sensitive, so it is not sent to the writing server."
        ),
        ("text", "too_large"): QT_TRANSLATE_NOOP(
            "Wording", "This text is too long to be read at once. Shorten it, or try a part of it."
        ),
        ("words", "too_many"): QT_TRANSLATE_NOOP(
            "Wording", "There are too many words on this list. Take some away, then add this one."
        ),
        ("live", "visibility"): QT_TRANSLATE_NOOP("Wording", "Who may see a live post cannot be changed. Nothing was sent."),
        ("live", "poll"): QT_TRANSLATE_NOOP("Wording", "The poll of a live post cannot be changed. Nothing was sent."),
        ("live", "media"): QT_TRANSLATE_NOOP("Wording", "The pictures of a live post cannot be changed. Nothing was sent."),
        ("live", "parts"): QT_TRANSLATE_NOOP("Wording", "A live thread keeps its number of parts. Nothing was sent."),
        ("live", "not_meant"): QT_TRANSLATE_NOOP("Wording", "The post is no longer meant for this account. Nothing was sent."),
        ("", "empty"): QT_TRANSLATE_NOOP("Wording", "This is empty. Write something first."),
        ("", "unknown"): QT_TRANSLATE_NOOP("Wording", "“{given}” is not known here. Choose one from the list."),
        ("", "too_long"): QT_TRANSLATE_NOOP("Wording", "This is too long: {limit} characters at most."),
        ("name", "empty"): QT_TRANSLATE_NOOP("Wording", "A client needs a name. Write one."),
        ("name", "too_long"): QT_TRANSLATE_NOOP("Wording", "This name is too long: {limit} characters at most."),
        ("name", "control_characters"): QT_TRANSLATE_NOOP(
            "Wording", "This name has characters that cannot be seen. Type it instead of pasting it."
        ),
        ("name", "no_letter"): QT_TRANSLATE_NOOP("Wording", "A name needs at least one letter or digit."),
        ("timezone", "unknown"): QT_TRANSLATE_NOOP("Wording", "There is no time zone “{given}”. Choose one from the list."),
        ("colour", "unknown"): QT_TRANSLATE_NOOP("Wording", "There is no colour “{given}”. Choose one of the twelve."),
        ("language", "unknown"): QT_TRANSLATE_NOOP("Wording", "“{given}” is not one of the languages. Choose one from the list."),
        ("time", "past"): QT_TRANSLATE_NOOP("Wording", "This time has passed. Nothing was planned. Choose a later one."),
        ("time", "not_a_time"): QT_TRANSLATE_NOOP(
            "Wording", "This does not read as a date and a time. Write it like “tomorrow 9:00”."
        ),
        ("time", "no_such_time"): QT_TRANSLATE_NOOP("Wording", "There is no such date. Check the day and the month."),
        ("time", "has_zone"): QT_TRANSLATE_NOOP("Wording", "Write the time without a zone: it is the client’s own."),
        ("time", "out_of_range"): QT_TRANSLATE_NOOP("Wording", "This date is too far away. Choose a nearer one."),
        ("id", "not_an_id"): QT_TRANSLATE_NOOP("Wording", "“{given}” is not a reference of cmdesk. Copy it again whole."),
        ("id", "wrong_kind"): QT_TRANSLATE_NOOP(
            "Wording", "“{given}” refers to another kind of thing. Copy the right reference."
        ),
        ("server", "empty"): QT_TRANSLATE_NOOP("Wording", "Write the server’s address, such as mastodon.quebec."),
        ("server", "not_a_server"): QT_TRANSLATE_NOOP(
            "Wording", "“{given}” does not read as a server’s address. Write only its name."
        ),
        ("server", "not_https"): QT_TRANSLATE_NOOP(
            "Wording", "cmdesk only speaks to servers over https. Write the address without http."
        ),
        ("server", "address"): QT_TRANSLATE_NOOP(
            "Wording", "This is a private or numeric address. Write the server’s name, or allow private addresses for it."
        ),
        ("server", "unwanted"): QT_TRANSLATE_NOOP("Wording", "This network has no server to choose here. Leave the field empty."),
        ("link", "no_page"): QT_TRANSLATE_NOOP("Wording", "This link leads to no page, so the post goes without a card for it."),
        ("agent", "unwritable_name"): QT_TRANSLATE_NOOP(
            "Wording", "The system’s file cannot hold this name: {given}. Move the folder to one without such characters."
        ),
        ("handle", "empty"): QT_TRANSLATE_NOOP("Wording", "Write your handle, such as rosa.bsky.social."),
        ("handle", "not_a_handle"): QT_TRANSLATE_NOOP(
            "Wording", "“{given}” does not read as a handle. It looks like rosa.bsky.social."
        ),
        ("handle", "unknown"): QT_TRANSLATE_NOOP("Wording", "Nobody is called “{given}” on Bluesky. Check the handle."),
        ("handle", "not_claimed"): QT_TRANSLATE_NOOP(
            "Wording", "The account behind “{given}” does not use this handle. Ask whoever looks after the account."
        ),
        ("password", "empty"): QT_TRANSLATE_NOOP("Wording", "Paste the app password from Bluesky’s settings."),
        ("password", "not_a_password"): QT_TRANSLATE_NOOP(
            "Wording", "This does not read as an app password. Copy it again whole."
        ),
        ("password", "refused"): QT_TRANSLATE_NOOP(
            "Wording", "Bluesky does not accept this handle with this app password. Check both, or make a new app password."
        ),
        ("password", "second_factor"): QT_TRANSLATE_NOOP(
            "Wording",
            "This is the account’s own password, and the account asks for a code by e-mail. Make an app password and use that one.",
        ),
        ("client", "exists"): QT_TRANSLATE_NOOP("Wording", "“{name}” is on this desk already. Nothing was brought in twice."),
        ("name", "not_the_name"): QT_TRANSLATE_NOOP(
            "Wording", "This is not the client’s name. Nothing was erased. Type the name exactly."
        ),
        ("path", "exists"): QT_TRANSLATE_NOOP(
            "Wording", "There is a file with this name already. It was left untouched. Choose another name."
        ),
        ("token", "not_a_token"): QT_TRANSLATE_NOOP("Wording", "This does not read as a key. Copy the whole key again."),
        ("until", "past"): QT_TRANSLATE_NOOP("Wording", "This time has passed. Choose a later one."),
        ("until", "missing"): QT_TRANSLATE_NOOP("Wording", "Choose until when."),
        ("until", "not_snoozed"): QT_TRANSLATE_NOOP("Wording", "Only a snoozed message has a time. Nothing has changed."),
        ("media", "no_picture"): QT_TRANSLATE_NOOP(
            "Wording", "No small picture can be made of this file. The file itself is kept."
        ),
        ("media", "unreadable"): QT_TRANSLATE_NOOP(
            "Wording", "This file cannot be read. Check its rights, or choose another one."
        ),
        ("code", "not_a_code"): QT_TRANSLATE_NOOP("Wording", "This does not read as a code. Copy the whole code the page shows."),
        ("code", "refused"): QT_TRANSLATE_NOOP(
            "Wording", "The server does not take this code. Ask for a new one and paste it at once."
        ),
        ("quiet", "not_a_span"): QT_TRANSLATE_NOOP("Wording", "Write quiet hours like “22:00-07:00”."),
        ("quiet", "empty"): QT_TRANSLATE_NOOP("Wording", "Quiet hours that begin and end at the same time are none."),
        ("note", "too_long"): QT_TRANSLATE_NOOP("Wording", "The note is too long. {limit} characters fit."),
        ("note", "control_characters"): QT_TRANSLATE_NOOP("Wording", "The note holds characters that cannot be shown."),
        ("rule", "not_a_rule"): QT_TRANSLATE_NOOP(
            "Wording", "This does not read as a rule for repeating. Choose one from the list."
        ),
        ("rule", "not_for_posts"): QT_TRANSLATE_NOOP(
            "Wording", "A post repeats by days, weeks, months or years. Choose one of them."
        ),
        ("rule", "two_ends"): QT_TRANSLATE_NOOP("Wording", "Choose either a last day or a number of times, not both."),
        ("accounts", "ambiguous"): QT_TRANSLATE_NOOP(
            "Wording", "More than one account is called “{given}”. Write its whole handle."
        ),
        ("", "control_characters"): QT_TRANSLATE_NOOP(
            "Wording", "There are characters here that cannot be shown. Write it again."
        ),
        ("caldav", "missing"): QT_TRANSLATE_NOOP("Wording", "Write the address of the calendar, the user name and the password."),
        ("date", "missing"): QT_TRANSLATE_NOOP("Wording", "The day is missing."),
        ("date", "not_a_day"): QT_TRANSLATE_NOOP("Wording", "“{given}” does not read as a day."),
        ("date", "out_of_range"): QT_TRANSLATE_NOOP("Wording", "This day is too far away."),
        ("day", "order"): QT_TRANSLATE_NOOP("Wording", "The last day lies before the first. Choose a later one."),
        ("day", "too_many"): QT_TRANSLATE_NOOP("Wording", "These are too many days at once. Choose fewer."),
        ("days_off", "not_a_day"): QT_TRANSLATE_NOOP(
            "Wording", "“{given}” does not read as a day off. Write it like 2026-12-24 or 2026-12-24..2027-01-04."
        ),
        ("days_off", "order"): QT_TRANSLATE_NOOP("Wording", "The last day off lies before the first, or too far after it."),
        ("distance", "out_of_range"): QT_TRANSLATE_NOOP("Wording", "Choose a number of minutes between 0 and a day."),
        ("file", "errors"): QT_TRANSLATE_NOOP(
            "Wording", "{number} lines of this file are wrong, so nothing was brought in. Mend them and try again."
        ),
        ("file", "line_too_long"): QT_TRANSLATE_NOOP(
            "Wording", "A line of this file is longer than any calendar’s. Nothing was brought in."
        ),
        ("file", "no_columns"): QT_TRANSLATE_NOOP(
            "Wording", "This table has no headings. Add a first row that names its columns."
        ),
        ("file", "not_a_calendar"): QT_TRANSLATE_NOOP("Wording", "This file is no calendar. Choose one that ends in .ics."),
        ("file", "not_a_table"): QT_TRANSLATE_NOOP("Wording", "This file is no table that can be read. Save it as CSV."),
        ("file", "not_found"): QT_TRANSLATE_NOOP("Wording", "This file is not there, or may not be read."),
        ("file", "not_ics"): QT_TRANSLATE_NOOP("Wording", "The name of a kept calendar ends in .ics. Choose another name."),
        ("file", "not_text"): QT_TRANSLATE_NOOP("Wording", "This file holds no text that can be read."),
        ("file", "too_deep"): QT_TRANSLATE_NOOP(
            "Wording", "This file is built too deeply to be a calendar. Nothing was brought in."
        ),
        ("file", "too_large"): QT_TRANSLATE_NOOP("Wording", "This file is too large for a calendar. Nothing was brought in."),
        ("file", "too_many"): QT_TRANSLATE_NOOP(
            "Wording", "This file holds more than {limit} entries. Divide it, and bring in one part after the other."
        ),
        ("hours", "never_open"): QT_TRANSLATE_NOOP(
            "Wording", "With these hours nobody would ever be there. Write at least one day."
        ),
        ("hours", "not_a_day"): QT_TRANSLATE_NOOP(
            "Wording", "“{given}” does not read as days of the week. Write mon-fri or lun-ven."
        ),
        ("hours", "not_hours"): QT_TRANSLATE_NOOP("Wording", "Write hours like “mon-fri 9:00-17:00; sat 10:00-14:00”."),
        ("mapping", "no_text"): QT_TRANSLATE_NOOP("Wording", "No column holds the text. Say which one does."),
        ("promise", "out_of_range"): QT_TRANSLATE_NOOP("Wording", "Choose a time of at most four weeks of opening hours."),
        ("rule", "never"): QT_TRANSLATE_NOOP("Wording", "This rule never comes to a day. Choose another one."),
        ("rule", "not_a_date"): QT_TRANSLATE_NOOP(
            "Wording", "“{given}” does not read as a date of every year. Write it like 06-24."
        ),
        ("share", "out_of_range"): QT_TRANSLATE_NOOP("Wording", "Choose a share between 0 and 100 percent."),
        ("slots", "not_slots"): QT_TRANSLATE_NOOP("Wording", "Write slots like “mon-fri 9:00, 12:30; sat 10:00”."),
        ("slots", "too_many"): QT_TRANSLATE_NOOP("Wording", "An account has no more than {limit} slots in a week."),
        ("uid", "twice"): QT_TRANSLATE_NOOP("Wording", "This entry is in the file twice."),
        ("grace", "out_of_range"): QT_TRANSLATE_NOOP("Wording", "Choose a number of minutes between 0 and a day."),
        ("media", "no_id"): QT_TRANSLATE_NOOP("Wording", "This file is not one of this client’s. Add it again."),
        ("media", "not_inside"): QT_TRANSLATE_NOOP(
            "Wording", "This file lies outside the client’s folder, so it was not used. Add it again."
        ),
        ("network", "no_practice"): QT_TRANSLATE_NOOP("Wording", "The practice network is not open here. Start it first."),
        ("post", "no_id"): QT_TRANSLATE_NOOP("Wording", "This post is not here any more. Nothing else has changed."),
        ("url", "not_an_address"): QT_TRANSLATE_NOOP(
            "Wording", "This does not read as a link. Copy it from the browser’s address bar."
        ),
        ("media", "unknown_type"): QT_TRANSLATE_NOOP(
            "Wording", "This file is no picture or video that cmdesk knows. Choose another one."
        ),
        ("media", "not_found"): QT_TRANSLATE_NOOP("Wording", "This file is not there any more. Choose another one."),
        ("media", "not_a_file"): QT_TRANSLATE_NOOP("Wording", "This is a folder, not a file. Choose a picture or a video."),
        ("media", "too_many_pixels"): QT_TRANSLATE_NOOP(
            "Wording", "This picture has too many pixels. Make it smaller and add it again."
        ),
        ("media", "too_slow"): QT_TRANSLATE_NOOP(
            "Wording", "Reading this file took too long, so it was left out. Try again, or use another one."
        ),
        ("accounts", "empty"): QT_TRANSLATE_NOOP("Wording", "No account is chosen. Choose at least one."),
        ("visibility", "wider"): QT_TRANSLATE_NOOP(
            "Wording",
            "The answer would be seen by more people than the message was. Nothing was sent. Choose a narrower visibility.",
        ),
        ("media", "empty"): QT_TRANSLATE_NOOP("Wording", "This file is empty. Choose another one."),
        ("media", "too_large"): QT_TRANSLATE_NOOP("Wording", "This file is too large. Choose a smaller one."),
        ("media", "damaged"): QT_TRANSLATE_NOOP(
            "Wording", "This file cannot be read. Check that it opens elsewhere, or choose another one."
        ),
        ("name", "too_many"): QT_TRANSLATE_NOOP(
            "Wording", "The keyring holds too many entries for this account. Unlink it, then link it again."
        ),
        ("", "bad_characters"): QT_TRANSLATE_NOOP(
            "Wording", "There are characters in it that cannot be used here. Type it with plain letters and digits."
        ),
        ("archive", "not_a_file"): QT_TRANSLATE_NOOP("Wording", "This is no file that can be read. Choose the archive itself."),
        ("archive", "not_an_archive"): QT_TRANSLATE_NOOP(
            "Wording", "This file is no archive of cmdesk, or not all of it is there. Copy it again, or choose another one."
        ),
        ("archive", "newer"): QT_TRANSLATE_NOOP(
            "Wording", "A later version of cmdesk made this archive. Nothing was brought in. Update cmdesk to open it."
        ),
        ("archive", "too_large"): QT_TRANSLATE_NOOP(
            "Wording", "This archive is larger than any client can be. Nothing was brought in. Choose another one."
        ),
        ("archive", "encrypted"): QT_TRANSLATE_NOOP(
            "Wording", "This archive is locked with a password. Nothing was brought in. Unlock it first, or choose another one."
        ),
        ("archive", "altered"): _BROKEN_ARCHIVE,
        ("archive", "bomb"): _BROKEN_ARCHIVE,
        ("archive", "bad_client_id"): _BROKEN_ARCHIVE,
        ("archive", "no_manifest"): _BROKEN_ARCHIVE,
        ("archive", "bad_manifest"): _BROKEN_ARCHIVE,
        ("archive", "not_a_client"): _BROKEN_ARCHIVE,
        ("archive", "too_many_files"): _BROKEN_ARCHIVE,
        ("archive", "double_name"): _BROKEN_ARCHIVE,
        ("archive", "no_database"): _BROKEN_ARCHIVE,
        ("archive", "bad_name"): _BROKEN_ARCHIVE,
        ("archive", "not_as_promised"): _BROKEN_ARCHIVE,
        ("archive", "not_a_plain_file"): _BROKEN_ARCHIVE,
    }
)
