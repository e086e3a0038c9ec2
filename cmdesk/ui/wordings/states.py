"""Names states, reasons, kinds and health in the words a person uses."""

from collections.abc import Mapping
from types import MappingProxyType

from cmdesk.domain.account import FetchKind, Health, Network, Role
from cmdesk.domain.client import Colour, Language
from cmdesk.domain.delivery import HeldBecause, PostState, State
from cmdesk.domain.guard import HoldReason
from cmdesk.domain.journal import Event
from cmdesk.domain.limits import Severity, Visibility
from cmdesk.domain.message import MessageKind, MessageState
from cmdesk.domain.moderation import Measure
from cmdesk.domain.post import PostKind
from cmdesk.domain.views import FileTrouble
from cmdesk.ui.wordings import QT_TRANSLATE_NOOP

DELIVERY_STATES: Mapping[State, str] = MappingProxyType(
    {
        State.PLANNED: QT_TRANSLATE_NOOP("Wording", "Planned"),
        State.HELD: QT_TRANSLATE_NOOP("Wording", "Held"),
        State.SENDING: QT_TRANSLATE_NOOP("Wording", "Going out"),
        State.PROCESSING: QT_TRANSLATE_NOOP("Wording", "In preparation"),
        State.SENT: QT_TRANSLATE_NOOP("Wording", "Live"),
        State.UNCERTAIN: QT_TRANSLATE_NOOP("Wording", "Uncertain"),
        State.REFUSED: QT_TRANSLATE_NOOP("Wording", "Refused"),
        State.CANCELLED: QT_TRANSLATE_NOOP("Wording", "Cancelled"),
        State.GONE: QT_TRANSLATE_NOOP("Wording", "Removed"),
    }
)

POST_STATES: Mapping[PostState, str] = MappingProxyType(
    {
        PostState.DRAFT: QT_TRANSLATE_NOOP("Wording", "Draft"),
        PostState.PLANNED: QT_TRANSLATE_NOOP("Wording", "Planned"),
        PostState.SENDING: QT_TRANSLATE_NOOP("Wording", "Going out"),
        PostState.SENT: QT_TRANSLATE_NOOP("Wording", "Live"),
        PostState.PARTLY_SENT: QT_TRANSLATE_NOOP("Wording", "Partly live"),
        PostState.NEEDS_YOU: QT_TRANSLATE_NOOP("Wording", "Needs you"),
        PostState.CANCELLED: QT_TRANSLATE_NOOP("Wording", "Cancelled"),
        PostState.GONE: QT_TRANSLATE_NOOP("Wording", "Taken down"),
    }
)

HELD: Mapping[HeldBecause, str] = MappingProxyType(
    {
        HeldBecause.LATE: QT_TRANSLATE_NOOP(
            "Wording",
            "Its time passed while cmdesk could not send it. Nothing went out. Decide whether it still makes sense now.",
        ),
        HeldBecause.ACCOUNT: QT_TRANSLATE_NOOP(
            "Wording",
            "The account cannot be used as it is. Nothing went out. Link the account again, then publish or choose another time.",
        ),
        HeldBecause.EDITED: QT_TRANSLATE_NOOP(
            "Wording", "The post was changed after it was planned. Nothing went out. Read it once more, then plan it again."
        ),
        HeldBecause.CRISIS: QT_TRANSLATE_NOOP(
            "Wording", "Everything this client sends is frozen. Nothing went out. Thaw it when the time is right."
        ),
        HeldBecause.DOUBT: QT_TRANSLATE_NOOP(
            "Wording", "These data were restored or copied, so it may be live already. Look at the account before you decide."
        ),
        HeldBecause.ANSWER: QT_TRANSLATE_NOOP(
            "Wording",
            "What it answers has changed since it was written. Nothing went out. Look at the conversation, then decide.",
        ),
    }
)

