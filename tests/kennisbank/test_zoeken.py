"""Finding the answer: ranking, typing errors, odd input, and cost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from kennisbank.models import Kennisartikel, Product
from kennisbank.search import MAX_TEKENS, search, search_page, suggest_products
from organisatie.models import Medewerker
from tests.factories import AfdelingFactory, MedewerkerFactory, ProductFactory

Publiceer = Callable[..., Kennisartikel]


@pytest.fixture
def agent(db: None) -> Medewerker:
    return MedewerkerFactory.create()


@pytest.fixture
def kennis(publiceer: Publiceer) -> None:
    """A small kennisbank of two departments."""
    burgerzaken = AfdelingFactory.create()
    parkeren = AfdelingFactory.create(identificatie="parkeren", naam="Parkeren")
    paspoort = ProductFactory.create(naam="paspoort", afdeling=burgerzaken, trefwoorden="pas")
    rijbewijs = ProductFactory.create(naam="rijbewijs", afdeling=burgerzaken)
    ProductFactory.create(naam="aanleunwoning", afdeling=None)
    vergunning = ProductFactory.create(naam="parkeervergunning", afdeling=parkeren)
    publiceer(titel="Paspoort aanvragen", soort="product", product=paspoort)
    publiceer(
        titel="Paspoort met spoed",
        product=paspoort,
        trefwoorden="reispas, haast",
        kort_antwoord="Ja, uw paspoort is dan de volgende werkdag klaar.",
    )
    publiceer(
        titel="Rijbewijs online verlengen",
        product=rijbewijs,
        kort_antwoord="Verlengen kan bij de RDW.",
        uitleg_html="<p>Neem uw oude paspoort mee als u dat heeft. Café &amp; bar.</p>",
    )
    publiceer(
        titel="Parkeervergunning aanvragen",
        product=vergunning,
        kort_antwoord="Vraag de vergunning online aan.",
        uitleg_html="<p>U heeft een kenteken nodig.</p>",
        werkinstructie_html="<p>Let op de wachtlijst.</p>",
    )


def titels(vraag: str, agent: Medewerker, **opties: Any) -> list[str]:
    return [treffer.titel for treffer in search(vraag, medewerker=agent, **opties)]


@pytest.mark.usefixtures("kennis")
@pytest.mark.parametrize(
    ("vraag", "eerste"),
    [
        ("paspoort", "Paspoort aanvragen"),
        ("paspoorten", "Paspoort aanvragen"),
        ("PASPOORT", "Paspoort aanvragen"),
        ("páspöort", "Paspoort aanvragen"),
        ("paspport", "Paspoort aanvragen"),
        ("pasp", "Paspoort aanvragen"),
        ("rijbewijs verlengen", "Rijbewijs online verlengen"),
        ("verlengde rijbewijzen", "Rijbewijs online verlengen"),
        ("rijbewjis verlengen", "Rijbewijs online verlengen"),
        ("reispas", "Paspoort met spoed"),
        ("paspoort haast", "Paspoort met spoed"),
        ("kan ik mijn paspoort met spoed krijgen?", "Paspoort met spoed"),
        ("wachtlijst", "Parkeervergunning aanvragen"),
        ("parkeervergunningen", "Parkeervergunning aanvragen"),
        ("aanleunwoning", "aanleunwoning"),
        ("café", "Rijbewijs online verlengen"),
        ("cafe", "Rijbewijs online verlengen"),
    ],
)
def test_the_best_answer_comes_first(agent: Medewerker, vraag: str, eerste: str) -> None:
    assert titels(vraag, agent)[:1] == [eerste]


@pytest.mark.usefixtures("kennis")
def test_a_title_outranks_a_text_and_an_article_outranks_its_product(agent: Medewerker) -> None:
    assert titels("paspoort", agent) == [
        "Paspoort aanvragen",
        "Paspoort met spoed",
        "paspoort",
        "Rijbewijs online verlengen",
    ]


@pytest.mark.usefixtures("kennis")
def test_all_words_outrank_some_of_them(agent: Medewerker) -> None:
    assert titels("paspoort spoed", agent) == ["Paspoort met spoed"]
    resultaat = search_page("paspoort kenteken", medewerker=agent)
    assert resultaat.is_ruim
    assert {"Paspoort aanvragen", "Parkeervergunning aanvragen"} <= {
        treffer.titel for treffer in resultaat.treffers
    }


@pytest.mark.usefixtures("kennis")
def test_quotes_and_minus_are_taken_literally(agent: Medewerker) -> None:
    assert titels('"met spoed"', agent) == ["Paspoort met spoed"]
    assert "Paspoort met spoed" not in titels("paspoort -spoed", agent)
    assert titels('"spoed paspoort"', agent) == []


@pytest.mark.usefixtures("kennis")
def test_a_corrected_question_is_told(agent: Medewerker) -> None:
    assert search_page("paspport", medewerker=agent).gelezen_als == "paspoort"
    assert search_page("paspoort", medewerker=agent).gelezen_als == ""
    assert search_page("zxqwvk", medewerker=agent).treffers == []


@pytest.mark.usefixtures("kennis")
def test_a_result_says_what_a_colleague_must_know(agent: Medewerker) -> None:
    stuk = Kennisartikel.objects.select_related("huidige_versie").get(
        huidige_versie__titel="Paspoort met spoed"
    )
    stuk.herzien_op = localdate() - timedelta(days=1)
    stuk.save(update_fields=["herzien_op"])
    (treffer,) = search("paspoort spoed", medewerker=agent)
    assert (treffer.soort, treffer.uuid, treffer.versie_id) == (
        "artikel",
        stuk.uuid,
        stuk.huidige_versie_id,
    )
    assert treffer.kort_antwoord == "Ja, uw paspoort is dan de volgende werkdag klaar."
    assert (treffer.product_naam, treffer.afdeling_naam) == ("paspoort", "Burgerzaken")
    assert (treffer.versie_nummer, treffer.is_over_tijd) == (1, True)
    (product,) = search("aanleunwoning", medewerker=agent)
    assert (product.soort, product.versie_id, product.afdeling_naam) == ("product", None, "")


@pytest.mark.usefixtures("kennis")
def test_found_words_are_marked(agent: Medewerker) -> None:
    treffer = search("paspoort spoed", medewerker=agent)[0]
    assert treffer.titel_html == (
        '<mark class="nl-mark">Paspoort</mark> met <mark class="nl-mark">spoed</mark>'
    )
    assert '<mark class="nl-mark">paspoort</mark>' in treffer.fragment_html
    elders = search("bar", medewerker=agent)[0]
    assert 'Café &amp; <mark class="nl-mark">bar</mark>' in elders.fragment_html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kwaad",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=x>', "\x02"],
)
def test_marks_never_let_html_through(publiceer: Publiceer, agent: Medewerker, kwaad: str) -> None:
    publiceer(
        titel=f"Paspoort {kwaad}", kort_antwoord=f"paspoort {kwaad}", trefwoorden=f"pas {kwaad}",
        product=ProductFactory.create(naam=f"paspoort {kwaad}", trefwoorden=f"paspoort {kwaad}"),
    )  # fmt: skip
    treffers = search("paspoort", medewerker=agent)
    assert {treffer.soort for treffer in treffers} == {"artikel", "product"}
    for treffer in treffers:
        for stuk in (treffer.titel_html, treffer.fragment_html):
            zonder = stuk.replace('<mark class="nl-mark">', "").replace("</mark>", "")
            assert not set("<>\x02\x03") & set(zonder)
            assert stuk.count("<mark") == stuk.count("</mark>") >= 1


@pytest.mark.usefixtures("kennis")
@pytest.mark.parametrize(
    "vraag",
    [
        "a & | ! :*", "'", '"', "\\", "''':*", "<->", "paspoort:*", "!paspoort", "((", "-", "of",
        "x" * 5000, "paspoort " * 700, "\x00", "paspoort\x00", "\ud800", "😀", "100%", "_", "٣",
        "or or or", "- - -", "%s %(x)s {}", "paspoort & !spoed", "\x02paspoort\x03", "de het",
        "a'b\\'c:A*", "1e400",
    ],
)  # fmt: skip
def test_odd_input_is_no_error(agent: Medewerker, vraag: str) -> None:
    assert isinstance(search(vraag, medewerker=agent), list)
    assert isinstance(suggest_products(vraag, 5), list)
    assert len(search_page(vraag, medewerker=agent).vraag) <= MAX_TEKENS


def test_a_long_question_is_cut_with_notice(agent: Medewerker) -> None:
    assert search_page("x" * (MAX_TEKENS + 1), medewerker=agent).is_afgekapt
    assert not search_page("x" * MAX_TEKENS, medewerker=agent).is_afgekapt


@pytest.mark.usefixtures("kennis")
def test_filters_and_their_counts(agent: Medewerker) -> None:
    assert titels("paspoort", agent, soort="vac") == [
        "Paspoort met spoed",
        "Rijbewijs online verlengen",
    ]
    assert titels("paspoort", agent, soort="productnaam") == ["paspoort"]
    assert "paspoort" not in titels("paspoort", agent, soort="artikel")
    assert titels("vergunning", agent, afdeling="burgerzaken") == []
    resultaat = search_page("paspoort", medewerker=agent, soort="vac")
    assert {facet.waarde: facet.aantal for facet in resultaat.soorten} == {
        "product": 1,
        "vac": 2,
        "productnaam": 1,
    }
    assert [(facet.waarde, facet.aantal) for facet in resultaat.afdelingen] == [("burgerzaken", 2)]
    assert resultaat.aantal == len(resultaat.treffers) == 2


@pytest.mark.usefixtures("kennis")
def test_without_a_question_a_filter_lists_by_name(agent: Medewerker) -> None:
    resultaat = search_page("", medewerker=agent, afdeling="burgerzaken", soort="vac")
    assert [treffer.titel for treffer in resultaat.treffers] == [
        "Paspoort met spoed",
        "Rijbewijs online verlengen",
    ]
    assert search_page("", medewerker=agent).treffers == []


@pytest.mark.usefixtures("kennis")
def test_what_is_withdrawn_or_no_product_is_not_found(agent: Medewerker) -> None:
    Kennisartikel.objects.filter(huidige_versie__titel="Paspoort met spoed").update(is_actief=False)
    Product.objects.filter(naam="paspoort").update(is_placeholder=True)
    Product.objects.filter(naam="aanleunwoning").update(is_actief=False)
    assert titels("reispas", agent) == []
    assert "paspoort" not in titels("paspoort", agent)
    assert titels("aanleunwoning", agent) == []


@pytest.mark.usefixtures("kennis")
def test_nothing_without_the_right_to_read() -> None:
    niemand = MedewerkerFactory.create(rollen=[])
    assert search("paspoort", medewerker=niemand) == []
    assert search_page("paspport", medewerker=niemand).treffers == []


@pytest.mark.usefixtures("kennis")
@pytest.mark.parametrize(
    ("vraag", "eerste"),
    [
        ("pas", "paspoort"),
        ("paspoort", "paspoort"),
        ("paspport", "paspoort"),
        ("reispas", "paspoort"),
        ("rijbewij", "rijbewijs"),
        ("parkeervergunningen", "parkeervergunning"),
    ],
)
def test_products_to_choose_from(vraag: str, eerste: str) -> None:
    assert [product.naam for product in suggest_products(vraag, 3)][:1] == [eerste]
    assert suggest_products("", 3) == []


@pytest.mark.django_db
@pytest.mark.parametrize("rijen", [1, 20])
@pytest.mark.parametrize(
    ("vraag", "pagina", "lijst"), [("paspoort", 5, 3), ("paspport", 5, 3), ("zxqwvk", 3, 1)]
)
def test_search_costs_the_same_for_every_length(
    publiceer: Publiceer,
    agent: Medewerker,
    rijen: int,
    vraag: str,
    pagina: int,
    lijst: int,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    for nummer in range(rijen):
        publiceer(titel=f"Paspoort {nummer}", product=f"paspoort {nummer}")
    search(vraag, medewerker=agent)  # what was just published is read in by the first one
    with django_assert_num_queries(pagina):
        search_page(vraag, medewerker=agent, limit=50)
    with django_assert_max_num_queries(lijst):
        search(vraag, medewerker=agent)
    with django_assert_num_queries(2):
        suggest_products("paspoort", 10)


@pytest.mark.django_db
def test_of_two_equal_answers_the_one_that_is_kept_up_comes_first(
    publiceer: Publiceer, agent: Medewerker
) -> None:
    oud = publiceer(titel="Vuurwerk afsteken", product="vuurwerk een")
    vers = publiceer(titel="Vuurwerk afsteken", product="vuurwerk twee")
    for stuk, dagen in ((oud, -1), (vers, 30)):
        Kennisartikel.objects.filter(pk=stuk.pk).update(
            herzien_op=localdate() + timedelta(days=dagen)
        )
    assert [t.uuid for t in search("vuurwerk afsteken", medewerker=agent)][:2] == [
        vers.uuid,
        oud.uuid,
    ]
    Kennisartikel.objects.filter(pk=oud.pk).update(herzien_op=localdate() + timedelta(days=30))
    assert search("vuurwerk afsteken", medewerker=agent)[0].uuid == oud.uuid  # equal: the older


@pytest.mark.django_db
def test_the_doelgroep_that_asks_comes_first(publiceer: Publiceer, agent: Medewerker) -> None:
    publiceer(titel="Parkeren voor de deur", doelgroep="eu-burger", product="parkeren een")
    zaak = publiceer(titel="Parkeren voor de deur", doelgroep="eu-bedrijf", product="parkeren twee")
    vraag = "parkeren voor de deur"
    assert search(vraag, medewerker=agent, doelgroep="eu-bedrijf")[0].uuid == zaak.uuid
    assert search(vraag, medewerker=agent, doelgroep="eu-burger")[0].uuid != zaak.uuid
    assert search(f"{vraag} van mijn zaak", medewerker=agent)[0].uuid == zaak.uuid


@pytest.mark.django_db
def test_use_breaks_a_tie_and_never_overrules_the_text(
    publiceer: Publiceer, agent: Medewerker
) -> None:
    publiceer(titel="Vuurwerk afsteken", product="vuurwerk een")
    veel = publiceer(titel="Vuurwerk afsteken", product="vuurwerk twee")
    ander = publiceer(titel="Vuurwerk", product="vuurwerk drie")
    Kennisartikel.objects.filter(pk=veel.pk).update(gebruikt=500)
    Kennisartikel.objects.filter(pk=ander.pk).update(gebruikt=1_000_000)
    assert search("vuurwerk afsteken", medewerker=agent)[0].uuid == veel.uuid


@pytest.mark.usefixtures("kennis")
def test_nothing_found_helps_on(agent: Medewerker) -> None:
    resultaat = search_page("parkxyz", medewerker=agent)
    assert resultaat.treffers == []
    assert resultaat.hulp is not None
    assert [product.naam for product in resultaat.hulp.producten] == ["parkeervergunning"]
    resultaat = search_page("pxszorrt", medewerker=agent)
    assert resultaat.hulp is not None
    assert "paspoort" in resultaat.hulp.woorden
    assert search_page("paspoort", medewerker=agent).hulp is None
