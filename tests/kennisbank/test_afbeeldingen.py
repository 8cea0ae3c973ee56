"""Images in articles: what is kept of them, and how they are served."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from kennisbank import services
from kennisbank.models import Afbeelding, Kennisartikel
from kennisbank.opmaak import html_to_markdown, markdown_to_html, sanitise
from tests.factories import WOENSDAG, MedewerkerFactory
from tests.kennisbank.conftest import gevaren

Client = Callable[..., Any]
TOEVOEGEN = "kennisbank:afbeelding_toevoegen"


def beeld(soort: str = "PNG", maat: tuple[int, int] = (40, 20), **meer: Any) -> bytes:
    uit = io.BytesIO()
    Image.new("RGB", maat, "teal").save(uit, soort, **meer)
    return uit.getvalue()


def bom() -> bytes:
    """A PNG of a few hundred bytes that says to be 30,000 by 30,000 pixels."""

    def stuk(naam: bytes, inhoud: bytes) -> bytes:
        som = struct.pack(">I", zlib.crc32(naam + inhoud))
        return struct.pack(">I", len(inhoud)) + naam + inhoud + som

    kop = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    gegevens = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + stuk(b"IHDR", kop) + stuk(b"IDAT", gegevens) + stuk(b"IEND", b"")


def voeg_toe(client: Any, inhoud: bytes, naam: str = "foto.png", alt: str = "Een balie") -> Any:
    bestand = SimpleUploadedFile(naam, inhoud, content_type="image/png")
    return client.post(reverse(TOEVOEGEN), {"bestand": bestand, "alt": alt})


@pytest.mark.parametrize(
    ("soort", "mediatype"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/png")],
)
def test_an_image_is_kept_and_served_as_what_it_is(
    client_as: Client, soort: str, mediatype: str
) -> None:
    client = client_as("kcc_medewerker")
    response = voeg_toe(client, beeld(soort), naam="../../kwaad.html")
    stuk = Afbeelding.objects.get()
    assert response.status_code == 200
    assert f"![Een balie](afbeelding:{stuk.uuid})" in response.content.decode()
    assert (stuk.mediatype, stuk.breedte, stuk.hoogte) == (mediatype, 40, 20)
    assert stuk.naam == "kwaad.html"
    adres = reverse("kennisbank:afbeelding", args=[stuk.uuid])
    kreeg = client_as("beheerder").get(adres)
    assert kreeg["Content-Type"] == mediatype
    assert kreeg["X-Content-Type-Options"] == "nosniff"
    assert kreeg["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in kreeg["Cache-Control"]
    assert "no-store" not in kreeg["Cache-Control"]
    assert Image.open(io.BytesIO(kreeg.content)).size == (40, 20)
    opnieuw = client.get(adres, headers={"If-None-Match": kreeg["ETag"]})
    assert (opnieuw.status_code, opnieuw.content) == (304, b"")


def test_nothing_but_the_picture_is_kept(client_as: Client) -> None:
    exif = Image.Exif()
    exif[0x010E] = "GEHEIM: thuisadres van de fotograaf"
    voeg_toe(client_as("kennisredacteur"), beeld("JPEG", exif=exif))
    stuk = Afbeelding.objects.get()
    assert b"GEHEIM" not in bytes(stuk.inhoud)
    assert not Image.open(io.BytesIO(bytes(stuk.inhoud))).getexif()


def test_what_hides_behind_a_picture_is_gone(client_as: Client) -> None:
    voeg_toe(client_as("kennisredacteur"), beeld() + b"<script>alert(1)</script>")
    assert b"<script>" not in bytes(Afbeelding.objects.get().inhoud)


def test_large_becomes_smaller_and_the_same_is_one(client_as: Client) -> None:
    client = client_as("kennisredacteur")
    for _ in range(2):
        voeg_toe(client, beeld(maat=(4000, 1000)))
    stuk = Afbeelding.objects.get()
    assert (stuk.breedte, stuk.hoogte) == (2000, 500)


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "geen PNG"),
        (b"<html><script>alert(1)</script>", "geen PNG"),
        (beeld()[:60], "beschadigd"),
        (beeld("TIFF"), "geen PNG"),
        (beeld("BMP"), "geen PNG"),
        (bom(), "te veel beeldpunten"),
        (b"\x89PNG" + b"x" * (5 * 1024 * 1024), "groter dan 5 MB"),
        (b"", "leeg"),
    ],
    ids=["svg", "html", "half", "tiff", "bmp", "bom", "groot", "leeg"],
)
def test_what_is_no_image_of_ours_is_refused(client_as: Client, inhoud: bytes, zin: str) -> None:
    response = voeg_toe(client_as("kennisredacteur"), inhoud)
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert not Afbeelding.objects.exists()


def test_words_for_who_cannot_see_it_are_needed(client_as: Client) -> None:
    client = client_as("kennisredacteur")
    response = voeg_toe(client, beeld(), alt=" ")
    assert response.status_code == 422
    assert "Schrijf wat er op de afbeelding staat." in response.content.decode()
    als_json = client.post(reverse(TOEVOEGEN), {"alt": ""}, headers={"Accept": "application/json"})
    assert als_json.status_code == 422
    assert "Kies een afbeelding." in als_json.json()["melding"]


def test_who_may_add_and_see(client_as: Client) -> None:
    assert voeg_toe(client_as("beheerder"), beeld()).status_code == 403
    client = client_as("kcc_medewerker")
    assert client.get(reverse(TOEVOEGEN)).status_code == 200
    onbekend = reverse("kennisbank:afbeelding", args=[uuid4()])
    assert client.get(onbekend).status_code == 404
    assert client.post(onbekend).status_code == 405


@pytest.mark.django_db
def test_in_a_text_only_our_own_image_with_words_stays(
    publiceer: Callable[..., Kennisartikel],
) -> None:
    stuk = services.add_afbeelding(
        inhoud=beeld(), naam="balie.png", by=MedewerkerFactory.create(), at=WOENSDAG
    )
    bron = markdown_to_html(f'Kijk: ![de "balie" & <b>meer</b>](afbeelding:{stuk.uuid})')
    assert f'src="/kennisbank/afbeelding/{stuk.uuid}/"' in bron
    assert gevaren(bron) == []
    assert markdown_to_html(html_to_markdown(bron)) == bron
    assert sanitise(bron) == bron
    assert list(services.images_of(bron)) == [stuk]
    artikel = publiceer(uitleg_html=bron)
    assert artikel.huidige_versie is not None
    assert "<img" in artikel.huidige_versie.uitleg_html
    for kwaad in (
        f"![](afbeelding:{stuk.uuid})",
        "![x](https://kwaad.test/pixel.png)",
        "![x](data:image/png;base64,AAAA)",
        "![x](/uitloggen/)",
        f"![x](/kennisbank/afbeelding/{stuk.uuid}/../../uitloggen/)",
    ):
        assert "<img" not in markdown_to_html(kwaad), kwaad
    met_alt = f'<img src="/kennisbank/afbeelding/{stuk.uuid}/" alt="a&quot; onerror=x&gt;<p>"'
    assert gevaren(sanitise(f"{met_alt} onerror=alert(1)>")) == []