#: Why a whole queue stands still, and what is safe; the choices stand beside it.
HOLDS: Mapping[HoldReason, str] = MappingProxyType(
    {
        HoldReason.COPIED: QT_TRANSLATE_NOOP(
            "Wording",
            "{client}: this data folder is a copy of {there}, which is still there. If both went on, posts would go out twice, "
            "so nothing is sent from here.",
        ),
        HoldReason.RESTORED: QT_TRANSLATE_NOOP(
            "Wording",
            "{client}: this file is older than what this computer remembers of it, as after a backup was put back by hand. "
            "What is planned in it may be live already, so nothing is sent.",
        ),
        HoldReason.REPLACED: QT_TRANSLATE_NOOP(
            "Wording",
            "{client}: another file lies where this client’s file lay. What is planned in it may be live already, "
            "so nothing is sent.",
        ),
        HoldReason.OTHER_COMPUTER: QT_TRANSLATE_NOOP(
            "Wording",
            "{client}: these posts were planned on another computer, which may still send them. Nothing is sent from here.",
        ),
        HoldReason.RUNNING_ELSEWHERE: QT_TRANSLATE_NOOP(
            "Wording",
            "{client}: the computer {host} publishes from this folder right now, so nothing is sent from here. "
            "Close cmdesk there and wait three minutes.",
        ),
        HoldReason.DAMAGED: QT_TRANSLATE_NOOP(
            "Wording", "{client}: the file is damaged, so nothing is sent. The safest way on is to restore one of its copies."
        ),
        HoldReason.CLOCK_BACK: QT_TRANSLATE_NOOP(
            "Wording",
            "{client}: the clock of this computer shows a time before the last post went out ({last}). Nothing is sent until it "
            "is right again; cmdesk then goes on by itself.",
        ),
        HoldReason.CLOCK_WRONG: QT_TRANSLATE_NOOP(
            "Wording",
            "{client}: the clock of this computer is not the one of {server}, where it is {shows}. Posts would leave at the wrong "
            "hour, so nothing is sent. Set the clock, and cmdesk goes on by itself; or say that yours is right.",
        ),
    }
)

EVENTS: Mapping[Event, str] = MappingProxyType(
    {
        Event.BEGUN: QT_TRANSLATE_NOOP("Wording", "Try begun"),
        Event.ENDED: QT_TRANSLATE_NOOP("Wording", "Try ended"),
        Event.LOOKED: QT_TRANSLATE_NOOP("Wording", "Looked on the network"),
        Event.DECIDED: QT_TRANSLATE_NOOP("Wording", "Decided by you"),
        Event.HELD: QT_TRANSLATE_NOOP("Wording", "Held"),
        Event.CONFIRMED: QT_TRANSLATE_NOOP("Wording", "File confirmed"),
        Event.FROZEN: QT_TRANSLATE_NOOP("Wording", "Frozen"),
        Event.THAWED: QT_TRANSLATE_NOOP("Wording", "Thawed"),
        Event.RETIMED: QT_TRANSLATE_NOOP("Wording", "Time zone rules changed"),
        Event.NOTED: QT_TRANSLATE_NOOP("Wording", "Taken over"),
    }
)

