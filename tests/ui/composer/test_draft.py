"""Steps on an edit: variants follow and leave the base, pictures keep their order, thinking about nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.ids import AccountId, MediaId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.post import MediaItem, PostEdit, Variant, content_for
from cmdesk.ui.composer import draft

ROSA, FOURNIL = AccountId(1), AccountId(2)
EDIT = PostEdit(text="Du pain", language="fr-CA", variants=(Variant(ROSA), Variant(FOURNIL)))


def picture(number: int) -> MediaItem:
    return MediaItem(MediaId(number), f"{number}.png", f"{number}.png", "image/png", 10, "0" * 64)


def test_a_variant_leaves_the_base_and_follows_it_again() -> None:
    own = draft.with_text(EDIT, FOURNIL, "Du pain, au four")
    assert draft.text_for(own, FOURNIL) == "Du pain, au four"
    assert draft.text_for(own, ROSA) == draft.text_for(own, None) == "Du pain"
    assert draft.differs(own, FOURNIL)
    assert not draft.differs(own, ROSA)
    assert draft.reverted(own, FOURNIL) == EDIT


def test_what_is_typed_back_to_the_base_follows_it() -> None:
    assert draft.with_text(draft.with_text(EDIT, ROSA, "Autre"), ROSA, "Du pain") == EDIT


def test_the_base_does_not_change_what_left_it() -> None:
    changed = draft.with_text(draft.with_text(EDIT, ROSA, "À moi"), None, "Du bon pain")
    assert content_for(changed, ROSA).text == "À moi"
    assert content_for(changed, FOURNIL).text == "Du bon pain"


def test_warning_visibility_and_language_belong_to_the_tab() -> None:
    own = draft.with_language(
        draft.with_visibility(draft.with_warning(EDIT, ROSA, "Gluten"), ROSA, Visibility.UNLISTED), ROSA, "en-CA"
    )
    assert (content_for(own, ROSA).warning, content_for(own, ROSA).visibility, content_for(own, ROSA).language) == (
        "Gluten",
        Visibility.UNLISTED,
        "en-CA",
    )
    assert content_for(own, FOURNIL) == content_for(EDIT, FOURNIL)


def test_an_account_that_leaves_takes_its_words_and_the_others_keep_theirs() -> None:
    own = draft.with_text(EDIT, FOURNIL, "Au four")
    assert draft.with_targets(own, [FOURNIL]).variants == (Variant(FOURNIL, text="Au four"),)
    assert draft.with_targets(draft.with_targets(own, [ROSA]), [ROSA, FOURNIL]) == EDIT


def test_pictures_move_and_stop_at_the_ends() -> None:
    edit = EDIT
    for number in (1, 2, 3):
        edit = draft.with_media(edit, picture(number))
    assert [item.id for item in draft.moved_media(edit, MediaId(3), -1).media] == [1, 3, 2]
    assert draft.moved_media(edit, MediaId(1), -1) == edit
    assert draft.moved_media(edit, MediaId(9), 1) == edit
    assert draft.with_media(edit, picture(2)) == edit
    assert draft.with_alt(edit, MediaId(2), "Une miche").media[1].alt == "Une miche"
    assert [item.id for item in draft.without_media(edit, MediaId(2)).media] == [1, 3]


def test_blank_is_what_nobody_would_miss() -> None:
    assert draft.is_blank(draft.with_text(EDIT, None, " \n"))
    assert not draft.is_blank(EDIT)
    assert not draft.is_blank(draft.with_text(draft.with_text(EDIT, None, ""), ROSA, "x"))
    assert not draft.is_blank(draft.with_media(PostEdit(), picture(1)))


@given(st.text(), st.text())
def test_reverting_always_ends_at_the_base(base: str, own: str) -> None:
    edit = draft.with_text(EDIT, None, base)
    assert draft.text_for(draft.reverted(draft.with_text(edit, ROSA, own), ROSA), ROSA) == base
