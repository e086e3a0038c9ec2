"""Guard-rails around every test: loopback only, a keyring in memory, a scratch home, silence, and nothing left behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import keyring
import pytest

from cmdesk.domain.language import Profile
from cmdesk.language.protocol import Checked
from tests.helpers import guards
from tests.helpers.keyrings import InMemoryKeyring

_SCREENS = tuple(Path(__file__).parent / room for room in ("ui", "app", "journeys"))
_SOCKETS = pytest.StashKey[guards.SocketGuard]()
_HOME = pytest.StashKey[tempfile.TemporaryDirectory[str]]()

# A busy machine must not make a property fail; each run looks at other examples.
hypothesis.settings.register_profile("house", deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    home = tempfile.TemporaryDirectory(prefix="cmdesk-tests-", ignore_cleanup_errors=True)
    guards.settle_environment(Path(home.name))
    sockets = guards.SocketGuard()
    sockets.install()
    config.stash[_HOME] = home
    config.stash[_SOCKETS] = sockets


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_HOME].cleanup()


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a thread, an asyncio task, a child process or a visible window.

    `@pytest.mark.leaves(text)` lets go what is the very point of a test.
    """
    before = guards.look()
    allowed = [text for mark in request.node.iter_markers("leaves") for text in mark.args]
    yield
    lines = guards.left_behind(before, allowed=allowed)
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


@pytest.fixture(autouse=True)
def _nobody_reads_along(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where screens are tested no worker reads what is typed or came in; `@pytest.mark.reads` wants the real one."""
    if any(request.path.is_relative_to(room) for room in _SCREENS) and request.node.get_closest_marker("reads") is None:

        async def unread(_self: object, _text: str, profile: Profile) -> Checked:
            return Checked(profile.locale)

        async def nothing(_ws: object) -> tuple[()]:
            return ()

        monkeypatch.setattr("cmdesk.services.proofreading.Proofreader.read", unread)
        monkeypatch.setattr("cmdesk.services.triage.read_some", nothing)


@pytest.fixture(autouse=True)
def loopback_only(pytestconfig: pytest.Config) -> Iterator[guards.SocketGuard]:
    """Fails a test that tried to reach outside, even if the code under test swallowed the refusal."""
    guard = pytestconfig.stash[_SOCKETS]
    guard.tried.clear()
    yield guard
    if guard.tried:
        pytest.fail("reached outside: " + "; ".join(guard.tried), pytrace=False)


@pytest.fixture(autouse=True)
def expected_logs(request: pytest.FixtureRequest) -> Iterator[guards.LogGuard]:
    """Fails a test on unexpected warnings in the log; `@pytest.mark.expects_log(text)` or `expected_logs.expect(text)`."""
    guard = guards.LogGuard(text for mark in request.node.iter_markers("expects_log") for text in mark.args)
    guard.attach()
    yield guard
    guard.detach()
    if guard.unexpected():
        pytest.fail("unexpected in the log:\n" + "\n".join(guard.unexpected()), pytrace=False)


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[InMemoryKeyring]:
    """The keyring that the library hands out during a test: empty, in memory, with the limit of Windows."""
    backend = InMemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(InMemoryKeyring())


@pytest.fixture(autouse=True)
def scratch_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a test (CMDESK_HOME); not made yet, because making it is the program's affair."""
    home = tmp_path / "desk-home"
    monkeypatch.setenv("CMDESK_HOME", str(home))
    return home
