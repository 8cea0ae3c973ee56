"""Odd input of every kind, by every role on every route: refused or done, never a 500."""

import random
from typing import Any
from uuid import UUID

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter

from kcc.access import INGELOGD, PUBLIEK, RECHTEN, Rol
from tests.conftest import HTMX, KccClient
from tests.factories import (
    AfdelingFactory,
    GesprekFactory,
    InterneTaakFactory,
    KlantcontactFactory,
    PartijFactory,
    artikel,
)
from tests.kcc.test_access import ALLE

pytestmark = pytest.mark.django_db

VERZOEKEN = 300  # per role
VREEMD = (
    "",
    "\x00",
    "a\x00b",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe\xc3",
    "é́‮\u200b🦆",
    "-1",
    "0",
    "1e9",
    "9" * 5000,
    "99999999999999999999",
    "²",
    "٣",
    "NaN",
    "null",
    "[]",
    '{"a": 1}',
    "%",
    "_%\\",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}",
    "../../etc/passwd",
    "javascript:alert(1)",
    "\r\nSet-Cookie: a=b",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "zoek " * 1000,
    '"(' * 300,
    "-a & | ! :*",
    "toegewezen_aan__password",
    "-termijn",
    "alle",
    "afgehandeld",
    "telefoon",
    "123456782",
    "1234 AB 1",
    "06 12345678",
    "a@b.nl",
    str(UUID(int=0)),
)
NAMEN = (
    "q", "next", "nummer", "afgerond", "tab", "afdeling", "stand", "sorteer", "zoek", "pagina",
    "soort", "toon", "versie", "van", "tot", "kanaal", "product_naam", "onderwerp", "inhoud",
    "reactie", "klant", "doelgroep", "zoek_klant", "kies_klant", "wis_klant", "nieuwe_klant",
    "toon_adres", "antwoorden", "open_artikel", "gebruik_artikel", "sluit_artikel",
    "kies_product", "ophangen", "overdragen", "afronden", "nieuw-achternaam", "nieuw-huisnummer",
    "nieuw-email", "nieuw-bsn", "nieuw-kvk", "nieuw-postcode", "nieuw-telefoonnummer",
    "nieuw-soort_partij", "medewerker", "gevraagde_handeling", "toelichting", "bereikbaar_via",
    "resultaat", "notitie", "antwoord", "terugkoppeling", "reden", "knop", "basis", "titel",
    "kort_antwoord", "uitleg", "vraag_door", "werkinstructie", "bestand", "username", "password",
)  # fmt: skip
KOPPEN: tuple[dict[str, str], ...] = (
    {},
    HTMX,
    {"X-Autosave": "1"},
    HTMX | {"HX-Boosted": "true"},
    HTMX | {"HX-Current-URL": "http://[", "HX-Target": "%00", "HX-Prompt": "\x7f"},
    {"Accept": "text/\x7f", "Accept-Language": "xx-" + "y" * 300, "Cookie": "messages=kapot"},
)
SOORTEN = (
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/json",
    "text/plain; charset=bestaat-niet",
    "",
)


@pytest.fixture
def records(openingstijden: None) -> dict[str, list[UUID]]:
    """One of everything, and what does not exist."""
    partij = PartijFactory.create()
    taak = InterneTaakFactory.create(
        klantcontact=KlantcontactFactory.create(
            afgerond=True, gespreksresultaat="overgedragen", partij=partij
        )
    )
    stuk = artikel()
    AfdelingFactory.create(identificatie="kcc")
    uuids = [taak.uuid, taak.klantcontact.uuid, partij.uuid, stuk.uuid, UUID(int=0)]
    assert stuk.product is not None
    return {"uuid": [*uuids, stuk.product.uuid]}


def own_work(client: KccClient) -> list[UUID]:
    """An open conversation of whoever asks, so that the desk itself is tried too."""
    gesprek = GesprekFactory.create(medewerker=client.medewerker)
    contact = KlantcontactFactory.create(medewerker=client.medewerker, gesprek=gesprek)
    return [gesprek.uuid, contact.uuid]


def open_routes(rol: str) -> list[Any]:
    """What this role gets into; that the rest says 403 is proved elsewhere (test_access)."""
    mag = {PUBLIEK, INGELOGD} | RECHTEN.get(rol, frozenset())
    return [
        (naam, pattern)
        for naam, pattern in ALLE
        if naam != "uitloggen" and pattern.callback.kcc_access in mag  # type: ignore[attr-defined]
    ]


