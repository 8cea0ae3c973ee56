"""The part for the KCC never leaves: field by field, over every channel."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate

from kennisbank import services
from kennisbank.models import (
    ArtikelVersie,
    Concept,
    ConceptGebeurtenis,
    Herkomst,
    Kennisartikel,
    Linkcontrole,
    Melding,
    Zoekactie,
)
from kennisbank.search.openbaar import search_public
from organisatie.models import Afdeling
from tests.factories import WOENSDAG, MedewerkerFactory, ProductFactory, moment
from tests.kennisbank.conftest import TEKST
from tests.kennisbank.openbaar import API, alle_kanalen, data, haal, pagina_van

pytestmark = pytest.mark.django_db

# What a citizen may read. Every other text of these models is tried below, also one that comes
# later: it is secret until it is named here.
OPENBAAR = {
    ArtikelVersie: {"titel", "kort_antwoord", "uitleg_html"},
    Kennisartikel: {"slug", "soort", "doelgroep", "trefwoorden"},
    Concept: {"soort", "doelgroep", "stand"},
    Melding: {"soort", "stand"},
    ConceptGebeurtenis: {"soort"},
    Herkomst: set(),
    Afdeling: {"identificatie", "naam"},
}


def geheim(waar: str) -> str:
    """A word for this place that no text has, and that looks like no other."""
    som = hashlib.sha256(waar.encode()).hexdigest()
    return "".join(chr(ord("a") + int(cijfer, 16)) for cijfer in som[:12])


def teksten(model: type[models.Model]) -> list[str]:
    """The text fields of a model that are not for citizens."""
    return [
        veld.name
        for veld in model._meta.get_fields()
        if isinstance(veld, models.CharField | models.TextField)
        and not veld.choices
        and veld.name not in OPENBAAR[model]
    ]


class Vuller:
    """Puts a word of its own in each field, and remembers which."""

    def __init__(self) -> None:
        self.woorden: dict[str, str] = {}

    def __call__(self, waar: str) -> str:
        self.woorden[waar] = geheim(waar)
        return self.woorden[waar]

    def velden(self, model: type[models.Model], waar: str) -> dict[str, str]:
        """All secret texts of a model, filled."""
        return {
            veld: self(f"{waar}.{veld}")[: model._meta.get_field(veld).max_length or 100]  # type: ignore[union-attr]
            for veld in teksten(model)
        }

    def wie(self, waar: str) -> Any:
        """Somebody with a name that nobody else has."""
        return MedewerkerFactory.create(achternaam=self(waar))


def not_public(vul: Vuller, publiceer: Callable[..., Kennisartikel], product: Any) -> None:
    """Articles of every kind that stays inside, about the same product."""
    soorten: dict[str, dict[str, Any]] = {
        "intern": {"alleen_intern": True},
        "werkinstructie": {"soort": "werkinstructie"},
        "nieuws": {"soort": "nieuws", "geldig_van": localdate()},
        "wie doet wat": {"soort": "wie_doet_wat"},
        "ingetrokken": {"is_actief": False, "ingetrokken_op": WOENSDAG},
    }
    for naam, velden in soorten.items():
        publiceer(
            product=product,
            slug=vul(f"{naam}.slug"),
            trefwoorden=vul(f"{naam}.trefwoorden"),
            **{
                veld: f"paspoort {vul(f'{naam}.{veld}')}"
                for veld in ("titel", "kort_antwoord", "uitleg_html", "werkinstructie_html")
            },
            **velden,
        )


@pytest.fixture(params=["vac", "product"])
def stuk(publiceer: Callable[..., Kennisartikel], request: pytest.FixtureRequest) -> Kennisartikel:
    """A public article with a secret in everything around it; ``stuk.geheimen`` says which."""
    vul = Vuller()
    product = ProductFactory.create(naam="paspoort", trefwoorden="reispas")
    artikel = publiceer(
        product=product, soort=request.param, titel=f"Paspoort {vul('vorige versie')}"
    )
    html = vul.velden(ArtikelVersie, "versie")
    tekst = {veld: TEKST[veld] for veld in ("titel", "kort_antwoord", "uitleg_html")}
    artikel.huidige_versie = ArtikelVersie.objects.create(
        **tekst, **html, artikel=artikel, nummer=2, gepubliceerd_op=moment("2026-11-19 09:00"),
        auteur=vul.wie("auteur"), goedgekeurd_door=vul.wie("goedgekeurd_door"),
        contactpersoon=vul.wie("contactpersoon"), vervanger=vul.wie("vervanger"),
    )  # fmt: skip
    artikel.save(update_fields=["huidige_versie"])
    services.refresh_zoekvector(artikelen=Kennisartikel.objects.filter(pk=artikel.pk))
    velden = vul.velden(Kennisartikel, "artikel")
    Kennisartikel.objects.filter(pk=artikel.pk).update(
        **velden, redacteur=vul.wie("redacteur"), ingetrokken_door=vul.wie("ingetrokken_door")
    )
    Afdeling.objects.filter(pk=artikel.afdeling_id).update(
        email=f"{vul('afdeling.email')}@voorbeeld.test", coordinator=vul.wie("coordinator")
    )
    wie = vul.wie("melder")
    concept = Concept.objects.create(
        **vul.velden(Concept, "concept"), artikel=artikel, soort="vac", afdeling=artikel.afdeling,
        stand="gepland", publiceren_op=moment("2027-01-01 09:00"), ingediend_door=wie,
        ingediend_op=WOENSDAG, gewijzigd_door=wie, gewijzigd_op=WOENSDAG,
        contactpersoon=vul.wie("concept.contactpersoon"),
    )  # fmt: skip
    ConceptGebeurtenis.objects.create(
        concept=concept, soort="voorgesteld", door=wie, op=WOENSDAG, tekst=vul("gebeurtenis.tekst")
    )
    Melding.objects.create(
        **vul.velden(Melding, "melding"), soort="klopt_niet", artikel=artikel, door=wie, op=WOENSDAG
    )
    Herkomst.objects.create(
        **vul.velden(Herkomst, "herkomst"), artikel=artikel, inhoud={"tekst": vul("herkomst")},
        opgehaald_op=WOENSDAG,
    )  # fmt: skip
    Zoekactie.objects.create(vraag=f"paspoort {vul('zoekactie')}", aantal=0, op=WOENSDAG)
    Linkcontrole.objects.create(
        url=f"https://voorbeeld.test/{vul('linkcontrole')}", gecontroleerd_op=WOENSDAG
    )
    not_public(vul, publiceer, product)
    artikel.refresh_from_db()
    artikel.geheimen = vul.woorden  # type: ignore[attr-defined]
    return artikel


def test_the_fields_that_are_tried_are_those_that_are_there() -> None:
    assert {"vraag_door_html", "werkinstructie_html", "telefoonnummer"} <= set(
        teksten(ArtikelVersie)
    )
    assert {"toelichting", "werkinstructie", "telefoonnummer"} <= set(teksten(Concept))
    assert {"toelichting", "antwoord", "zoekvraag"} <= set(teksten(Melding))


def test_no_channel_shows_a_word_that_is_not_for_citizens(stuk: Any) -> None:
    kanalen = alle_kanalen(stuk)
    assert any("Neem uw oude paspoort mee" in tekst for tekst in kanalen.values())
    assert len(stuk.geheimen) > 40
    for pad, tekst in kanalen.items():
        gelekt = [waar for waar, woord in stuk.geheimen.items() if woord in tekst.lower()]
        assert not gelekt, (pad, gelekt)


def test_no_search_finds_or_corrects_to_such_a_word(stuk: Any) -> None:
    for waar, woord in stuk.geheimen.items():
        for vraag in (woord, woord[:6], f"{woord[:-1]}9", f'"{woord}"', f"-zee {woord}"):
            gevonden = search_public(vraag)
            assert (gevonden.aantal, gevonden.treffers, gevonden.gelezen_als) == (0, [], ""), waar
    assert data(f"/zoekresultaten?q={stuk.geheimen['versie.werkinstructie_html']}")["count"] == 0
    pagina = haal(f"/antwoorden/?q={stuk.geheimen['intern.titel']}").text
    assert "Niets gevonden" in pagina


def test_such_a_word_changes_nothing_beside_a_word_that_is_public(stuk: Any) -> None:
    nergens = search_public("paspoort wxwxqzqz")
    assert nergens.aantal == 1
    for waar, woord in stuk.geheimen.items():
        gevonden = search_public(f"paspoort {woord}")
        assert gevonden.aantal == nergens.aantal, waar
        assert [t.artikel for t in gevonden.treffers] == [t.artikel for t in nergens.treffers], waar


def test_keywords_find_an_article_and_are_never_shown(
    publiceer: Callable[..., Kennisartikel],
) -> None:
    stuk = publiceer(product="paspoort", trefwoorden="pastepoort")
    assert [t.artikel for t in search_public("pastepoort").treffers] == [stuk]
    assert not [pad for pad, tekst in alle_kanalen(stuk).items() if "pastepoort" in tekst]


@pytest.mark.parametrize(
    "velden",
    [
        {"alleen_intern": True},
        {"soort": "werkinstructie"},
        {"soort": "nieuws"},
        {"soort": "wie_doet_wat"},
        {"is_actief": False},
        {"huidige_versie": None},
    ],
)
def test_an_article_that_is_public_no_more_is_gone_everywhere_at_once(
    publiceer: Callable[..., Kennisartikel], velden: dict[str, Any]
) -> None:
    stuk = publiceer(product="paspoort", titel="Zeldzaamheid aanvragen")
    assert stuk.product is not None
    assert search_public("zeldzaamheid").aantal == 1
    Kennisartikel.objects.filter(pk=stuk.pk).update(**velden)
    assert haal(pagina_van(stuk)).status_code == 404
    assert haal(f"{API}/artikelen/{stuk.uuid}").status_code == 404
    assert haal(reverse("openbaar:product", args=[stuk.product.uuid])).status_code == 404
    assert haal(f"{API}/producten/{stuk.product.uuid}").status_code == 404
    assert haal(reverse("openbaar:onderwerp", args=["burgerzaken"])).status_code == 404
    assert data("/artikelen")["count"] == data("/producten")["count"] == 0
    assert search_public("zeldzaamheid").aantal == search_public("paspoort").aantal == 0
    assert "Zeldzaamheid" not in haal(reverse("openbaar:wijzigingen")).text
    # Not as the word that somebody must have meant, either.
    assert search_public("zeldzamheid").gelezen_als == ""


def test_an_article_that_becomes_public_is_found(publiceer: Callable[..., Kennisartikel]) -> None:
    stuk = publiceer(product="paspoort", titel="Zeldzaamheid aanvragen", alleen_intern=True)
    assert search_public("zeldzaamheid").aantal == 0
    Kennisartikel.objects.filter(pk=stuk.pk).update(alleen_intern=False)
    assert [t.artikel for t in search_public("zeldzaamheid").treffers] == [stuk]


def test_a_page_of_ours_that_is_not_public_becomes_plain_text(
    publiceer: Callable[..., Kennisartikel],
) -> None:
    intern = publiceer(product="paspoort", alleen_intern=True)
    ander = publiceer(product="paspoort", titel="Ander antwoord")
    links = (
        f'<p><a href="/kennisbank/artikel/{intern.uuid}/">intern</a> '
        f'<a href="/kennisbank/artikel/{ander.uuid}/">ander</a> '
        '<a href="/werkplek/">werkplek</a> <a href="https://rijk.voorbeeld.test/">rijk</a></p>'
    )
    stuk = publiceer(product="paspoort", uitleg_html=links)
    for tekst in (haal(pagina_van(stuk)).text, data(f"/artikelen/{stuk.uuid}")["uitlegHtml"]):
        assert str(intern.uuid) not in tekst
        assert "/werkplek/" not in tekst
        assert f"{pagina_van(ander)}" in tekst
        assert "https://rijk.voorbeeld.test/" in tekst
        assert "intern" in tekst
