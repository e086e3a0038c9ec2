"""The habits that keep the house open to newcomers, read from the source itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch

import pytest

from tests.helpers.source import Function, Module, docstrings, dotted, modules

#: Files that may import inside a function, and why.
LAZY = {
    "cmdesk/__main__.py": "the command line must not load the window, nor the window the command line",
    "cmdesk/app.py": "the window comes first, what it does not need yet comes later",
    "cmdesk/cli/*": "a command loads only what it needs",
    "cmdesk/domain/digest.py": "hashes bring OpenSSL, which the first window does not pay",
    "cmdesk/domain/secret.py": "as above",
    "cmdesk/store/database.py": "as above",
    "cmdesk/services/home.py": "whoever names a folder does without the library that finds one",
    "cmdesk/domain/clock.py": "only what waits needs a loop",
    "cmdesk/late.py": "it exists to import the engine late",
    "cmdesk/services/composing.py": "counting and pictures come with the first post that is written, not with a list of posts",
    "cmdesk/language/desk.py": "a text in one language does without the checkers of the other, which are large",
    "cmdesk/language/guessing.py": "the model is not on every machine, and only asked where a language is in doubt",
    "cmdesk/language/spelling.py": "Hunspell is not on every machine, and only asked where a word is in doubt",
    "cmdesk/language/triage.py": "numpy reads how many threads it may have when it is loaded",
    "cmdesk/language/worker.py": "each kind of request brings what it needs",
    "cmdesk/networks/_dpop.py": "elliptic curves cost 60 ms, which only accounts linked in Bluesky's browser log-in pay",
    "cmdesk/services/helping.py": "only what waits needs a loop",
    "cmdesk/services/practising.py": "the practice network brings the HTTP client, after the window",
    "cmdesk/services/desk.py": "what tells this computer from others is asked before the first sending, after the window",
    "cmdesk/services/lease.py": "only on Windows a process is asked for in another way",
    "cmdesk/services/machine.py": "one of the modules exists on Windows only",
    "cmdesk/services/agentfiles.py": "the format of one system is written on that system only",
    "cmdesk/services/inbox.py": "what a connector can do is asked when a conversation is fetched, not when messages are listed",
    "cmdesk/services/linking.py": "the HTTP client comes with the first account that is linked, after the window",
    "cmdesk/services/planning.py": "the language desk comes with the first post that is planned",
    "cmdesk/services/rewriting.py": "the HTTP client comes with the first question to the endpoint",
    "cmdesk/services/exchange.py": "the library of calendars comes with the first calendar file",
    "cmdesk/services/keydates.py": "the library of holidays costs 150 ms, which only a calendar with key dates pays",
    "cmdesk/services/upkeep.py": "the HTTP client comes with the first calendar that is published, after the window",
    "cmdesk/services/workspace.py": "the HTTP client comes with the first connector, after the window",
    "cmdesk/store/orm.py": "the ORM costs a third of a second, which only a write pays",
    "cmdesk/ui/accounts/presenter.py": "what leads through a linking comes with the first account that is linked",
    "cmdesk/ui/accounts/view.py": "the page that links comes with the first account that is linked",
    "cmdesk/ui/calendar/view.py": "week, agenda and dialogs come when they are first looked at",
    "cmdesk/ui/calendar/presenter.py": "key dates, slots and the filter's words come after the page is seen",
    "cmdesk/ui/calendar/windows.py": "repetition, import, paper and the like come when they are asked for",
    "cmdesk/ui/calendar/carrying.py": "few people print, and not every system has what printing needs",
    "cmdesk/ui/calendar/around.py": "the planner of cover comes when it is asked for",
    "build_scripts/bench/inside.py": "the measurement of the calendar takes its tools from there",
    "cmdesk/ui/composer/presenter.py": "what writes comes with the first post that is opened",
    "cmdesk/ui/composer/view.py": "the editor comes with the first post that is opened",
    "cmdesk/ui/deciding.py": "the publisher and what it brings comes with the first decision, after the window",
    "cmdesk/ui/icons.py": "the first sight draws icons, and is quicker without the class that menus want",
    "cmdesk/ui/farewell.py": "what is asked when the window closes is not needed when it opens",
    "cmdesk/ui/inbox/presenter.py": "what fetches comes with the first fetch that is asked for",
    "cmdesk/ui/inbox/threadpane.py": "the conversation comes with the first message that is opened",
    "cmdesk/ui/inbox/view.py": "few messages are reported",
    "cmdesk/ui/proofing/panel.py": "what a client wants of its texts is rarely changed",
    "cmdesk/ui/preferences/presenter.py": "hardly ever is a client erased",
    "cmdesk/ui/today/*": "cards of decisions come with the first decision there is to take",
    "cmdesk/ui/window.py": "palette, toasts and dialogs come when they are asked for",
    "cmdesk/vault/door.py": "only what waits needs a loop",
    "cmdesk/vault/backends.py": "the keyring library costs 70 ms, which the first window does not pay",
    "build_scripts/bench/probes/*": "what is loaded before the first paint is what is measured",
    "build_scripts/train_mood.py": "the encoder is loaded after the number of its threads is told",
    "build_scripts/environment.py": "one of the two modules exists per operating system",
}

#: Calls and names that have one seam each: what, where it may stand, and why.
SEAMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "time is asked of the clock": (
        (
            r"(datetime\.)?datetime\.(now|utcnow|today)|(datetime\.)?date\.today|time\.(time|time_ns|monotonic)"
            r"|QDateTime\.current\w+|QDate\.currentDate|QTime\.currentTime"
        ),
        ("cmdesk/domain/clock.py",),
    ),
    "links are opened by one function": (
        r"(\w+\.)*QDesktopServices(\.\w+)*|webbrowser\.\w+",
        ("cmdesk/app.py", "cmdesk/ui/links.py", "cmdesk/cli/browser.py"),
    ),
    "foreign text is shown by one widget": (r".*\.setHtml|.*\.insertHtml|.*\.appendHtml", ("cmdesk/ui/widgets/safe.py",)),
    "nothing browses": (r"(\w+\.)*(QTextBrowser|QWebEngineView)(\.\w+)*", ()),
    "labels show plain text": (r".*\.(RichText|AutoText|MarkdownText)", ()),
    "the vault alone speaks to the keyring": (r"keyring\.\w+(\.\w+)*", ("cmdesk/vault/*",)),
    "archives are unpacked entry by entry": (r".*\.(extractall|unpack_archive)", ()),
    "dice are thrown by nobody": (r"random\.[a-z]\w*", ()),
    "ids come through a seam": (r"(uuid\.)?uuid[14]", ()),
}


def _inside_functions(module: Module) -> Iterator[ast.stmt]:
    for function in module.nodes(ast.AST):
        if isinstance(function, Function):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield node


def test_imports_inside_functions_are_listed_with_their_reason() -> None:
    found = {
        module.at(node)
        for module in modules("cmdesk", "build_scripts")
        for node in _inside_functions(module)
        if not any(fnmatch(module.path, pattern) for pattern in LAZY)
    }
    assert not found


def test_every_module_opens_with_a_sentence() -> None:
    found = [
        module.path
        for module in modules("cmdesk", "tests", "build_scripts")
        if not (ast.get_docstring(module.tree) or "").strip() and module.source.strip()
    ]
    assert not found


def test_there_is_no_global() -> None:
    assert not [module.at(node) for module in modules("cmdesk", "tests", "build_scripts") for node in module.nodes(ast.Global)]


READ_ONLY = re.compile(
    r"^(?:typing\.|t\.)?(?:(?:Final|ClassVar)\[)?(?:\w+\.)*(?:Mapping|Sequence|Collection|Iterable|AbstractSet)\b"
)
MUTABLE_CALLS = {
    "list", "dict", "set", "bytearray", "deque", "collections.deque", "defaultdict", "collections.defaultdict", "Counter",
    "collections.Counter", "OrderedDict", "array", "array.array", "WeakValueDictionary", "weakref.WeakValueDictionary", "WeakSet",
    "weakref.WeakSet", "ContextVar", "contextvars.ContextVar", "threading.local", "local", "asyncio.Event", "asyncio.Lock",
    "asyncio.Queue", "queue.Queue", "QTimer", "QObject", "httpx.AsyncClient", "httpx.Client",
}  # fmt: skip


def _mutable(value: ast.expr | None) -> bool:
    match value:
        case ast.List() | ast.Dict() | ast.Set() | ast.ListComp() | ast.DictComp() | ast.SetComp():
            return True
        case ast.Call(func=func):
            return dotted(func) in MUTABLE_CALLS
        case _:
            return False


def mutable_values(module: Module) -> Iterator[str]:
    """Module-level (and class-level) values that somebody could change; `Mapping` and `Sequence` make a table read-only."""
    bodies = [module.tree.body, *(node.body for node in module.nodes(ast.ClassDef))]
    for statement in (statement for body in bodies for statement in body):
        if isinstance(statement, ast.AnnAssign):
            if _mutable(statement.value) and not READ_ONLY.match(ast.unparse(statement.annotation).strip("'\"")):
                yield f"{module.at(statement)} {ast.unparse(statement.target)}"
        elif isinstance(statement, ast.Assign):
            names = [ast.unparse(target) for target in statement.targets]
            if _mutable(statement.value) and names not in (["__all__"], ["__slots__"], ["__match_args__"]):
                yield f"{module.at(statement)} {names[0]}"


def test_there_is_no_mutable_value_at_module_or_class_level() -> None:
    assert not [line for module in modules("cmdesk") for line in mutable_values(module)]


@pytest.mark.parametrize(
    ("source", "bad"),
    [
        ("A = {}", True),
        ("a: dict[str, int] = {}", True),
        ("CACHE = defaultdict(list)", True),
        ("class X:\n    seen: list[int] = []", True),
        ("A: Mapping[str, int] = {'a': 1}", False),
        ("A: Final[Mapping[str, int]] = {'a': 1}", False),
        ("A = ('a', 'b')", False),
        ("A = frozenset({'a'})", False),
        ("__all__ = ['a']", False),
    ],
)
def test_what_counts_as_mutable(source: str, bad: bool) -> None:
    assert bool(list(mutable_values(Module("m", "m.py", source)))) is bad


def uses(module: Module, pattern: str) -> Iterator[str]:
    """Where a dotted name that matches is used; for time, dice and ids only calls count, since handing over is the seam."""
    expression = re.compile(pattern)
    called = {id(node.func) for node in module.nodes(ast.Call)}
    inner = {id(node.value) for node in module.nodes(ast.Attribute)}
    for node in module.nodes(ast.expr):
        if isinstance(node, ast.Attribute | ast.Name) and id(node) not in inner and expression.fullmatch(dotted(node)):
            only_calls = pattern.startswith(("(datetime", "random", "(uuid"))
            if not only_calls or id(node) in called:
                yield module.at(node)


@pytest.mark.parametrize("rule", SEAMS)
def test_a_seam_is_the_only_way(rule: str) -> None:
    pattern, allowed = SEAMS[rule]
    found = [
        place
        for module in modules("cmdesk")
        if not any(fnmatch(module.path, where) for where in allowed)
        for place in uses(module, pattern)
    ]
    assert not found


def test_a_seam_is_seen() -> None:
    module = Module("m", "m.py", "import x\nx.datetime.datetime.now()\na.b().setHtml('')\nnow = datetime.now\nuuid4()\n")
    found = {rule: list(uses(module, pattern)) for rule, (pattern, _) in SEAMS.items()}
    assert found["foreign text is shown by one widget"] == ["m.py:3"]
    assert found["ids come through a seam"] == ["m.py:5"]
    assert list(uses(Module("m", "m.py", "datetime.now(UTC)"), SEAMS["time is asked of the clock"][0])) == ["m.py:1"]


def test_certificates_are_always_verified() -> None:
    found = [
        module.at(node)
        for module in modules("cmdesk")
        for node in module.nodes(ast.Call)
        if any(word.arg == "verify" and isinstance(word.value, ast.Constant) and not word.value.value for word in node.keywords)
    ]
    assert not found


CURRENT = re.compile(
    r"(get_|set_)?(current|active|selected)_?(client|workspace|account)s?|_?(CURRENT|ACTIVE)_(CLIENT|WORKSPACE|ACCOUNT)"
)


def test_a_client_is_handed_over_and_never_looked_up() -> None:
    """No function outside the screen answers "the current client"; on the screen, only arguments carry one."""
    found = []
    for module in modules("cmdesk"):
        for node in ast.walk(module.tree):
            if isinstance(node, Function) and CURRENT.fullmatch(node.name):
                found.append(module.at(node))
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node in module.tree.body:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found += [module.at(node) for target in targets if CURRENT.fullmatch(ast.unparse(target))]
    assert not found


MARKS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SILENCED = re.compile(r"#\s*(?:type:\s*ignore|noqa)\b(?P<rest>.*)")
GIVEN = re.compile(r"\[[\w-]+(?:,\s*[\w-]+)*\].*\w{3,}|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*\b.*\w{3,}")


def test_comments_leave_nothing_open_and_silence_nothing_without_a_reason() -> None:
    found = []
    for module in modules("cmdesk", "tests", "build_scripts"):
        for line, comment in module.comments():
            silenced = SILENCED.search(comment)
            if (silenced and not GIVEN.match(silenced["rest"].strip())) or MARKS.search(comment):
                found.append(f"{module.path}:{line} {comment}")
    assert not found


def test_there_is_no_stub() -> None:
    found = []
    for module in modules("cmdesk", "build_scripts"):
        found += [module.at(node) for node in module.nodes(ast.Name) if node.id == "NotImplementedError"]
        strings = docstrings(module.tree)
        for function in (node for node in module.nodes(ast.AST) if isinstance(node, Function)):
            body = [
                statement for statement in function.body if not (isinstance(statement, ast.Expr) and statement.value in strings)
            ]
            if len(body) == 1 and isinstance(body[0], ast.Pass):
                found.append(module.at(function))
    assert not found
