"""Public pages: what a citizen sees, how long it may be kept, and who it says we are."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from kennisbank import services
from kennisbank.models import Afbeelding, Kennisartikel
from kennisbank.search.openbaar import mark
from tests.factories import WOENSDAG, MedewerkerFactory, ProductFactory, artikel
from tests.kennisbank.conftest import AANVALLEN, gevaren
from tests.kennisbank.openbaar import API, data, haal, pagina_van

pytestmark = pytest.mark.django_db
Publiceer = Callable[..., Kennisartikel]


def soep(antwoord: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(antwoord.text, "html.parser")


def test_the_home_page_has_the_subjects_with_what_is_used_most_first(publiceer: Publiceer) -> None:
    weinig, veel = publiceer(product="rijbewijs"), publiceer(product="paspoort")
    Kennisartikel.objects.filter(pk=veel.pk).update(gebruikt=9)
    pagina = soep(haal(reverse("openbaar:zoeken")))
    assert [link.text for link in pagina.select(".openbaar__links a")] == ["Paspoort", "Rijbewijs"]
    assert weinig.product is not None
    assert pagina.find("a", href=reverse("openbaar:product", args=[weinig.product.uuid]))
    assert pagina.find("a", href=reverse("openbaar:onderwerp", args=["burgerzaken"]))


def test_without_any_answer_the_home_page_is_there() -> None:
    antwoord = haal(reverse("openbaar:zoeken"))
    assert antwoord.status_code == 200
    assert "nog geen antwoorden" in antwoord.text


def test_searching_shows_what_was_found_and_marks_the_words(publiceer: Publiceer) -> None:
    stuk = publiceer(product="paspoort")
    pagina = soep(haal("/antwoorden/?q=paspoorten"))
    link = pagina.find("a", href=pagina_van(stuk))
    assert link is not None and link.mark is not None and link.mark.text == "Paspoort"
    assert pagina.h1 is not None and pagina.h1.text == "1 resultaat voor “paspoorten”"
    assert "noindex" in str(pagina.find("meta", attrs={"name": "robots"}))


def test_a_typing_error_is_told(publiceer: Publiceer) -> None:
    publiceer(product="paspoort")
    assert "Wij zochten op: <strong>paspoort</strong>" in haal("/antwoorden/?q=paspotr").text


@pytest.mark.parametrize("bladzijde", ["0", "-1", "9999999999", "x", "٣", ""])
def test_any_number_of_a_page_is_a_page(publiceer: Publiceer, bladzijde: str) -> None:
    publiceer(product="paspoort")
    assert haal(f"/antwoorden/?q=paspoort&pagina={bladzijde}").status_code == 200


def test_more_than_a_page_of_results_is_paged_through(publiceer: Publiceer) -> None:
    for nummer in range(13):
        publiceer(product=f"paspoort {nummer}", titel=f"Paspoort {nummer}")
    eerste = soep(haal("/antwoorden/?q=paspoort"))
    volgende = eerste.find("a", rel="next")
    assert volgende is not None and eerste.find("a", rel="prev") is None
    tweede = soep(haal(str(volgende["href"])))
    titels = [link.text for blad in (eerste, tweede) for link in blad.select(".openbaar__titel")]
    assert len(titels) == len(set(titels)) == 13
    assert tweede.find("a", rel="next") is None


def test_an_article_shows_the_part_for_the_citizen(publiceer: Publiceer) -> None:
    ander = publiceer(product="paspoort", titel="Ook lezen")
    verborgen = publiceer(product="paspoort", titel="Niet lezen", alleen_intern=True)
    stuk = publiceer(product="paspoort")
    stuk.zie_ook.set([ander, verborgen])
    antwoord = haal(pagina_van(stuk))
    tekst = " ".join(soep(antwoord).get_text(" ").split())
    for deel in (
        "Paspoort aanvragen", "U vraagt een paspoort aan", "Neem uw oude paspoort mee",
        "Voor inwoners", "18 november 2026", "versie 1", "Ook lezen",
    ):  # fmt: skip
        assert deel in tekst
    assert "Heeft u haast" not in tekst and "Plan een afspraak" not in tekst
    assert "Niet lezen" not in tekst


def test_an_article_of_another_product_stands_with_this_one_too(publiceer: Publiceer) -> None:
    reisdocument = ProductFactory.create(naam="nooddocument")
    stuk = publiceer(product="paspoort")
    adres = reverse("openbaar:product", args=[reisdocument.uuid])
    assert haal(adres).status_code == 404
    stuk.andere_producten.add(reisdocument)
    assert "Paspoort aanvragen" in haal(adres).text
    assert adres in haal(pagina_van(stuk)).text


def test_a_product_out_of_use_is_not_named(publiceer: Publiceer) -> None:
    stuk = publiceer(product=ProductFactory.create(naam="paspoort", is_actief=False))
    antwoord = haal(pagina_van(stuk))
    assert antwoord.status_code == 200
    assert str(stuk.product and stuk.product.uuid) not in antwoord.text
    assert data(f"/artikelen/{stuk.uuid}")["product"] is None


@pytest.mark.parametrize("aanval", AANVALLEN)
def test_stored_html_that_came_another_way_is_harmless(aanval: str) -> None:
    stuk = artikel(
        versie__titel=f"Paspoort {aanval}", versie__kort_antwoord=aanval,
        versie__uitleg_html=aanval,
    )  # fmt: skip
    services.refresh_zoekvector(artikelen=Kennisartikel.objects.filter(pk=stuk.pk))
    proza = soep(haal(pagina_van(stuk))).select_one(".openbaar__proza")
    assert not gevaren(proza.decode_contents() if proza else "")
    assert not gevaren(data(f"/artikelen/{stuk.uuid}")["uitlegHtml"])
    for pad in (pagina_van(stuk), "/antwoorden/?q=paspoort"):
        assert aanval not in haal(pad).text, pad
    feed = fromstring(haal(reverse("openbaar:wijzigingen")).text)
    (samenvatting,) = feed.iter("{http://www.w3.org/2005/Atom}summary")
    assert not gevaren(samenvatting.text)


def test_marking_escapes_first() -> None:
    assert mark("<b>paspoort</b> & zo", {"paspoort"}) == (
        '&lt;b&gt;<mark class="nl-mark">paspoort</mark>&lt;/b&gt; &amp; zo'
    )


@pytest.mark.parametrize(
    "pad",
    ["/antwoorden/bestaat-niet/", "/antwoorden/a/b/c", "/antwoorden/onderwerp/niets/"],
)
def test_what_is_not_there_is_a_page_of_its_own(pad: str) -> None:
    antwoord = haal(pad)
    assert antwoord.status_code == 404
    assert "Deze pagina is er niet" in antwoord.text
    assert antwoord["Cache-Control"] == "no-store"
    assert "inloggen" not in antwoord.text.lower()


@pytest.mark.parametrize("methode", ["post", "put", "delete"])
def test_nothing_can_be_written(methode: str) -> None:
    client = Client(enforce_csrf_checks=True)
    antwoord = getattr(client, methode)(reverse("openbaar:zoeken"))
    assert antwoord.status_code == 405
    assert antwoord["Allow"] == "GET, HEAD"


def paden(stuk: Kennisartikel) -> list[str]:
    assert stuk.product is not None
    return [
        "/antwoorden/",
        "/antwoorden/?q=paspoort",
        pagina_van(stuk),
        reverse("openbaar:product", args=[stuk.product.uuid]),
        reverse("openbaar:onderwerp", args=["burgerzaken"]),
        reverse("openbaar:wijzigingen"),
        reverse("openbaar:zoekvak"),
    ]


def test_every_page_may_be_kept_and_is_the_same_for_everybody(
    publiceer: Publiceer, client_as: Any
) -> None:
    stuk = publiceer(product="paspoort")
    redacteur = client_as("kennisredacteur")
    for pad in [*paden(stuk), f"{API}/artikelen"]:
        vreemd, bekend = haal(pad), redacteur.get(pad)
        assert vreemd.content == bekend.content, pad
        for antwoord in (vreemd, bekend):
            assert antwoord["Cache-Control"].startswith("public, max-age="), pad
            assert not antwoord.cookies, pad
            assert "Vary" not in antwoord, (pad, antwoord.headers)
            assert "Set-Cookie" not in antwoord.headers


def test_what_did_not_change_is_not_sent_again(publiceer: Publiceer) -> None:
    stuk = publiceer(product="paspoort")
    for pad in paden(stuk):
        eerst = haal(pad)
        weer = haal(pad, If_None_Match=eerst["ETag"])
        assert (weer.status_code, weer.content) == (304, b""), pad
        assert weer["ETag"] == eerst["ETag"] and weer["Cache-Control"] == eerst["Cache-Control"]
    antwoord = haal(pagina_van(stuk))
    assert antwoord["ETag"].startswith('"1-')
    assert antwoord["Last-Modified"] == "Wed, 18 Nov 2026 13:00:00 GMT"
    assert haal(pagina_van(stuk), If_Modified_Since=antwoord["Last-Modified"]).status_code == 304


def test_head_is_get_without_the_text(publiceer: Publiceer) -> None:
    stuk = publiceer(product="paspoort")
    for pad in paden(stuk):
        antwoord = Client().head(pad)
        assert (antwoord.status_code, antwoord.content) == (200, b"")
        assert antwoord["ETag"] == haal(pad)["ETag"]


def test_addresses_come_from_the_settings_and_not_from_the_request(
    publiceer: Publiceer, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = "https://kcc.voorbeeld.test"
    stuk = publiceer(product="paspoort")
    for pad in [*paden(stuk), f"{API}/artikelen", f"{API}/openapi.json"]:
        tekst = haal(pad, Host="kwaad.example").text
        assert "kwaad.example" not in tekst, pad
    pagina = soep(haal(pagina_van(stuk), Host="kwaad.example"))
    canoniek = pagina.find("link", rel="canonical")
    assert canoniek is not None
    assert canoniek["href"] == f"https://kcc.voorbeeld.test{pagina_van(stuk)}"


def test_search_engines_are_welcome_here_and_nowhere_else(publiceer: Publiceer) -> None:
    stuk = publiceer(product="paspoort")
    antwoord = haal(pagina_van(stuk))
    assert "X-Robots-Tag" not in antwoord and 'name="robots"' not in antwoord.text
    for pad in ("/inloggen/", "/kennisbank/", f"{API}/artikelen", "/bestaat-niet/"):
        assert haal(pad)["X-Robots-Tag"] == "noindex, nofollow", pad


def test_the_strict_headers_stay(publiceer: Publiceer) -> None:
    stuk = publiceer(product="paspoort")
    for pad in [*paden(stuk), f"{API}/artikelen", f"{API}/bestaat-niet"]:
        antwoord = haal(pad)
        assert "frame-ancestors 'none'" in antwoord["Content-Security-Policy"]
        assert "unsafe" not in antwoord["Content-Security-Policy"]
        assert antwoord["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("aantal", [1, 20])
def test_every_page_costs_the_same_for_every_length(
    publiceer: Publiceer, django_assert_max_num_queries: Any, aantal: int
) -> None:
    stuk = publiceer(product="paspoort", slug="eerste")
    for nummer in range(aantal):
        publiceer(product="paspoort", titel=f"Paspoort {nummer}")
    for pad in paden(stuk):
        haal(pad)  # search takes over what changed
        with django_assert_max_num_queries(6):
            haal(pad)


@pytest.fixture
def beeld() -> Afbeelding:
    return Afbeelding.objects.create(
        naam="plaatje", mediatype="image/png", breedte=1, hoogte=1, inhoud=b"\x89PNG\r\n",
        sha256="0" * 64, toegevoegd_door=MedewerkerFactory.create(), toegevoegd_op=WOENSDAG,
    )  # fmt: skip


def met_beeld(beeld: Afbeelding) -> str:
    return f'<p><img src="/kennisbank/afbeelding/{beeld.uuid}/" alt="Een paspoort"></p>'


def test_an_image_is_public_as_long_as_a_public_answer_shows_it(
    publiceer: Publiceer, beeld: Afbeelding, settings: Settings
) -> None:
    settings.BASE_URL = "https://kcc.voorbeeld.test"
    adres = reverse("openbaar:afbeelding", args=[beeld.uuid])
    publiceer(product="paspoort", uitleg_html=met_beeld(beeld), alleen_intern=True)
    publiceer(product="paspoort", werkinstructie_html=met_beeld(beeld))
    publiceer(product="paspoort", uitleg_html=f"<p>Over {beeld.uuid}</p>")
    assert haal(adres).status_code == 404
    stuk = publiceer(product="paspoort", uitleg_html=met_beeld(beeld))
    antwoord = haal(adres)
    assert (antwoord.content, antwoord["Content-Type"]) == (b"\x89PNG\r\n", "image/png")
    assert antwoord["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert f'src="{adres}"' in haal(pagina_van(stuk)).text
    html = data(f"/artikelen/{stuk.uuid}")["uitlegHtml"]
    assert f'src="https://kcc.voorbeeld.test{adres}"' in html
    assert "/kennisbank/afbeelding/" not in html
    Kennisartikel.objects.filter(pk=stuk.pk).update(is_actief=False)
    assert haal(adres).status_code == 404


def test_only_images_are_served_as_images(publiceer: Publiceer, beeld: Afbeelding) -> None:
    publiceer(product="paspoort", uitleg_html=met_beeld(beeld))
    Afbeelding.objects.update(mediatype="image/svg+xml")
    assert haal(reverse("openbaar:afbeelding", args=[beeld.uuid])).status_code == 404