def argument(kans: random.Random, soort: Any, uuids: list[UUID]) -> Any:
    """Something that this part of an address lets through: of each kind one that may be there,
    and others that are not.
    """
    match soort:
        case UUIDConverter():
            return kans.choice(uuids)
        case IntConverter():
            return kans.choice((0, 1, 2**31, 10**30))
        case SlugConverter():
            return kans.choice(("fcr-a", "kcc", "a" * 300))
        case _:
            return kans.choice(("a", "bestaat/niet", "%00", "é" * 200))


def one(
    kans: random.Random, client: KccClient, routes: list[Any], uuids: list[UUID]
) -> tuple[str, HttpResponse]:
    """One odd request, and how to read it back when it fails."""
    naam, pattern = kans.choice(routes)
    delen = pattern.pattern.converters.items()
    url = reverse(naam, kwargs={deel: argument(kans, soort, uuids) for deel, soort in delen})
    gegevens: dict[str, Any] = {
        kans.choice(NAMEN): kans.choice(VREEMD) for _ in range(kans.randint(0, 6))
    }
    if kans.random() < 0.2:
        gegevens[kans.choice(NAMEN)] = str(kans.choice(uuids))
    koppen = kans.choice(KOPPEN)
    methode = kans.choice(("get", "post", "post", "put", "delete", "options", "head"))
    if methode in {"get", "head"}:
        antwoord = getattr(client, methode)(url, gegevens, headers=koppen)
    elif methode == "post" and kans.random() < 0.7:
        antwoord = client.post(url, gegevens, headers=koppen)
    else:
        rauw = b"&".join(
            f"{sleutel}=".encode() + (waarde if isinstance(waarde, bytes) else waarde.encode())
            for sleutel, waarde in gegevens.items()
        )
        antwoord = client.generic(
            methode.upper(), url, rauw, content_type=kans.choice(SOORTEN), headers=koppen
        )
    return f"{methode} {naam} {koppen} {gegevens!r:.500}", antwoord


def test_odd_requests_to_the_admin_never_give_a_500(client_as: Any) -> None:
    kans = random.Random("kcc admin")
    client: KccClient = client_as("beheerder")
    client.raise_request_exception = False
    modellen = [
        f"{model._meta.app_label}/{model._meta.model_name}" for model in admin.site._registry
    ]
    assert len(modellen) >= 8
    sleutels = ("q", "p", "o", "e", "all", "_popup", "_to_field", "rol", "naam", "datum", "van",
                "afdeling__id__exact", "is_active__exact", "datum__year", "afdeling__naam",
                "rollen", "upn_uri", "gebruikersnaam", "termijn_aantal", "password__startswith",
                "_changelist_filters", "_selected_action", "action", "password1")  # fmt: skip
    staarten = ("", "add/", "1/change/", "1/history/", "abc/change/", "_00/change/", "1/delete/")
    kapot = []
    for _ in range(200):
        url = f"{reverse('admin:index')}{kans.choice(modellen)}/{kans.choice(staarten)}"
        velden = {kans.choice(sleutels): kans.choice(VREEMD) for _ in range(kans.randint(0, 4))}
        methode = kans.choice(("get", "get", "post"))
        stap = transaction.savepoint()  # the test itself goes on after what the database refused
        antwoord = getattr(client, methode)(url, velden)
        transaction.savepoint_rollback(stap)
        if antwoord.status_code >= 500:
            kapot.append(f"{antwoord.status_code} {methode} {url} {velden!r:.300}")
    assert not kapot, "\n".join(kapot)


@pytest.mark.parametrize(
    ("adres", "vraag"),
    [
        ("kennisbank_product_changelist", {"upn_uri": "a\x00b"}),
        ("organisatie_medewerker_changelist", {"rollen": "geen reeks"}),
        ("organisatie_medewerker_changelist", {"password__startswith": "argon2"}),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_an_odd_filter_of_the_admin_is_a_wrong_address(
    client_as: Any, adres: str, vraag: dict[str, str]
) -> None:
    antwoord = client_as("beheerder").get(reverse(f"admin:{adres}"), vraag)
    assert antwoord.status_code == 400
    assert "Dit verzoek begrijpen we niet" in antwoord.text


@pytest.mark.parametrize("rol", [*Rol.values, "niemand"])
def test_odd_requests_never_give_a_500(
    client_as: Any, records: dict[str, list[UUID]], rol: str
) -> None:
    kans = random.Random(f"kcc {rol}")
    client: KccClient = client_as(rol)
    client.raise_request_exception = False
    uuids = records["uuid"] + own_work(client)
    if rol == "niemand":
        client.logout()
    routes = open_routes(rol) if rol in Rol.values else ALLE
    kapot = []
    for _ in range(VERZOEKEN):
        wat, antwoord = one(kans, client, routes, uuids)
        if antwoord.status_code >= 500:
            kapot.append(f"{antwoord.status_code} {wat}")
    assert not kapot, "\n".join(kapot)