#: What came of a call, a look or a decision, by its code in the journal.
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "published": QT_TRANSLATE_NOOP("Wording", "it is live"),
        "processing": QT_TRANSLATE_NOOP("Wording", "the network has it and prepares it"),
        "refused": QT_TRANSLATE_NOOP("Wording", "the network said no"),
        "unknown": QT_TRANSLATE_NOOP("Wording", "the answer got lost"),
        "not_sent": QT_TRANSLATE_NOOP("Wording", "it did not go out, for certain"),
        "absent": QT_TRANSLATE_NOOP("Wording", "it was not found"),
        "found": QT_TRANSLATE_NOOP("Wording", "it was found"),
        "cannot_tell": QT_TRANSLATE_NOOP("Wording", "nothing could be told"),
        "send": QT_TRANSLATE_NOOP("Wording", "it is handed to the network"),
        "resume": QT_TRANSLATE_NOOP("Wording", "the network is asked how far it is"),
        "now": QT_TRANSLATE_NOOP("Wording", "publish now"),
        "moveto": QT_TRANSLATE_NOOP("Wording", "another time"),
        "drop": QT_TRANSLATE_NOOP("Wording", "do not publish"),
        "islive": QT_TRANSLATE_NOOP("Wording", "it is live, you said"),
        "lookagain": QT_TRANSLATE_NOOP("Wording", "look again"),
        "keep": QT_TRANSLATE_NOOP("Wording", "publish at its time"),
        "continue": QT_TRANSLATE_NOOP("Wording", "send the rest"),
        "stop": QT_TRANSLATE_NOOP("Wording", "leave it at that"),
        "real": QT_TRANSLATE_NOOP("Wording", "this is the real one"),
        "other": QT_TRANSLATE_NOOP("Wording", "the other one is real"),
        "passed": QT_TRANSLATE_NOOP("Wording", "the reason is gone"),
        "frozen": QT_TRANSLATE_NOOP("Wording", "everything outgoing"),
        "again": QT_TRANSLATE_NOOP("Wording", "the note was changed"),
        "all": QT_TRANSLATE_NOOP("Wording", "everything"),
        "one": QT_TRANSLATE_NOOP("Wording", "this one"),
    }
)

VISIBILITIES: Mapping[Visibility, str] = MappingProxyType(
    {
        Visibility.PUBLIC: QT_TRANSLATE_NOOP("Wording", "Public"),
        Visibility.UNLISTED: QT_TRANSLATE_NOOP("Wording", "Unlisted"),
        Visibility.FOLLOWERS: QT_TRANSLATE_NOOP("Wording", "Followers only"),
        Visibility.DIRECT: QT_TRANSLATE_NOOP("Wording", "Mentioned people"),
    }
)

NETWORKS: Mapping[Network, str] = MappingProxyType(
    {
        Network.MASTODON: QT_TRANSLATE_NOOP("Wording", "Mastodon"),
        Network.BLUESKY: QT_TRANSLATE_NOOP("Wording", "Bluesky"),
        Network.PRACTICE: QT_TRANSLATE_NOOP("Wording", "Practice network"),
    }
)

HEALTH: Mapping[Health, str] = MappingProxyType(
    {
        Health.OK: QT_TRANSLATE_NOOP("Wording", "The line to this account works. There is nothing to do."),
        Health.UNREACHABLE: QT_TRANSLATE_NOOP(
            "Wording", "The last call got no answer. Nothing is lost, and cmdesk tries again by itself."
        ),
        Health.RECONNECT: QT_TRANSLATE_NOOP(
            "Wording", "The network no longer accepts the key. Planned posts wait. Link the account again."
        ),
        Health.SECRET_MISSING: QT_TRANSLATE_NOOP(
            "Wording", "The key of this account is not on this computer. Planned posts wait. Link the account again."
        ),
        Health.WRONG_IDENTITY: QT_TRANSLATE_NOOP(
            "Wording",
            "The key belongs to somebody else, so the account is frozen. Nothing was sent. Link it again as the right person.",
        ),
    }
)

#: The same in two words, for a chip.
HEALTH_SHORT: Mapping[Health, str] = MappingProxyType(
    {
        Health.OK: QT_TRANSLATE_NOOP("Wording", "Works"),
        Health.UNREACHABLE: QT_TRANSLATE_NOOP("Wording", "No answer"),
        Health.RECONNECT: QT_TRANSLATE_NOOP("Wording", "Link again"),
        Health.SECRET_MISSING: QT_TRANSLATE_NOOP("Wording", "Key missing"),
        Health.WRONG_IDENTITY: QT_TRANSLATE_NOOP("Wording", "Frozen"),
    }
)

