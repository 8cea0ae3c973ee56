"""The index of short entries: it follows every change, and reads a question as people mean it."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from kennisbank import services
from kennisbank.models import Kennisartikel, Product, Synoniem, Zoekstuk
from kennisbank.search import index, read_question, search, search_page, suggest_products
from kennisbank.search.geheugen import Geheugen
from kennisbank.search.score import Kandidaat, enough
from kennisbank.search.warm import warm_up
from kennisbank.search.woorden import stem
from organisatie.models import Medewerker
from tests.factories import WOENSDAG, MedewerkerFactory, ProductFactory
from tests.kennisbank.conftest import TEKST

pytestmark = pytest.mark.django_db
Publiceer = Callable[..., Kennisartikel]


class Terug(Exception):
    """Roll back."""


@pytest.fixture
def agent() -> Medewerker:
    return MedewerkerFactory.create()


def producten(vraag: str, agent: Medewerker) -> list[str]:
    return [treffer.product_naam for treffer in search(vraag, medewerker=agent)]


def stored() -> list[tuple[Any, ...]]:
    """All that the index holds, without numbers of rows."""
    return list(
        Zoekstuk.objects.order_by("product", "artikel").values_list(
            "product", "artikel", "zinnen", "woorden", "tekst"
        )
    )


def test_a_renamed_product_is_found_by_its_new_name_only(agent: Medewerker) -> None:
    product = ProductFactory.create(naam="rookvergunning")
    Product.objects.filter(pk=product.pk).update(naam="vuurplaats")
    services.refresh_producten(Product.objects.filter(pk=product.pk))
    assert producten("vuurplaats", agent) == ["vuurplaats"]
    assert producten("rookvergunning", agent) == []
    assert "rookvergunning" not in Zoekstuk.objects.get(product=product).woorden


def test_trefwoorden_edited_in_the_admin_are_found_at_once(
    client_as: Callable[..., Any], agent: Medewerker
) -> None:
    product = ProductFactory.create(naam="paspoort", upn_uri=None)
    client = client_as("beheerder")
    response = client.post(
        reverse("admin:kennisbank_product_change", args=[product.pk]),
        {
            "naam": "paspoort", "upn_uri": "", "doelgroep": "", "is_actief": "on",
            "trefwoorden": "vakantieboekje",
        },
    )  # fmt: skip
    assert response.status_code == 302
    assert producten("vakantieboekje", agent) == ["paspoort"]


def test_a_new_version_replaces_what_the_old_one_was_found_by(
    publiceer: Publiceer, agent: Medewerker
) -> None:
    stuk = publiceer(titel="Kampvuur stoken", product="stookontheffing")
    assert [t.titel for t in search("kampvuur", medewerker=agent)] == ["Kampvuur stoken"]
    services.publish_versie(
        artikel=stuk, **TEKST | {"titel": "Vreugdevuur stoken"}, by=None, at=WOENSDAG
    )
    assert search("kampvuur stoken", medewerker=agent)[0].titel == "Vreugdevuur stoken"
    zinnen = [zin[0] for zin in Zoekstuk.objects.get(artikel=stuk).zinnen]
    assert "Vreugdevuur stoken" in zinnen
    assert "Kampvuur stoken" not in zinnen


def test_what_is_switched_off_lends_nothing_to_its_product(
    publiceer: Publiceer, agent: Medewerker
) -> None:
    stuk = publiceer(titel="Reispas", product="paspoort")
    assert [product.naam for product in suggest_products("reispas")] == ["paspoort"]
    Kennisartikel.objects.filter(pk=stuk.pk).update(is_actief=False)
    assert suggest_products("reispas") == []
    assert search("reispas", medewerker=agent) == []


def test_the_placeholder_is_never_found(agent: Medewerker) -> None:
    product = ProductFactory.create(naam="nog geen naam", trefwoorden="onbekend")
    Product.objects.filter(pk=product.pk).update(is_placeholder=True)
    assert producten("onbekend", agent) == []
    index.rebuild()
    assert producten("onbekend", agent) == []
    assert suggest_products("onbekend") == []


@pytest.mark.parametrize(
    ("vraag", "product"),
    [
        ("rijbewijs aanvraag", "rijbewijsaanvraag"),
        ("grof vuil", "grofvuil"),
        ("boomkapvergunning", "kapvergunning boom"),
        ("gorfvuil", "grofvuil"),
        ("hodn", "hondenbelasting"),
        ("parkeerverguning", "parkeervergunning"),
        ("gpk", "gehandicaptenparkeerkaart"),
        ("vog", "verklaring omtrent het gedrag"),
        ("Mijn vader is overleden, wat moet ik nu doen?", "overlijdensaangifte"),
        ("waar kan ik een bewijs krijgen dat ik nooit iets strafbaars heb gedaan",
         "verklaring omtrent het gedrag"),
    ],
)  # fmt: skip
def test_a_question_is_read_as_it_is_meant(vraag: str, product: str, agent: Medewerker) -> None:
    for naam, trefwoorden in {
        "rijbewijsaanvraag": "",
        "grofvuil": "oude bank ophalen",
        "kapvergunning boom": "vergunning om een boom te kappen",
        "hondenbelasting": "hond aanmelden",
        "parkeervergunning": "parkeren voor mijn deur",
        "gehandicaptenparkeerkaart": "gpk, invalidenkaart",
        "verklaring omtrent het gedrag": "vog, bewijs dat ik niets strafbaars heb gedaan",
        "overlijdensaangifte": "vader overleden, sterfgeval",
    }.items():
        ProductFactory.create(naam=naam, trefwoorden=trefwoorden)
    assert producten(vraag, agent)[:1] == [product]


def test_an_edited_synonym_works_at_once(agent: Medewerker) -> None:
    ProductFactory.create(naam="afvalcontainer", trefwoorden="container kapot")
    assert producten("kliko", agent) == []
    synoniem = Synoniem.objects.create(woord="kliko", woorden="container")
    assert producten("kliko kapot", agent) == ["afvalcontainer"]
    assert producten("kliko", agent) == ["afvalcontainer"]
    synoniem.delete()
    assert producten("kliko", agent) == []


def test_why_it_was_found_is_shown(publiceer: Publiceer, agent: Medewerker) -> None:
    publiceer(titel="Noodpaspoort", product="noodreisdocument", trefwoorden="laissez-passer")
    (treffer, *_) = search("laissez passer", medewerker=agent)
    assert treffer.reden == "gevonden op ‘laissez-passer’ (ander woord voor noodreisdocument)"
    (treffer, *_) = search("noodpaspoort", medewerker=agent)
    assert treffer.reden == ""
    (treffer, *_) = search("noodpasport", medewerker=agent)
    assert treffer.reden == "‘noodpasport’ gelezen als ‘noodpaspoort’"


def test_a_synonym_and_a_word_in_a_long_text_are_told(
    publiceer: Publiceer, agent: Medewerker
) -> None:
    Synoniem.objects.create(woord="kliko", woorden="container")
    publiceer(titel="Container kapot", uitleg_html="<p>Met beugel en deksel.</p>")
    assert search("kliko", medewerker=agent)[0].reden == "‘kliko’ is ook ‘container’"
    assert search("deksel", medewerker=agent)[0].reden == "de woorden staan in de tekst"


def test_rebuilding_changes_nothing_and_may_be_repeated(publiceer: Publiceer) -> None:
    publiceer(titel="Paspoort met spoed", product="paspoort", trefwoorden="reispas")
    voor = stored()
    call_command("herbouw_zoekindex", verbosity=0)
    assert stored() == voor
    call_command("herbouw_zoekindex", verbosity=0)
    assert stored() == voor


def test_shipped_words_fill_what_is_empty_and_never_what_an_editor_wrote() -> None:
    leeg = ProductFactory.create(naam="rijbewijs", trefwoorden="")
    eigen = ProductFactory.create(naam="paspoort", trefwoorden="eigen woord")
    assert services.fill_trefwoorden(Product.objects.all()) == [leeg.pk]
    leeg.refresh_from_db()
    eigen.refresh_from_db()
    assert leeg.trefwoorden
    assert eigen.trefwoorden == "eigen woord"


def test_a_long_question_costs_as_much_as_a_short_one(
    publiceer: Publiceer, agent: Medewerker, django_assert_num_queries: Any
) -> None:
    publiceer(titel="Paspoort met spoed")
    for vraag in ("paspoort", "kan ik morgen nog een paspoort met spoed krijgen voor mijn kind"):
        search_page(vraag, medewerker=agent)  # reads in what was just published
        with django_assert_num_queries(5):
            search_page(vraag, medewerker=agent)


def test_every_process_sees_a_change_in_its_next_search(agent: Medewerker) -> None:
    """Two memories of one database: what one process changes, the other has read before it
    answers; what is rolled back nobody keeps.
    """
    ander = Geheugen()
    ander.sync()
    product = ProductFactory.create(naam="windmolen")
    ander.sync()
    assert ander.knows(stem("windmolen"))
    with contextlib.suppress(Terug), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(naam="watermolen")
        services.refresh_producten(Product.objects.filter(pk=product.pk))
        ander.sync()
        assert ander.knows(stem("watermolen"))
        assert not ander.knows(stem("windmolen"))
        raise Terug
    ander.sync()
    assert ander.knows(stem("windmolen"))
    assert not ander.knows(stem("watermolen"))
    product.delete()
    ander.sync()
    assert not ander.knows(stem("windmolen"))
    assert ander.groepen == {}


def test_a_change_taken_over_equals_the_index_read_anew(publiceer: Publiceer) -> None:
    bij = Geheugen()
    bij.sync()
    stuk = publiceer(titel="Kampvuur stoken", product="stookontheffing", trefwoorden="vuurtje")
    bij.sync()
    services.publish_versie(
        artikel=stuk, **TEKST | {"titel": "Vreugdevuur stoken"}, by=None, at=WOENSDAG
    )
    bij.sync()
    nieuw = Geheugen()
    nieuw.sync()
    assert bij.woorden == nieuw.woorden
    assert bij.alfabet == nieuw.alfabet
    assert +bij.aantal == +nieuw.aantal
    assert {s: len(z) for s, z in bij.groepen.items()} == {
        s: len(z) for s, z in nieuw.groepen.items()
    }


@pytest.mark.django_db(transaction=True)
def test_a_commit_in_between_is_not_missed() -> None:
    """A change that began before a reader looked, and was committed after it."""
    product = ProductFactory.create(naam="windmolen")
    lezer = Geheugen()

    def change() -> None:
        with transaction.atomic():
            Product.objects.filter(pk=product.pk).update(naam="watermolen")
            services.refresh_producten(Product.objects.filter(pk=product.pk))
            gewijzigd.set()
            assert gelezen.wait(20)
        connection.close()

    gewijzigd, gelezen = threading.Event(), threading.Event()
    schrijver = threading.Thread(target=change)
    schrijver.start()
    assert gewijzigd.wait(20)
    lezer.sync()
    assert lezer.knows(stem("windmolen"))
    gelezen.set()
    schrijver.join(20)
    lezer.sync()
    assert lezer.knows(stem("watermolen"))
    assert not lezer.knows(stem("windmolen"))


@pytest.mark.django_db(transaction=True)
def test_a_process_that_was_got_ready_does_not_read_the_index_for_its_first_question(
    agent: Medewerker,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    ProductFactory.create(naam="paspoort")
    vers = Geheugen()
    monkeypatch.setattr("kennisbank.search.geheugen._geheugen", vers)
    klaar = threading.Thread(target=warm_up)  # as a web process does it
    klaar.start()
    klaar.join()
    assert "paspoort" in vers.woorden
    with django_assert_num_queries(1):  # what changed since; all of the index would be two more
        assert read_question("paspoort").waarden != []


def test_a_new_compound_counts_as_all_of_its_words(agent: Medewerker) -> None:
    ProductFactory.create(naam="gehandicaptenparkeerkaart", trefwoorden="parkeerkaart")
    ProductFactory.create(naam="visverlof", trefwoorden="parkeerkaart voor bewoners")
    ProductFactory.create(naam="hengelpas", trefwoorden="bewoners")
    assert producten("bewonersparkeerkaart", agent)[0] == "visverlof"


def test_a_long_word_with_one_wrong_letter_is_no_new_compound(agent: Medewerker) -> None:
    ProductFactory.create(naam="leerlingenvervoer")
    ProductFactory.create(naam="vervoer", trefwoorden="vervoer leerling, leerling")
    assert producten("leerlingevervoer", agent)[0] == "leerlingenvervoer"
    begrip = read_question("leerlingevervoer")
    assert [groep.hersteld for groep in begrip.groepen] == ["leerlingenvervoer"]


def test_a_general_word_does_not_take_out_the_best_answer() -> None:
    # "briefadres voorwaarden": the second has only the word that many others have as well.
    beste = Kandidaat("product", 1, 1, score=0.5, dekt=0.3, zin="briefadres")
    ruimste = Kandidaat("artikel", 2, 2, score=0.25, dekt=0.7, zin="lees de voorwaarden")
    zwak = Kandidaat("artikel", 3, 3, score=0.2, dekt=0.3, zin="brief")
    assert enough([beste, ruimste, zwak]) == [beste, ruimste]
    assert enough([]) == []
