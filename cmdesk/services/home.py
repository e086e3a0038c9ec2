"""Knows the data folder: where everything lies, made and mended so that only its owner can read it."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from cmdesk.domain.errors import ReadOnly

DATABASE = "client.sqlite"
MEDIA = "media"


class Home(Struct, frozen=True):
    """The data folder. Its clients are folders of ``clients``; what copies there are of them lies in ``backups``."""

    path: Path

    @property
    def clients(self) -> Path:
        """One folder per client, named by the client's id."""
        return self.path / "clients"

    @property
    def backups(self) -> Path:
        """One folder per client, named by the client's id."""
        return self.path / "backups"

    @property
    def settings_file(self) -> Path:
        """What holds for the whole program."""
        return self.path / "settings.json"

    @property
    def window_lock(self) -> Path:
        """Held by the one window of this folder."""
        return self.path / "window.lock"

    @property
    def publisher_lock(self) -> Path:
        """Held by the one process that publishes for this folder: the window or the agent."""
        return self.path / "publisher.lock"

    @property
    def publisher_lease(self) -> Path:
        """Says which computer publishes, for others that share this folder and do not see its lock."""
        return self.path / "publisher.lease"

    def client_folder(self, client: str) -> Path:
        """Where a client with this id lives."""
        return self.clients / client

    def client_backups(self, client: str) -> Path:
        """Where copies of a client's file lie."""
        return self.backups / client

    def prepare(self) -> tuple[Path, ...]:
        """Makes the folders and takes away from others what they could read; returns what had to be mended.

        Raises ReadOnly when the folder cannot be made. Media are protected by their folder and not walked.
        """
        try:
            for folder in (self.path, self.clients, self.backups):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return tuple(path for path in self._guarded() if _mend(path))
        except (FileExistsError, NotADirectoryError):
            raise ReadOnly(reason="not_a_folder", path=str(self.path)) from None
        except OSError as error:
            raise ReadOnly(reason=type(error).__name__, path=str(self.path)) from None

    def _guarded(self) -> list[Path]:
        found = [self.path, self.clients, self.backups]
        found += [
            path for path in (self.settings_file, self.window_lock, self.publisher_lock, self.publisher_lease) if path.exists()
        ]
        for folder in (*_folders(self.clients), *_folders(self.backups)):
            found.append(folder)
            found += [path for path in folder.iterdir() if not path.is_symlink()]
        return found


def find_home(option: str | None, environ: Mapping[str, str]) -> Home:
    """The folder named by the option, by ``CMDESK_HOME``, or the system's place for a program's data."""
    named = option or environ.get("CMDESK_HOME")
    if not named:
        import platformdirs  # start-up speed: whoever names a folder does without

        named = platformdirs.user_data_dir("cmdesk", appauthor=False)
    return Home(Path(named).expanduser().absolute())


def _folders(parent: Path) -> list[Path]:
    return [path for path in parent.iterdir() if path.is_dir() and not path.is_symlink()]


def _mend(path: Path) -> bool:
    """Takes the rights of group and others away; True when there were any. On Windows the profile folder guards instead."""
    if os.name == "nt":
        return False
    mode = stat.S_IMODE(path.stat().st_mode)
    wanted = mode & 0o700 if path.is_dir() else mode & 0o600
    if mode == wanted:
        return False
    path.chmod(wanted)
    return True