FETCH_KINDS: Mapping[FetchKind, str] = MappingProxyType(
    {
        FetchKind.NOTIFICATIONS: QT_TRANSLATE_NOOP("Wording", "Mentions and reactions"),
        FetchKind.CONVERSATIONS: QT_TRANSLATE_NOOP("Wording", "Direct messages"),
        FetchKind.OWN_POSTS: QT_TRANSLATE_NOOP("Wording", "Own posts"),
        FetchKind.LIMITS: QT_TRANSLATE_NOOP("Wording", "The server’s limits"),
    }
)

ROLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.PUBLISHES: QT_TRANSLATE_NOOP("Wording", "Publish"),
        Role.RECEIVES: QT_TRANSLATE_NOOP("Wording", "Receive messages"),
        Role.REPLIES: QT_TRANSLATE_NOOP("Wording", "Answer messages"),
        Role.EDITS: QT_TRANSLATE_NOOP("Wording", "Edit live posts"),
        Role.DELETES: QT_TRANSLATE_NOOP("Wording", "Delete live posts"),
        Role.REACTS: QT_TRANSLATE_NOOP("Wording", "Favourite posts"),
        Role.MODERATES: QT_TRANSLATE_NOOP("Wording", "Mute, block and report"),
        Role.MEASURES: QT_TRANSLATE_NOOP("Wording", "Read figures"),
    }
)

MESSAGE_KINDS: Mapping[MessageKind, str] = MappingProxyType(
    {
        MessageKind.MENTION: QT_TRANSLATE_NOOP("Wording", "Mention"),
        MessageKind.REPLY: QT_TRANSLATE_NOOP("Wording", "Reply"),
        MessageKind.DIRECT: QT_TRANSLATE_NOOP("Wording", "Direct message"),
        MessageKind.QUOTE: QT_TRANSLATE_NOOP("Wording", "Quote"),
        MessageKind.FOLLOW: QT_TRANSLATE_NOOP("Wording", "New follower"),
        MessageKind.FOLLOW_REQUEST: QT_TRANSLATE_NOOP("Wording", "Follow request"),
        MessageKind.FAVOURITE: QT_TRANSLATE_NOOP("Wording", "Favourite"),
        MessageKind.BOOST: QT_TRANSLATE_NOOP("Wording", "Boost"),
        MessageKind.POLL: QT_TRANSLATE_NOOP("Wording", "Poll ended"),
        MessageKind.UPDATE: QT_TRANSLATE_NOOP("Wording", "Edited post"),
        MessageKind.STATUS: QT_TRANSLATE_NOOP("Wording", "Post"),
        MessageKind.OTHER: QT_TRANSLATE_NOOP("Wording", "Other event"),
    }
)

MESSAGE_STATES: Mapping[MessageState, str] = MappingProxyType(
    {
        MessageState.AWAITING: QT_TRANSLATE_NOOP("Wording", "Awaiting an answer"),
        MessageState.IN_HAND: QT_TRANSLATE_NOOP("Wording", "In hand"),
        MessageState.WAITING_CLIENT: QT_TRANSLATE_NOOP("Wording", "Waiting on the client"),
        MessageState.ANSWERED: QT_TRANSLATE_NOOP("Wording", "Answered"),
        MessageState.SET_ASIDE: QT_TRANSLATE_NOOP("Wording", "Set aside"),
        MessageState.SNOOZED: QT_TRANSLATE_NOOP("Wording", "Snoozed"),
        MessageState.INFO: QT_TRANSLATE_NOOP("Wording", "For information"),
    }
)

POST_KINDS: Mapping[PostKind, str] = MappingProxyType(
    {
        PostKind.POST: QT_TRANSLATE_NOOP("Wording", "Post"),
        PostKind.REPLY: QT_TRANSLATE_NOOP("Wording", "Reply"),
    }
)

SEVERITIES: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.BLOCK: QT_TRANSLATE_NOOP("Wording", "Must be mended"),
        Severity.WARN: QT_TRANSLATE_NOOP("Wording", "Worth a look"),
    }
)

