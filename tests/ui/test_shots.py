"""The pictures: every screen can be drawn, no two rounds differ, and French words are seen whole."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from cmdesk import resources
from cmdesk.domain.errors import BadInput
from cmdesk.ui.i18n import Tongue, Words
from cmdesk.ui.shotdesk import Stage
from cmdesk.ui.shots import SCREENS, Camera, render
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.buttons import Button

SMALL = [(1280, 800)]


def colours(file: Path) -> int:
    image = QImage(str(file))
    assert not image.isNull()
    return len({image.pixel(x, y) for x in range(0, image.width(), 16) for y in range(0, image.height(), 16)})


@pytest.mark.slow
def test_every_screen_gives_a_picture(qapp: QApplication, tmp_path: Path) -> None:
    files = render(tmp_path, None, ["light"], ["fr-CA"], sizes=SMALL, scales=[1])
    assert [file.name for file in files] == [f"{screen}_light_fr-CA_1280x800@1.png" for screen in SCREENS]
    dull = [file.name for file in files if colours(file) < 5]
    assert not dull


def test_a_picture_repeats_byte_for_byte(qapp: QApplication, tmp_path: Path) -> None:
    first, second = (
        render(tmp_path / str(number), ["today", "accounts"], ["dark"], ["en-CA"], sizes=SMALL, scales=[1]) for number in (1, 2)
    )
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]


def test_a_picture_of_twice_the_scale_has_twice_the_pixels(qapp: QApplication, tmp_path: Path) -> None:
    (file,) = render(tmp_path, ["welcome"], ["light"], ["en-CA"], sizes=SMALL, scales=[2])
    image = QImage(str(file))
    assert (image.width(), image.height()) == (2560, 1600)


def test_an_unknown_screen_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        render(tmp_path, ["nowhere"], ["light"], ["en-CA"])
    assert caught.value.field == "screen"
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_no_french_button_is_cut(qapp: QApplication, theme: Theme, tmp_path: Path, size: tuple[int, int]) -> None:
    words = Words(resources.path("i18n"), Tongue.FR_CA)
    words.install()
    camera = Camera(Stage(tmp_path, theme, words), tmp_path)
    cut: list[str] = []
    try:
        camera.window.resize(*size)
        camera.window.show()
        for name, arrange in SCREENS.items():

            def look(name: str = name) -> None:
                shown = QApplication.activeModalWidget() or camera.window
                cut.extend(
                    f"{name}: {button.text()}"
                    for button in shown.findChildren(Button)
                    if button.isVisible() and button.width() < button.sizeHint().width() - 1
                )

            arrange(camera, look)
    finally:
        camera.stage.close()
        words.choose(Tongue.EN_CA)
    assert not cut
