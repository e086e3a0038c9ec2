"""Describes every command and option, and reads a command line into plain values or one sentence about what is wrong with it."""

import argparse
import re
from collections.abc import Callable, Sequence
from gettext import gettext
from typing import NoReturn, cast

from cmdesk import __version__
from cmdesk.cli.words import LOCALES, Words
from cmdesk.domain.account import Network
from cmdesk.domain.client import Colour, Language
from cmdesk.domain.delivery import PostState, State
from cmdesk.domain.extras import KNOWN_LABELS, Replier
from cmdesk.domain.known_limits import COUNTED
from cmdesk.domain.limits import Visibility
from cmdesk.domain.message import MessageKind, MessageState

#: What argparse says, as patterns, and the key of our own sentence for it.
_SPOKEN = (
    (re.compile(r"the following arguments are required: (?P<names>.+)", re.DOTALL), "usage.required"),
    (
        re.compile(r"argument (?P<name>.+?): invalid choice: (?P<given>.+) \(choose from (?P<choices>.+)\)", re.DOTALL),
        "usage.choice",
    ),
    (re.compile(r"argument (?P<name>.+?): invalid int value: (?P<given>.+)", re.DOTALL), "usage.number"),
    (re.compile(r"argument (?P<name>.+?): expected (one|at least one) argument"), "usage.value_missing"),
    (re.compile(r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)"), "usage.not_together"),
    (re.compile(r"one of the arguments (?P<names>.+) is required"), "usage.one_of"),
    (re.compile(r"argument (?P<name>.+?): ignored explicit argument (?P<given>.+)", re.DOTALL), "usage.no_value"),
)


_EVERYWHERE = frozenset({"help", "home", "json", "locale", "verbose"})


class WrongUsage(Exception):
    """The command line cannot be understood: the key of a sentence, what fills it, and how the command is used."""

    def __init__(self, key: str, usage: str = "", **params: str) -> None:
        super().__init__(key)
        self.key = key
        self.usage = usage
        self.params = params


class _Parser(argparse.ArgumentParser):
    """argparse that raises instead of leaving, never guesses abbreviations, and speaks the words' language."""

    def __init__(self, words: Words, **options: str) -> None:
        super().__init__(
            prog=options["prog"],
            description=options.get("description"),
            epilog=options.get("epilog"),
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Help(words, prog),
        )
        self.words = words
        self.add_argument("-h", "--help", action="help", help=words("help.help"))

    def error(self, message: str) -> NoReturn:
        for pattern, key in _SPOKEN:
            if match := pattern.fullmatch(message):
                found = match.groupdict()
                if "choices" in found:
                    found["choices"] = found["choices"].replace("'", "")  # as one types them
                raise WrongUsage(key, self.format_usage(), **found)
        raise WrongUsage("usage.other", self.format_usage(), detail=message)


class _Help(argparse.HelpFormatter):
    """Help in the words' language; names of commands and options stay as they are typed."""

    def __init__(self, words: Words, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=100)
        self._words = words

    def add_usage(  # type: ignore[override]  # typeshed asks for the private type of groups
        self, usage: str | None, actions: Sequence[argparse.Action], groups: Sequence[object], prefix: str | None = None
    ) -> None:
        prefix = prefix if prefix is not None else self._words("help.usage")
        # What every command takes would drown what this one takes.
        own = [action for action in actions if action.dest not in _EVERYWHERE]
        super().add_usage(usage, own, groups, prefix)  # type: ignore[arg-type]  # the same private type

    def start_section(self, heading: str | None) -> None:
        own = {gettext("positional arguments"): "help.arguments", gettext("options"): "help.options"}
        said = self._words(own[heading]) if heading in own else heading
        # argparse sets a colon right behind it; French wants a space before that.
        super().start_section(f"{said}\u00a0" if said and self._words.locale.startswith("fr") else said)


class _Unasked(_Parser):
    """Stands for a command that nobody typed: it takes every description and keeps none, which is most of the start-up time."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def add_argument(self, *_args: object, **_options: object) -> argparse.Action:
        return _NOTHING

    def add_mutually_exclusive_group(self, **_options: object) -> "_Unasked":  # type: ignore[override]  # a group, as far as it is used
        return self

    def set_defaults(self, **_defaults: object) -> None:
        """Keeps none."""


_NOTHING = argparse.Action([], "")


class _Family:
    """A parser to which commands are added, each with the global options; ``asked`` are the words typed (None: describe all)."""

    def __init__(
        self, words: Words, parser: _Parser, prefix: str, asked: frozenset[str] | None, *, required: bool = True
    ) -> None:
        self._words = words
        self._prefix = prefix
        self._asked = asked
        self._sub = None if isinstance(parser, _Unasked) else self._commands_of(parser, required=required)

    def _commands_of(self, parser: _Parser, *, required: bool) -> "argparse._SubParsersAction[_Parser]":
        words, prefix = self._words, self._prefix
        # Its factory is not a class: the parsers of commands speak the words' language, too.
        return parser.add_subparsers(
            title=words("help.commands"),
            dest=f"{prefix}verb" if prefix else "command",
            metavar=words("help.command"),
            required=required,
            parser_class=cast(type[_Parser], lambda **options: _Parser(words, **options)),
        )

    def command(self, name: str, handler: str) -> _Parser:
        """A command that the function ``module.function`` of ``cli.commands`` carries out."""
        parser = self._child(name)
        parser.set_defaults(handler=handler, asked=parser)
        return parser

    def family(self, name: str, *, required: bool = True) -> tuple[_Parser, "_Family"]:
        """A command that has commands of its own."""
        parser = self._child(name)
        return parser, _Family(self._words, parser, f"{self._prefix}{name}_", self._asked, required=required)

    def _child(self, name: str) -> _Parser:
        sentence = self._words(f"help.{self._prefix}{name}".replace("-", "_"))
        if self._sub is None:
            return _Unasked(self._words)
        if self._asked is not None and name not in self._asked:
            # Known by its name, for the help and for a complaint about a wrong one; nobody can have chosen it.
            self._sub.choices[name] = _Unasked(self._words)
            self._sub._choices_actions.append(self._sub._ChoicesPseudoAction(name, [], sentence))
            return self._sub.choices[name]
        parser: _Parser = self._sub.add_parser(name, help=sentence, description=sentence)
        _add_globals(parser, inner=True)
        return parser


def _add_globals(parser: _Parser, *, inner: bool) -> None:
    """The global options, before and after the command; the inner ones only speak up when they are given."""
    words = parser.words
    hidden = argparse.SUPPRESS
    group = parser.add_argument_group(words("help.globals"))
    group.add_argument("--home", metavar="DIR", default=hidden if inner else None, help=words("help.home"))
    group.add_argument("--json", action="store_true", default=hidden if inner else False, help=words("help.json"))
    group.add_argument("--locale", choices=LOCALES, default=hidden if inner else None, help=words("help.locale"))
    group.add_argument("-v", "--verbose", action="store_true", default=hidden if inner else False, help=words("help.verbose"))


def build(words: Words, asked: frozenset[str] | None = None) -> argparse.ArgumentParser:
    """The whole command line; with ``asked`` only the commands among these words have their options."""
    parser = _Parser(words, prog="cmdesk", description=words("help.cmdesk"), epilog=words("help.epilog"))
    parser.add_argument("--version", action="version", version=f"cmdesk {__version__}", help=words("help.version"))
    _add_globals(parser, inner=False)
    top = _Family(words, parser, "", asked, required=False)
    for add in _FAMILIES:
        add(top, words)
    return parser


def parse(arguments: Sequence[str], words: Words) -> argparse.Namespace:
    """The values of a command line. Raises WrongUsage; ``--help`` and ``--version`` print and raise SystemExit(0)."""
    for argument in arguments:
        try:
            argument.encode("utf-8")
        except UnicodeEncodeError:
            raise WrongUsage("usage.not_utf8") from None
        if "\x00" in argument:
            raise WrongUsage("usage.zero_byte")
    args, unknown = build(words, frozenset(arguments)).parse_known_args(arguments)
    if unknown:
        # Told with how the command itself is used; argparse would show the whole program's line.
        command: _Parser | None = getattr(args, "asked", None)
        usage = "" if command is None else command.format_usage()
        name = "cmdesk" if command is None else command.prog
        raise WrongUsage("usage.unrecognized", usage, command=name, given=" ".join(unknown))
    return args


def _values(
    kind: type[Colour | Language | State | PostState | MessageKind | MessageState | Visibility | Network | Replier],
) -> list[str]:
    return [str(one.value) for one in kind]


def _number(text: str) -> int:
    """The number of something in a client's file; one that no file can have is no number."""
    value = int(text)
    if abs(value) >= 1 << 63:
        raise ValueError(text)
    return value


def _weeks(text: str) -> int:
    """How many weeks back; nobody looks further than ten years."""
    value = int(text)
    if not 0 <= value <= 520:
        raise ValueError(text)
    return value


# argparse names the kind of value in what it says; both are numbers.
_number.__name__ = _weeks.__name__ = "int"


def _add_client(parser: _Parser, *, required: bool = False) -> None:
    parser.add_argument("--client", metavar="C", required=required, help=parser.words("help.opt.client"))


def _add_limit(parser: _Parser, default: int) -> None:
    parser.add_argument("--limit", metavar="N", type=int, default=default, help=parser.words("help.opt.limit"))


def _add_private(parser: _Parser) -> None:
    parser.add_argument("--allow-private", action="store_true", help=parser.words("help.opt.allow_private"))


def _program(top: _Family, words: Words) -> None:
    window = top.command("window", "")
    window.add_argument("--practice", action="store_true", help=words("help.opt.practice"))
    agent, family = top.family("agent", required=False)
    agent.set_defaults(handler="agent.agent", asked=agent, gentle=True)
    agent.add_argument("--once", action="store_true", help=words("help.opt.once"))
    for name in ("install", "uninstall", "status"):
        family.command(name, f"agent_service.{name}").set_defaults(gentle=False)
    top.command("doctor", "doctor.doctor")
    top.command("self-test", "self_test.self_test")


def _client_options(parser: _Parser) -> None:
    words = parser.words
    parser.add_argument("--colour", metavar="COLOUR", help=words("help.opt.colour", known=_values(Colour)))
    parser.add_argument("--timezone", metavar="ZONE", help=words("help.opt.timezone"))
    parser.add_argument("--language", metavar="LANG", help=words("help.opt.language", known=_values(Language)))


def _client(top: _Family, words: Words) -> None:
    _, family = top.family("client")
    add = family.command("add", "client.add")
    add.add_argument("name", metavar="NAME", help=words("help.opt.new_name"))
    _client_options(add)
    listing = family.command("list", "client.list_clients")
    listing.add_argument("--all", action="store_true", help=words("help.opt.archived_too"))
    for name in ("show", "rename", "set", "archive", "restore", "purge", "export"):
        parser = family.command(name, f"client.{name}_client")
        parser.add_argument("client", metavar="CLIENT", help=words("help.opt.client"))
        if name == "rename":
            parser.add_argument("name", metavar="NAME", help=words("help.opt.new_name"))
        elif name == "set":
            _client_options(parser)
            parser.add_argument("--grace", metavar="MINUTES", type=int, help=words("help.opt.grace"))
            parser.add_argument("--quiet", metavar="HH:MM-HH:MM", help=words("help.opt.quiet"))
            parser.add_argument("--hours", metavar="HOURS", help=words("help.opt.hours"))
            parser.add_argument("--promise", metavar="MINUTES", type=int, help=words("help.opt.promise"))
        elif name == "purge":
            parser.add_argument("--confirm", metavar="NAME", required=True, help=words("help.opt.confirm"))
        elif name == "export":
            parser.add_argument("file", metavar="FILE", help=words("help.opt.export_file"))
    freeze = family.command("freeze", "client.freeze_client")
    freeze.add_argument("--note", metavar="TEXT", default="", help=words("help.opt.note"))
    thaw = family.command("thaw", "client.thaw_client")
    for parser in (freeze, thaw):
        parser.add_argument("client", metavar="CLIENT", help=words("help.opt.client"))
    thaw.add_argument("delivery", metavar="DELIVERY", nargs="*", help=words("help.opt.thawed"))
    importing = family.command("import", "client.import_client")
    importing.add_argument("file", metavar="FILE", help=words("help.opt.import_file"))


def _ways(parser: _Parser) -> None:
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--browser", action="store_true", help=parser.words("help.opt.browser"))
    ways.add_argument("--code-stdin", action="store_true", help=parser.words("help.opt.code_stdin"))
    ways.add_argument("--token-stdin", action="store_true", help=parser.words("help.opt.token_stdin"))
    ways.add_argument("--app-password-stdin", action="store_true", help=parser.words("help.opt.app_password_stdin"))
    parser.add_argument("--session-only", action="store_true", help=parser.words("help.opt.session_only"))


def _account(top: _Family, words: Words) -> None:
    _, family = top.family("account")
    link = family.command("link", "account.link")
    link.add_argument(
        "network", metavar="NETWORK", choices=_values(Network), help=words("help.opt.network", known=_values(Network))
    )
    _add_client(link, required=True)
    link.add_argument("--server", metavar="URL", help=words("help.opt.server"))
    link.add_argument("--handle", metavar="H", help=words("help.opt.handle"))
    _ways(link)
    link.add_argument("--as", dest="persona", metavar="PERSONA", help=words("help.opt.persona"))
    _add_private(link)
    listing = family.command("list", "account.list_accounts")
    _add_client(listing)
    listing.add_argument("--all", action="store_true", help=words("help.opt.unlinked_too"))
    for name in ("whoami", "check", "renew", "unlink"):
        parser = family.command(name, f"account.{name}")
        parser.add_argument("account", metavar="ACCOUNT", nargs="?", help=words("help.opt.account"))
        parser.add_argument("--account", dest="account_option", metavar="A", help=words("help.opt.account_option"))
        _add_client(parser)
        if name == "renew":
            _ways(parser)


def _words_of_a_post(parser: _Parser) -> None:
    words = parser.words
    text = parser.add_mutually_exclusive_group()
    text.add_argument("--text", metavar="TEXT", help=words("help.opt.text"))
    text.add_argument("--text-stdin", action="store_true", help=words("help.opt.text_stdin"))
    parser.add_argument("--media", metavar="FILE", action="append", default=[], help=words("help.opt.media"))
    parser.add_argument("--alt", metavar="TEXT", action="append", default=[], help=words("help.opt.alt"))
    parser.add_argument("--cw", metavar="TEXT", help=words("help.opt.cw"))
    parser.add_argument("--visibility", metavar="V", choices=_values(Visibility), help=words("help.opt.visibility"))
    parser.add_argument("--lang", metavar="L", help=words("help.opt.lang"))


def _extras_of_a_post(parser: _Parser) -> None:
    words = parser.words
    parser.add_argument("--first-comment", metavar="TEXT", help=words("help.opt.first_comment"))
    parser.add_argument("--quote", metavar="URL", help=words("help.opt.quote"))
    parser.add_argument("--replies", metavar="WHO", help=words("help.opt.replies", known=_values(Replier)))
    parser.add_argument("--no-quotes", action="store_true", help=words("help.opt.no_quotes"))
    parser.add_argument("--label", metavar="LABEL", action="append", help=words("help.opt.label", known=", ".join(KNOWN_LABELS)))


def _post(top: _Family, words: Words) -> None:
    _, family = top.family("post")
    add = family.command("add", "post.add")
    _add_client(add, required=True)
    add.add_argument("--account", metavar="A", action="append", required=True, help=words("help.opt.post_account"))
    _words_of_a_post(add)
    _extras_of_a_post(add)
    add.add_argument("--reply-to", metavar="URL", help=words("help.opt.reply_to"))
    when = add.add_mutually_exclusive_group()
    when.add_argument("--at", metavar="TIME", help=words("help.opt.at"))
    when.add_argument("--next-slot", action="store_true", help=words("help.opt.next_slot"))
    when.add_argument("--now", action="store_true", help=words("help.opt.now"))
    listing = family.command("list", "post.list_posts")
    _add_client(listing)
    listing.add_argument(
        "--state", metavar="S", choices=_values(PostState), help=words("help.opt.state", known=_values(PostState))
    )
    _add_limit(listing, 50)
    show = family.command("show", "post.show")
    edit = family.command("edit", "post.edit")
    edit.add_argument("--account", metavar="A", help=words("help.opt.variant"))
    _words_of_a_post(edit)
    _extras_of_a_post(edit)
    edit.add_argument("--revision", metavar="N", type=int, help=words("help.opt.revision"))
    edit.add_argument("--live", action="store_true", help=words("help.opt.live"))
    move = family.command("move", "post.move")
    moment = move.add_mutually_exclusive_group(required=True)
    moment.add_argument("--at", metavar="TIME", help=words("help.opt.at"))
    moment.add_argument("--next-slot", action="store_true", help=words("help.opt.next_slot"))
    moment.add_argument("--now", action="store_true", help=words("help.opt.now"))
    copy = family.command("copy", "repeating.copy")
    copy.add_argument("--at", metavar="TIME", required=True, help=words("help.opt.at"))
    repeat = family.command("repeat", "repeating.repeat")
    repeat.add_argument("--rule", metavar="RULE", required=True, help=words("help.opt.rule"))
    repeat.add_argument("--at", metavar="TIME", required=True, help=words("help.opt.at"))
    repeat.add_argument("--other-text", metavar="TEXT", action="append", default=[], help=words("help.opt.other_text"))
    repeat.add_argument("--check", action="store_true", help=words("help.opt.check"))
    stop = family.command("stop-repeating", "repeating.stop_repeating")
    stop.add_argument("--take-back", action="store_true", help=words("help.opt.take_back"))
    _add_client(family.command("repeating", "repeating.list_repeating"))
    others = [family.command(name, f"post.{name.replace('-', '_')}") for name in ("cancel", "delete-remote", "versions")]
    for parser in (show, edit, move, copy, repeat, stop, *others):
        parser.add_argument("post", metavar="POST", help=words("help.opt.post"))
        _add_client(parser)


def _outbox(top: _Family, words: Words) -> None:
    _, family = top.family("outbox")
    listing = family.command("list", "outbox.list_deliveries")
    _add_client(listing)
    listing.add_argument("--state", metavar="S", choices=_values(State), help=words("help.opt.state", known=_values(State)))
    running = family.command("run", "outbox.run")
    _add_client(running)
    decide = family.command("decide", "outbox.decide")
    decide.add_argument("delivery", metavar="DELIVERY", help=words("help.opt.delivery"))
    decide.add_argument(
        "decision",
        metavar="DECISION",
        choices=["now", "keep", "move", "next-slot", "drop", "is-live", "look-again", "continue", "stop"],
        help=words("help.opt.decision"),
    )
    decide.add_argument("value", metavar="TIME|URL", nargs="?", help=words("help.opt.decision_value"))
    late = family.command("late", "late.list_late")
    many = family.command("decide-all", "late.decide_all")
    for parser in (late, many):
        _add_client(parser)
        parser.add_argument("--why", metavar="W", choices=["uncertain", "refused", "late", "held"], help=words("help.opt.why"))
    many.add_argument(
        "decision",
        metavar="DECISION",
        choices=["now", "keep", "next-slot", "drop", "look-again", "continue", "stop"],
        help=words("help.opt.decision_many"),
    )
    many.add_argument("--yes", action="store_true", help=words("help.opt.yes"))
    confirm = family.command("confirm", "holding.confirm")
    confirm.add_argument("client", metavar="CLIENT", help=words("help.opt.client"))
    confirm.add_argument("answer", metavar="real|other", choices=["real", "other"], help=words("help.opt.answer"))


def _journal(top: _Family, words: Words) -> None:
    _, family = top.family("journal")
    listing = family.command("list", "journal.list_lines")
    _add_client(listing)
    listing.add_argument("--delivery", metavar="D", help=words("help.opt.delivery"))
    _add_limit(listing, 50)
    verify = family.command("verify", "journal.verify")
    _add_client(verify)
    export = family.command("export", "journal.export")
    export.add_argument("client", metavar="CLIENT", help=words("help.opt.client"))
    export.add_argument("file", metavar="FILE", help=words("help.opt.journal_file"))
    export.add_argument("--format", metavar="F", choices=["json", "csv"], help=words("help.opt.journal_format"))


def _around(family: _Family, words: Words) -> None:
    """What surrounds a message."""
    person, note, label = (family.command(name, f"people.{name}") for name in ("person", "note", "label"))
    for parser in (person, note, label):
        parser.add_argument("message", metavar="MESSAGE", help=words("help.opt.message"))
    note.add_argument("text", metavar="TEXT", help=words("help.opt.note"))
    note.add_argument("--person", action="store_true", help=words("help.opt.note_person"))
    label.add_argument("label", metavar="LABEL", help=words("help.opt.label"))
    label.add_argument("--remove", action="store_true", help=words("help.opt.label_off"))
    waiting = family.command("waiting", "people.waiting")
    _add_client(waiting)
    waiting.add_argument("--weeks", metavar="N", type=_weeks, default=4, help=words("help.opt.weeks"))
    evidence = family.command("evidence", "people.evidence")
    evidence.add_argument("file", metavar="FILE", help=words("help.opt.evidence_file"))
    _add_client(evidence, required=True)


def _rules(top: _Family, words: Words) -> None:
    _, family = top.family("rule")
    _add_client(family.command("list", "rules.list_rules"))
    _add_client(family.command("proposals", "rules.proposals"))
    add, attempt = family.command("add", "rules.add"), family.command("try", "rules.try_rule")
    for parser in (add, attempt):
        parser.add_argument("name", metavar="NAME", help=words("help.opt.rule_name"))
        for option in ("word", "without", "sender", "lang", "account", "mood", "do"):
            parser.add_argument(f"--{option}", metavar="V", action="append", default=[], help=words(f"help.opt.rule_{option}"))
        parser.add_argument(
            "--kind", metavar="K", choices=_values(MessageKind), action="append", default=[], help=words("help.opt.rule_kind")
        )
        parser.add_argument(
            "--only", metavar="O", choices=["links", "emoji"], action="append", default=[], help=words("help.opt.rule_only")
        )
        parser.add_argument("--stop", action="store_true", help=words("help.opt.rule_stop"))
    attempt.add_argument("--days", metavar="N", type=int, default=30, help=words("help.opt.rule_days"))
    remove, decide = family.command("remove", "rules.remove"), family.command("decide", "rules.decide")
    remove.add_argument("rule", metavar="NUMBER", type=_number, help=words("help.opt.rule_number"))
    decide.add_argument("proposal", metavar="NUMBER", type=_number, help=words("help.opt.proposal"))
    decide.add_argument("answer", metavar="accept|refuse", choices=["accept", "refuse"], help=words("help.opt.proposal_answer"))
    for parser in (add, attempt, remove, decide):
        _add_client(parser, required=True)


def _saved(top: _Family, words: Words) -> None:
    _, family = top.family("saved-reply")
    listing, add = family.command("list", "saved.list_replies"), family.command("add", "saved.add")
    remove, fill = family.command("remove", "saved.remove"), family.command("fill", "saved.fill")
    listing.add_argument("words", metavar="WORDS", nargs="?", help=words("help.opt.saved_words"))
    _add_client(listing)
    add.add_argument("name", metavar="NAME", help=words("help.opt.saved_name"))
    for language in ("fr", "en"):
        add.add_argument(f"--{language}", metavar="TEXT", help=words(f"help.opt.saved_{language}"))
    add.add_argument("--shortcut", metavar="S", help=words("help.opt.saved_shortcut"))
    for parser in (remove, fill):
        parser.add_argument("saved", metavar="NUMBER", type=_number, help=words("help.opt.saved_number"))
    fill.add_argument("message", metavar="MESSAGE", help=words("help.opt.message"))
    for parser in (listing, fill):
        parser.add_argument("--lang", metavar="LANG", help=words("help.opt.saved_lang"))
    for parser in (add, remove):
        _add_client(parser, required=True)


def _inbox(top: _Family, words: Words) -> None:
    sync = top.command("sync", "sync.sync")
    which = sync.add_mutually_exclusive_group()
    which.add_argument("--client", metavar="C", help=words("help.opt.client"))
    which.add_argument("--all", action="store_true", help=words("help.opt.all"))
    _, family = top.family("inbox")
    listing = family.command("list", "inbox.list_messages")
    _add_client(listing)
    listing.add_argument("--account", metavar="A", help=words("help.opt.account"))
    listing.add_argument(
        "--state", metavar="S", choices=_values(MessageState), help=words("help.opt.state", known=_values(MessageState))
    )
    listing.add_argument("--unread", action="store_true", help=words("help.opt.unread"))
    listing.add_argument("--mood", metavar="M", help=words("help.opt.mood"))
    listing.add_argument("--query", metavar="QUERY", help=words("help.opt.list_query"))
    _add_limit(listing, 50)
    _around(family, words)
    for name in ("show", "reply", "state", "hide", "delete", "block", "report"):
        parser = family.command(name, f"inbox.{name}")
        parser.add_argument("message", metavar="MESSAGE", help=words("help.opt.message"))
        if name in {"hide", "delete", "block", "report"}:
            parser.add_argument("--rule", metavar="CODE", help=words("help.opt.policy_rule"))
        if name == "reply":
            _words_of_a_post(parser)
        elif name == "state":
            parser.add_argument("state", metavar="STATE", choices=_values(MessageState), help=words("help.opt.new_state"))
            parser.add_argument("--until", metavar="TIME", help=words("help.opt.until"))
        elif name == "report":
            parser.add_argument(
                "--category", metavar="K", choices=["spam", "legal", "violation", "other"], default="other",
                help=words("help.opt.category"),
            )  # fmt: skip
            parser.add_argument("--comment", metavar="TEXT", default="", help=words("help.opt.comment"))
            parser.add_argument("--forward", action="store_true", help=words("help.opt.forward"))


def _finding(top: _Family, words: Words) -> None:
    search = top.command("search", "search.search")
    search.add_argument("query", metavar="QUERY", help=words("help.opt.query"))
    _add_client(search)
    _add_limit(search, 50)
    count = top.command("count", "count.count")
    counted = [*_values(Network), *COUNTED]
    count.add_argument("network", metavar="NETWORK", choices=counted, help=words("help.opt.network", known=counted))
    count.add_argument("--server", metavar="URL", help=words("help.opt.count_server"))
    count.add_argument("--jsonl", action="store_true", help=words("help.opt.jsonl"))
    _add_private(count)
    top.command("triage", "triage.triage")
    check = top.command("check", "check.check")
    _add_client(check)
    check.add_argument(
        "--network", metavar="N", action="append", choices=_values(Network), default=[],
        help=words("help.opt.check_network", known=_values(Network)),
    )  # fmt: skip
    check.add_argument("--jsonl", action="store_true", help=words("help.opt.check_jsonl"))


def _calendar(top: _Family, words: Words) -> None:
    _, family = top.family("calendar")
    agenda = family.command("agenda", "calendar.agenda")
    dates = family.command("dates", "calendar.dates")
    cover = family.command("cover", "calendar.show_cover")
    export = family.command("export", "calendar_files.export")
    for parser in (agenda, dates, cover, export):
        parser.add_argument("--from", dest="start", metavar="DAY", help=words("help.opt.from"))
        parser.add_argument("--to", dest="end", metavar="DAY", help=words("help.opt.to"))
    for parser in (agenda, export):
        _add_client(parser)
    dates.add_argument("--lists", metavar="LISTS", help=words("help.opt.lists"))
    dates.add_argument("--off", metavar="ID", action="append", help=words("help.opt.dates_off"))
    dates.add_argument("--on", metavar="ID", action="append", help=words("help.opt.dates_on"))
    cover.add_argument("--away", action="store_true", help=words("help.opt.away"))
    export.add_argument("file", metavar="FILE", help=words("help.opt.calendar_file"))
    export.add_argument("--format", metavar="F", choices=["ics", "csv", "json"], help=words("help.opt.calendar_format"))
    export.add_argument("--for-client", action="store_true", help=words("help.opt.for_client"))
    importing = family.command("import", "calendar_files.import_file")
    importing.add_argument("file", metavar="FILE", help=words("help.opt.calendar_in"))
    importing.add_argument("--account", metavar="A", action="append", default=[], help=words("help.opt.import_account"))
    importing.add_argument("--plan", action="store_true", help=words("help.opt.plan"))
    importing.add_argument("--map", metavar="FIELD=COLUMN", action="append", default=[], help=words("help.opt.map"))
    importing.add_argument("--check", action="store_true", help=words("help.opt.check"))
    slots = family.command("slots", "calendar.show_slots")
    slots.add_argument("--account", metavar="A", help=words("help.opt.slots_account"))
    slots.add_argument("--set", metavar="SLOTS", help=words("help.opt.slots_set"))
    slots.add_argument("--distance", metavar="MINUTES", type=int, help=words("help.opt.distance"))
    keep = family.command("keep", "calendar_files.keep")
    keep.add_argument("file", metavar="FILE", nargs="?", help=words("help.opt.kept_file"))
    publish = family.command("publish", "calendar_files.publish")
    publish.add_argument("--url", metavar="URL", help=words("help.opt.caldav"))
    publish.add_argument("--user", metavar="NAME", help=words("help.opt.caldav_user"))
    publish.add_argument("--password-stdin", action="store_true", help=words("help.opt.password_stdin"))
    publish.add_argument("--end", action="store_true", help=words("help.opt.end_publishing"))
    _add_private(publish)
    back = [family.command(name, f"calendar.{name}") for name in ("undo", "redo")]
    for parser in (importing, dates, slots, keep, publish, *back):
        _add_client(parser, required=True)


def _keeping(top: _Family, words: Words) -> None:
    backup, family = top.family("backup", required=False)
    backup.set_defaults(handler="backup.backup", asked=backup)
    _add_client(backup)
    listing = family.command("list", "backup.list_backups")
    listing.add_argument("--client", metavar="C", default=argparse.SUPPRESS, help=words("help.opt.client"))
    verify = family.command("verify", "backup.verify")
    restore = family.command("restore", "backup.restore")
    for parser in (verify, restore):
        parser.add_argument("file", metavar="FILE", help=words("help.opt.backup_file"))
    restore.add_argument("--client", metavar="C", default=argparse.SUPPRESS, help=words("help.opt.client"))
    shots = top.command("shots", "shots.shots")
    shots.add_argument("folder", metavar="DIR", help=words("help.opt.shots"))
    shots.add_argument("--screen", metavar="S", action="append", help=words("help.opt.screen"))
    shots.add_argument("--theme", choices=["light", "dark"], action="append", help=words("help.opt.theme"))


_FAMILIES: tuple[Callable[[_Family, Words], None], ...] = (
    _program,
    _client,
    _account,
    _post,
    _outbox,
    _journal,
    _inbox,
    _rules,
    _saved,
    _finding,
    _calendar,
    _keeping,
)
