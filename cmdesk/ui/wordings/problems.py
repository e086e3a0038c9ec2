"""Says for every problem of a draft, or of a network's answer, what is wrong and how it is mended."""

from collections.abc import Mapping
from types import MappingProxyType

from cmdesk.ui.wordings import QT_TRANSLATE_NOOP

#: By ``Problem.code``. Placeholders are the problem's parameters; sizes and lengths of time arrive as words.
PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "empty": QT_TRANSLATE_NOOP("Wording", "There is nothing to publish yet. Write something, or add a picture."),
        "answer_gone": QT_TRANSLATE_NOOP(
            "Wording", "The message it answers is gone from the network. Send it all the same, or drop it."
        ),
        "answer_edited": QT_TRANSLATE_NOOP(
            "Wording", "The message it answers was edited after you wrote. Read it again, then send, change or drop your answer."
        ),
        "answer_settled": QT_TRANSLATE_NOOP(
            "Wording", "Somebody has answered in this account’s name since you wrote. Look at the conversation before you send."
        ),
        "answer_window": QT_TRANSLATE_NOOP(
            "Wording", "The network takes answers for {hours} hours only, and they are over. Nothing went out."
        ),
        "answer_renamed": QT_TRANSLATE_NOOP(
            "Wording",
            "The person you answer now goes by @{handle}, so your answer may not reach them. Look at it before you send.",
        ),
        "too_long": QT_TRANSLATE_NOOP(
            "Wording", "{over} characters too long: {count} of {limit}. Shorten it, or split it with a line of three dashes."
        ),
        "too_many_bytes": QT_TRANSLATE_NOOP(
            "Wording", "{over} bytes too many: {count} of {limit}. Emoji and accents need several each. Shorten it."
        ),
        "other_client_handle": QT_TRANSLATE_NOOP("Wording", "{words} is an account of {client}, another client."),
        "other_client_link": QT_TRANSLATE_NOOP("Wording", "Links to {words} are those of {client}, another client."),
        "other_client_hashtag": QT_TRANSLATE_NOOP("Wording", "{words} is a hashtag of {client}, another client."),
        "other_client_word": QT_TRANSLATE_NOOP("Wording", "“{words}” belongs to {client}, another client."),
        "other_client_media": QT_TRANSLATE_NOOP(
            "Wording", "One of these files is in the folder of {client}, another client, too."
        ),
        "clock_gap": QT_TRANSLATE_NOOP("Wording", "The clocks jump forward over this hour that day. It goes out when they have."),
        "clock_fold": QT_TRANSLATE_NOOP(
            "Wording", "The clocks go back that day, so this hour comes twice. The first one is meant."
        ),
        "quiet_hours": QT_TRANSLATE_NOOP("Wording", "This lies in the client’s quiet hours."),
        "slot_taken": QT_TRANSLATE_NOOP("Wording", "Another post of this account goes out at this very time."),
        "too_close": QT_TRANSLATE_NOOP("Wording", "Another post of this account goes out {minutes} minutes away."),
        "same_text": QT_TRANSLATE_NOOP("Wording", "This account says the same words in another post of these weeks."),
        "warning_not_supported": QT_TRANSLATE_NOOP(
            "Wording", "This network puts no words before a post. Write the warning into the text, or remove it for this account."
        ),
        "quote_not_supported": QT_TRANSLATE_NOOP(
            "Wording", "This network shows no post inside another. Put the link into the text, or leave this account out."
        ),
        "quote_address": QT_TRANSLATE_NOOP("Wording", "The post to quote needs its whole address, such as https://…"),
        "quote_gone": QT_TRANSLATE_NOOP(
            "Wording", "The post to quote cannot be found on the network: {address}. Nothing went out. Look at its address."
        ),
        "gate_not_supported": QT_TRANSLATE_NOOP(
            "Wording", "On this network everybody may answer and quote, whatever is chosen here."
        ),
        "gate_on_reply": QT_TRANSLATE_NOOP(
            "Wording", "Who may answer is chosen by whoever began the conversation, so here it changes nothing."
        ),
        "labels_not_supported": QT_TRANSLATE_NOOP(
            "Wording", "This network knows no content labels. What they warn of is marked as sensitive there."
        ),
        "too_many_labels": QT_TRANSLATE_NOOP("Wording", "{count} labels are too many: {limit} fit. Remove some."),
        "label_words": QT_TRANSLATE_NOOP(
            "Wording", "“{label}” is no label: letters, digits and hyphens only. Write it otherwise."
        ),
        "too_many_languages": QT_TRANSLATE_NOOP(
            "Wording", "{count} languages are too many: a post speaks {limit} at most. Remove some."
        ),
        "media_required": QT_TRANSLATE_NOOP("Wording", "This network takes no post without a picture or a video. Add one."),
        "too_many_media": QT_TRANSLATE_NOOP(
            "Wording", "{count} files are too many: {limit} fit into one post. Remove some, or move them to another part."
        ),
        "mixed_media": QT_TRANSLATE_NOOP(
            "Wording", "A video or a sound must stand alone. Remove the other files, or move them to another part."
        ),
        "media_type": QT_TRANSLATE_NOOP(
            "Wording", "The server does not take “{name}” ({mime}). Save it as JPEG, PNG or MP4 and add it again."
        ),
        "media_too_large": QT_TRANSLATE_NOOP(
            "Wording", "“{name}” is too large: {size}, and {limit} is the most. Make it smaller and add it again."
        ),
        "media_too_many_pixels": QT_TRANSLATE_NOOP(
            "Wording", "“{name}” has too many pixels for this server. Make it smaller and add it again."
        ),
        "media_missing": QT_TRANSLATE_NOOP(
            "Wording", "The file of “{name}” is no longer in the client’s folder. Remove it here and add it again."
        ),
        "media_changed": QT_TRANSLATE_NOOP(
            "Wording", "The file of “{name}” is not the one that was approved. Nothing went out. Remove it and add it again."
        ),
        "media_refused": QT_TRANSLATE_NOOP(
            "Wording", "The network did not take “{name}”: {detail}. Nothing went out. Use another file."
        ),
        "media_failed": QT_TRANSLATE_NOOP(
            "Wording", "The network could not work on the file: {detail}. Nothing went out. Try again, or use another file."
        ),
        "alt_missing": QT_TRANSLATE_NOOP("Wording", "“{name}” has no alt text. Describe it for people who do not see it."),
        "alt_too_short": QT_TRANSLATE_NOOP(
            "Wording", "The alt text of “{name}” is too short for this server: {count} of {limit} characters. Say more."
        ),
        "alt_too_long": QT_TRANSLATE_NOOP(
            "Wording", "The alt text of “{name}” is too long: {count} of {limit} characters. Shorten it."
        ),
        "poll_with_media": QT_TRANSLATE_NOOP(
            "Wording", "A poll and pictures do not go together on this network. Remove one of the two."
        ),
        "poll_not_supported": QT_TRANSLATE_NOOP(
            "Wording", "This server has no polls. Remove the poll, or leave this account out."
        ),
        "poll_options": QT_TRANSLATE_NOOP(
            "Wording", "A poll of {count} choices does not fit, the limit is {limit}. Add or remove some."
        ),
        "poll_option_empty": QT_TRANSLATE_NOOP("Wording", "Choice {number} of the poll is empty. Write it, or remove it."),
        "poll_option_too_long": QT_TRANSLATE_NOOP(
            "Wording", "Choice {number} of the poll is too long: {count} of {limit} characters. Shorten it."
        ),
        "poll_option_twice": QT_TRANSLATE_NOOP("Wording", "Choice {number} of the poll is there twice. Change one of them."),
        "poll_time": QT_TRANSLATE_NOOP(
            "Wording", "The poll cannot be open for {seconds}: between {least} and {most} is possible. Choose another length."
        ),
        "visibility": QT_TRANSLATE_NOOP(
            "Wording", "This server does not know the visibility “{visibility}”. Choose another one."
        ),
        "direct_without_mention": QT_TRANSLATE_NOOP(
            "Wording", "Nobody is mentioned, so only you would see it. Mention someone, or choose another visibility."
        ),
        "control_characters": QT_TRANSLATE_NOOP(
            "Wording", "There are characters in it that cannot be seen and no server keeps. Type that place again."
        ),
        "mistakes": QT_TRANSLATE_NOOP(
            "Wording",
            "This client’s rule keeps a post with mistakes back. Look at {words}, or set them aside in the language panel.",
        ),
        "limits_unknown": QT_TRANSLATE_NOOP(
            "Wording",
            "The server’s own limits were never read, so the usual ones are used. They are read once there is a network.",
        ),
        "refused": QT_TRANSLATE_NOOP(
            "Wording", "The network answered (code {status}): {detail}. Change the post, then try again."
        ),
        "gone": QT_TRANSLATE_NOOP("Wording", "What this answers is no longer on the network. Nothing went out."),
    }
)

#: Said when a code has no sentence of its own: a network may answer what nobody foresaw.
UNKNOWN = QT_TRANSLATE_NOOP("Wording", "Something needs a look before this goes out (code {code}).")
