"""Two words that disagree are told as two, and what is proposed first is the likelier of the two."""

from __future__ import annotations

import pytest

from cmdesk.domain.language import Finding, Severity
from cmdesk.language import grammalecte
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.pairs import paired

pytestmark = pytest.mark.skipif(grammalecte.find() is None, reason="Grammalecte is not installed")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_grammalecte()


@pytest.mark.parametrize(
    ("text", "word", "rule", "fixes", "wide", "first"),
    [
        ("Voyez leur maisons.", "maisons", "gn_leur_1m", ("maison",), "leur maisons", "leurs maisons"),
        ("Leur voisins rient.", "voisins", "gn_leur_1m", ("voisin",), "Leur voisins", "Leurs voisins"),
        ("Voyez la maisons.", "maisons", "gn_la_1m", ("maison",), "la maisons", "la maison"),
        ("Voici un table.", "table", "gn_un_1m", (), "un table", "une table"),
        ("Voici une camion.", "camion", "gn_une_1m", (), "une camion", "un camion"),
        ("On ferme se matin.", "matin", "conf_non_verbe_après_préverbes", (), "se matin", "ce matin"),
        ("On ferme se hôtel.", "hôtel", "conf_non_verbe_après_préverbes", (), "se hôtel", "cet hôtel"),
        ("Sa chauffe ici.", "chauffe", "conf_déterminant_fem_sing_verbe", ("chauffé",), "Sa chauffe", "Ça chauffe"),
        ("Luc à dansé.", "dansé", "conf_a_à_verbe", ("danser",), "à dansé", "a dansé"),
        ("Ils son partis.", "partis", "gn_mon_ton_son_1m", ("parti",), "son partis", "sont partis"),
        ("Il prend sont sac.", "sac", "ppas_être_accord_plur", ("sacs",), "sont sac", "son sac"),
    ],
)
def test_a_pair_is_told_as_a_pair(
    lexicon: Lexicon, text: str, word: str, rule: str, fixes: tuple[str, ...], wide: str, first: str
) -> None:
    start = text.index(word)
    one = Finding(start, start + len(word), f"fr.gram.{rule}", "agreement", Severity.BLOCK, "", fixes)
    told = paired(one, text, lexicon)
    assert text[told.start : told.end] == wide
    assert told.fixes[0] == first
    assert wide not in told.fixes


@pytest.mark.parametrize(
    ("text", "word", "rule"),
    [
        ("Les enfant rient.", "enfant", "conj_x"),
        ("enfant", "enfant", "gn_les_1m"),
        ("Les, enfant", "enfant", "gn_les_1m"),
        ("Les enfant rient.", "enfant", "gn_les_1m"),
    ],
)
def test_what_is_no_pair_stays(lexicon: Lexicon, text: str, word: str, rule: str) -> None:
    start = text.index(word)
    one = Finding(start, start + len(word), f"fr.gram.{rule}", "agreement", Severity.BLOCK, "", ("enfants",))
    assert paired(one, text, lexicon) == one