FILE_TROUBLES: Mapping[FileTrouble, str] = MappingProxyType(
    {
        FileTrouble.DAMAGED: QT_TRANSLATE_NOOP(
            "Wording",
            "This client’s file is damaged. It was left as it is, and the other clients work. Restore one of its backups.",
        ),
        FileTrouble.NEWER: QT_TRANSLATE_NOOP(
            "Wording", "A later version of cmdesk wrote this client’s file. It was left untouched. Update cmdesk to open it."
        ),
        FileTrouble.NOT_OURS: QT_TRANSLATE_NOOP(
            "Wording", "The file in this folder does not belong to cmdesk. It was left untouched. Move the folder away."
        ),
        FileTrouble.COPY: QT_TRANSLATE_NOOP(
            "Wording",
            "This folder is a copy of a client that is here already. It is not opened, so that nothing goes out twice. "
            "Move one of the two away.",
        ),
        FileTrouble.UNREADABLE: QT_TRANSLATE_NOOP(
            "Wording",
            "This client’s file cannot be read. It was left as it is. Check the rights of its folder, then open cmdesk again.",
        ),
        FileTrouble.FULL: QT_TRANSLATE_NOOP(
            "Wording",
            "This client cannot be opened while the disk is full: what was written last still lies in a log beside its file. "
            "Nothing is lost. Make room, and it opens by itself.",
        ),
        FileTrouble.READ_ONLY: QT_TRANSLATE_NOOP(
            "Wording",
            "This client cannot be opened while its folder cannot be written: what was written last still lies in a log beside "
            "its file. Nothing is lost. Check the rights of the folder, and it opens by itself.",
        ),
    }
)

COLOURS: Mapping[Colour, str] = MappingProxyType(
    {
        Colour.RUBY: QT_TRANSLATE_NOOP("Wording", "Ruby"),
        Colour.CORAL: QT_TRANSLATE_NOOP("Wording", "Coral"),
        Colour.AMBER: QT_TRANSLATE_NOOP("Wording", "Amber"),
        Colour.OLIVE: QT_TRANSLATE_NOOP("Wording", "Olive"),
        Colour.FERN: QT_TRANSLATE_NOOP("Wording", "Fern"),
        Colour.TEAL: QT_TRANSLATE_NOOP("Wording", "Teal"),
        Colour.SKY: QT_TRANSLATE_NOOP("Wording", "Sky"),
        Colour.COBALT: QT_TRANSLATE_NOOP("Wording", "Cobalt"),
        Colour.INDIGO: QT_TRANSLATE_NOOP("Wording", "Indigo"),
        Colour.VIOLET: QT_TRANSLATE_NOOP("Wording", "Violet"),
        Colour.PLUM: QT_TRANSLATE_NOOP("Wording", "Plum"),
        Colour.SLATE: QT_TRANSLATE_NOOP("Wording", "Slate"),
    }
)

LANGUAGES: Mapping[Language, str] = MappingProxyType(
    {
        Language.FR_CA: QT_TRANSLATE_NOOP("Wording", "French (Québec)"),
        Language.FR_FR: QT_TRANSLATE_NOOP("Wording", "French (France)"),
        Language.EN_CA: QT_TRANSLATE_NOOP("Wording", "English (Canada)"),
    }
)

MEASURES: Mapping[Measure, str] = MappingProxyType(
    {
        Measure.NOTE: QT_TRANSLATE_NOOP("Wording", "Keep as evidence"),
        Measure.HIDE: QT_TRANSLATE_NOOP("Wording", "Hide the message"),
        Measure.MUTE: QT_TRANSLATE_NOOP("Wording", "Mute the person"),
        Measure.BLOCK: QT_TRANSLATE_NOOP("Wording", "Block the person"),
        Measure.REPORT: QT_TRANSLATE_NOOP("Wording", "Report the message"),
        Measure.DELETE: QT_TRANSLATE_NOOP("Wording", "Delete our answer"),
    }
)
