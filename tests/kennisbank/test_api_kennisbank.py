"""The API against its own description, and against the NL API Design Rules."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from kennisbank import services
from kennisbank.models import Kennisartikel
from kennisbank.openbaar import urls
from kennisbank.openbaar.antwoord import API_VERSIE
from kennisbank.openbaar.openapi import document
from tests.factories import AfdelingFactory, ProductFactory, moment
from tests.kennisbank.conftest import TEKST
from tests.kennisbank.openbaar import API, data, haal

pytestmark = pytest.mark.django_db
Publiceer = Callable[..., Kennisartikel]

OPENAPI = "urn:kcc:openapi"


def validator(verwijzing: str) -> Draft202012Validator:
    """For a part of the description, such as ``/components/schemas/Fout``."""
    bron = Resource.from_contents(document(), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(OPENAPI, bron)
    return Draft202012Validator({"$ref": f"{OPENAPI}#{verwijzing}"}, registry=registry)


def described(pad: str) -> tuple[str, dict[str, Any]]:
    """The path of the description that an address belongs to, and its operation."""
    kaal = pad.removeprefix(API).partition("?")[0]
    for sjabloon, pad_deel in document()["paths"].items():
        if re.fullmatch(sjabloon.replace("{uuid}", "[^/]+"), kaal):
            return sjabloon, pad_deel["get"]
    raise AssertionError(f"{pad} staat niet in openapi.json")


def conforms(pad: str, antwoord: Any) -> None:
    """Status, media type, headers and body are as described."""
    sjabloon, lezen = described(pad)
    status = str(antwoord.status_code)
    assert status in lezen["responses"], (pad, status)
    vorm = lezen["responses"][status]
    plek = f"/paths/{sjabloon.replace('/', '~1').replace('{', '%7B').replace('}', '%7D')}/get"
    plek += f"/responses/{status}"
    if "$ref" in vorm:
        plek = vorm["$ref"].removeprefix("#")
        vorm = document()["components"]["responses"][status]
    for kop in vorm["headers"]:
        if kop != "Link":  # a list of one page has none
            assert kop in antwoord, (pad, kop)
    if "content" not in vorm:
        assert not antwoord.content
        return
    (soort,) = vorm["content"]
    assert antwoord["Content-Type"].partition(";")[0] == soort
    plek += f"/content/{soort.replace('/', '~1')}/schema"
    validator(plek).validate(json.loads(antwoord.content))


@pytest.fixture
def stuk(publiceer: Publiceer) -> Kennisartikel:
    ander = publiceer(product="rijbewijs", titel="Rijbewijs verlengen")
    artikel = publiceer(product="paspoort")
    artikel.zie_ook.add(ander)
    artikel.andere_producten.add(ProductFactory.create(naam="id-kaart", upn_uri=None))
    publiceer(product=None, afdeling=artikel.afdeling, titel="Waar is het gemeentehuis?")
    return artikel


def adressen(stuk: Kennisartikel) -> list[str]:
    assert stuk.product is not None
    return [
        f"{API}/artikelen",
        f"{API}/artikelen?pageSize=1&page=2&afdeling=burgerzaken&doelgroep=eu-burger",
        f"{API}/artikelen?product={stuk.product.uuid}&gewijzigdSinds=2026-01-01",
        f"{API}/artikelen/{stuk.uuid}",
        f"{API}/producten",
        f"{API}/producten?afdeling=burgerzaken&doelgroep=eu-burger&page=1&pageSize=100",
        f"{API}/producten/{stuk.product.uuid}",
        f"{API}/zoekresultaten?q=paspoort",
        f"{API}/zoekresultaten?q=pspoort&pageSize=1",
        f"{API}/openapi.json",
    ]


def test_every_answer_is_as_described(stuk: Kennisartikel) -> None:
    for pad in adressen(stuk):
        antwoord = haal(pad)
        assert antwoord.status_code == 200, pad
        conforms(pad, antwoord)
        weer = haal(pad, If_None_Match=antwoord["ETag"])
        assert weer.status_code == 304, pad
        conforms(pad, weer)


def test_every_error_is_as_described(stuk: Kennisartikel) -> None:
    fouten = {
        f"{API}/artikelen?doelgroep=iedereen": 400,
        f"{API}/artikelen?page=99": 404,
        f"{API}/artikelen/{uuid4()}": 404,
        f"{API}/artikelen/{stuk.uuid}?x=1": 400,
        f"{API}/producten/{uuid4()}": 404,
        f"{API}/zoekresultaten": 400,
    }
    for pad, status in fouten.items():
        antwoord = haal(pad)
        assert antwoord.status_code == status, pad
        conforms(pad, antwoord)
        geschreven = Client(enforce_csrf_checks=True).post(pad)
        assert geschreven.status_code == 405
        conforms(pad, geschreven)


def test_the_description_describes_all_routes_and_nothing_else() -> None:
    patronen = [str(patroon.pattern) for patroon in urls.urlpatterns]
    routes = {
        re.sub(r"<uuid:(\w+)>", r"{\1}", patroon).removeprefix(urls.API)
        for patroon in patronen
        if patroon.startswith(urls.API)
    }
    assert routes == set(document()["paths"])


def test_the_description_is_sound() -> None:
    inhoud = document()
    assert inhoud["openapi"].startswith("3.1")
    assert inhoud["info"]["version"] == API_VERSIE
    assert re.fullmatch(r"\d+\.\d+\.\d+", API_VERSIE)
    assert inhoud["servers"][0]["url"].endswith("/v1")
    assert {"name", "url"} <= set(inhoud["info"]["contact"])

    def walk(deel: Any) -> Iterator[Any]:
        yield deel
        for kind in deel.values() if isinstance(deel, dict) else deel:
            if isinstance(kind, dict | list):
                yield from walk(kind)

    for deel in walk(inhoud):
        if isinstance(deel, dict) and isinstance(deel.get("$ref"), str):
            doel: Any = inhoud
            for stap in deel["$ref"].removeprefix("#/").split("/"):
                doel = doel[stap]
        if isinstance(deel, dict) and "schema" in deel:
            Draft202012Validator.check_schema(deel["schema"])
    for schema in inhoud["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_names_follow_the_rules() -> None:
    inhoud = document()
    for pad, lezen in inhoud["paths"].items():
        assert not pad.endswith("/")
        assert all(
            re.fullmatch(r"[a-z0-9.-]+|\{uuid\}", deel) for deel in pad.strip("/").split("/")
        )
        for parameter in lezen["get"]["parameters"]:
            assert re.fullmatch(r"[a-z][a-zA-Z]*", parameter["name"])
    for schema in inhoud["components"]["schemas"].values():
        for veld in schema["properties"]:
            assert re.fullmatch(r"[a-z][a-zA-Z]*", veld)


@pytest.mark.parametrize("pad", ["/artikelen/", "/artikelen/x", "", "/", "/zaken", "/producten/1"])
def test_any_other_address_is_a_problem_too(pad: str) -> None:
    antwoord = haal(API + (pad or "/"))
    assert antwoord.status_code == 404
    assert antwoord["Content-Type"] == "application/problem+json"
    assert antwoord["API-Version"] == API_VERSIE
    validator("/components/schemas/Fout").validate(json.loads(antwoord.content))


def test_all_that_is_wrong_is_told_at_once() -> None:
    vraag = "foo=1&page=0&pageSize=101&product=x&doelgroep=y&afdeling=a/b&gewijzigdSinds=gisteren"
    antwoord = haal(f"{API}/artikelen?{vraag}&afdeling=z")
    assert antwoord.status_code == 400
    assert antwoord["Cache-Control"] == "no-store"
    fouten = json.loads(antwoord.content)["errors"]
    assert {(fout["name"], fout["code"]) for fout in fouten} == {
        ("foo", "onbekend"), ("page", "ongeldig"), ("pageSize", "ongeldig"),
        ("product", "ongeldig"), ("doelgroep", "ongeldig"), ("afdeling", "dubbel"),
        ("gewijzigdSinds", "ongeldig"),
    }  # fmt: skip
    assert all(fout["in"] == "query" and fout["detail"] for fout in fouten)


@pytest.mark.parametrize(
    "vraag",
    [
        "q=", "q=%20", f"q={'a' * 201}", "Q=paspoort", "q=a&q=b", "q=a&page=0", "q=a&page=1.0",
        "q=a&page=٣", "q=a&pageSize=1000000000", "q=a&_=1",
    ],
)  # fmt: skip
def test_a_search_that_is_wrong_is_refused(vraag: str) -> None:
    assert haal(f"{API}/zoekresultaten?{vraag}").status_code == 400


@pytest.mark.parametrize(
    "vraag",
    ["%00", "%ff%fe", "'; DROP TABLE x;--", "&#x27;", "%25_%5C", "(((", "a" * 200, "🛂", '"'],
)
def test_no_question_breaks_it(stuk: Kennisartikel, vraag: str) -> None:
    assert haal(f"{API}/zoekresultaten?q=x{vraag}").status_code in {200, 400}
    assert haal(f"/antwoorden/?q=x{vraag}").status_code == 200


@pytest.mark.parametrize(
    "sinds",
    ["2026-11-18", "2026-11-18T12:59:59Z", "2026-11-18T14:00:00%2B01:00"],
)
def test_changed_since_counts_that_moment(stuk: Kennisartikel, sinds: str) -> None:
    assert data(f"/artikelen?gewijzigdSinds={sinds}")["count"] == 3


@pytest.mark.parametrize("sinds", ["2026-11-19", "2026-11-18T13:00:01Z"])
def test_what_is_older_is_left_out(stuk: Kennisartikel, sinds: str) -> None:
    assert data(f"/artikelen?gewijzigdSinds={sinds}")["count"] == 0


@pytest.mark.parametrize(
    "sinds",
    ["2026-11-18T13:00:00", "2026-11-18T13:00:00+01:00", "2026-13-01", "0001-01-01T00:00:00Z", ""],
)
def test_a_moment_without_its_zone_is_refused(sinds: str) -> None:
    assert haal(f"{API}/artikelen?gewijzigdSinds={sinds}").status_code == 400


def test_filters(stuk: Kennisartikel, publiceer: Publiceer) -> None:
    assert stuk.product is not None
    belasting = AfdelingFactory.create(identificatie="belastingen")
    product = ProductFactory.create(naam="ozb", afdeling=belasting, doelgroep="eu-bedrijf")
    publiceer(product=product, doelgroep="eu-bedrijf", titel="Bezwaar tegen de WOZ")
    publiceer(product=product, doelgroep="eu-burger-bedrijf", titel="Betalen")

    def titels(vraag: str) -> list[str]:
        return sorted(een["titel"] for een in data(f"/artikelen?{vraag}")["results"])

    assert titels("afdeling=belastingen") == titels("doelgroep=eu-bedrijf")
    assert titels("afdeling=belastingen") == ["Betalen", "Bezwaar tegen de WOZ"]
    assert "Betalen" in titels("doelgroep=eu-burger")
    assert titels(f"product={stuk.product.uuid}") == ["Paspoort aanvragen"]
    kaart = stuk.andere_producten.get()
    assert titels(f"product={kaart.uuid}") == ["Paspoort aanvragen"]
    assert titels(f"product={uuid4()}") == titels("afdeling=bestaat-niet") == []
    assert [een["naam"] for een in data("/producten?doelgroep=eu-bedrijf")["results"]] == ["ozb"]
    namen = [een["naam"] for een in data("/producten?afdeling=burgerzaken")["results"]]
    assert namen == ["id-kaart", "paspoort", "rijbewijs"]


def test_a_list_is_walked_by_its_links(publiceer: Publiceer) -> None:
    for nummer in range(5):
        publiceer(product="paspoort", titel=f"Paspoort {nummer}")
    pad, gezien, bladzijden = f"{API}/artikelen?pageSize=2", [], 0
    vorige = None
    while pad:
        antwoord = haal(pad)
        inhoud = json.loads(antwoord.content)
        assert inhoud["count"] == 5
        assert inhoud["previous"] == vorige
        links = antwoord.headers.get("Link", "")
        assert ('rel="next"' in links) == bool(inhoud["next"])
        gezien += [een["uuid"] for een in inhoud["results"]]
        bladzijden += 1
        vorige = f"http://127.0.0.1:8000{API}/artikelen?pageSize=2&page={bladzijden}"
        pad = (inhoud["next"] or "").removeprefix("http://127.0.0.1:8000")
    assert (len(set(gezien)), bladzijden) == (5, 3)


def test_search_is_walked_too(publiceer: Publiceer) -> None:
    for nummer in range(5):
        publiceer(product=f"paspoort {nummer}", titel=f"Paspoort {nummer}")
    gezien = [
        een["titel"]
        for bladzijde in (1, 2, 3)
        for een in data(f"/zoekresultaten?q=paspoort&pageSize=2&page={bladzijde}")["results"]
    ]
    assert len(gezien) == len(set(gezien)) == 5
    assert haal(f"{API}/zoekresultaten?q=paspoort&pageSize=2&page=4").status_code == 404


def test_other_sites_may_read_it(stuk: Kennisartikel) -> None:
    for pad in [*adressen(stuk), f"{API}/niets", f"{API}/artikelen?x=1"]:
        antwoord = haal(pad, Origin="https://www.gemeente.test")
        assert antwoord["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in antwoord
        assert antwoord["Cross-Origin-Resource-Policy"] == "cross-origin"
    vooraf = Client().options(
        f"{API}/artikelen",
        headers={"Origin": "https://www.gemeente.test", "Access-Control-Request-Method": "GET"},
    )
    assert (vooraf.status_code, vooraf.content) == (204, b"")
    assert vooraf["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in vooraf["Access-Control-Allow-Headers"]


def test_a_new_version_is_a_new_etag(stuk: Kennisartikel) -> None:
    pad = f"{API}/artikelen/{stuk.uuid}"
    eerst = haal(pad)
    assert eerst["ETag"].startswith('"1-')
    assert eerst["Last-Modified"] == "Wed, 18 Nov 2026 13:00:00 GMT"
    services.publish_versie(
        artikel=stuk, **TEKST | {"kort_antwoord": "Anders."}, by=None, at=moment("2026-11-19 09:00")
    )
    dan = haal(pad, If_None_Match=eerst["ETag"])
    assert dan.status_code == 200
    assert dan["ETag"].startswith('"2-')
    assert haal(pad, If_Modified_Since=eerst["Last-Modified"]).status_code == 200


def test_a_list_from_which_something_went_is_not_unchanged(stuk: Kennisartikel) -> None:
    eerst = haal(f"{API}/artikelen")
    assert "Last-Modified" not in eerst
    Kennisartikel.objects.filter(pk=stuk.pk).update(is_actief=False)
    assert haal(f"{API}/artikelen", If_None_Match=eerst["ETag"]).status_code == 200


def test_moments_are_in_utc(stuk: Kennisartikel) -> None:
    assert data(f"/artikelen/{stuk.uuid}")["gewijzigdOp"] == "2026-11-18T13:00:00Z"


@pytest.mark.parametrize(("fout", "status"), [(OperationalError, 503), (RuntimeError, 500)])
def test_what_goes_wrong_inside_is_a_problem_that_tells_nothing(
    stuk: Kennisartikel,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fout: type[Exception],
    status: int,
) -> None:
    def stukgaan(*args: object, **kwargs: object) -> None:
        raise fout("geheim")

    monkeypatch.setattr("kennisbank.openbaar.vormen.artikelen", stukgaan)
    pad = f"{API}/artikelen/{stuk.uuid}"
    with caplog.at_level(logging.ERROR):
        antwoord = haal(pad)
    assert antwoord.status_code == status
    assert "geheim" not in antwoord.text
    assert "geheim" in caplog.text
    conforms(pad, antwoord)


@pytest.mark.parametrize("aantal", [1, 20])
def test_a_list_costs_the_same_for_every_length(
    publiceer: Publiceer, django_assert_max_num_queries: Any, aantal: int
) -> None:
    eerste = publiceer(product="paspoort")
    assert eerste.product is not None
    link = f'<p><a href="/kennisbank/artikel/{eerste.uuid}/">eerder</a></p>'
    for nummer in range(aantal):
        stuk = publiceer(product=f"paspoort {nummer}", uitleg_html=link)
        stuk.zie_ook.add(eerste)
        stuk.andere_producten.add(eerste.product)
    for pad, hoogstens in (("artikelen", 6), ("producten", 4), ("zoekresultaten?q=paspoort", 5)):
        haal(f"{API}/{pad}")
        with django_assert_max_num_queries(hoogstens):
            assert haal(f"{API}/{pad}").status_code == 200


def test_review_dates_and_use_are_ours(stuk: Kennisartikel) -> None:
    voor = haal(f"{API}/artikelen/{stuk.uuid}").text
    Kennisartikel.objects.filter(pk=stuk.pk).update(
        herzien_op=date(2020, 1, 1) + timedelta(days=1), gebruikt=99
    )
    assert haal(f"{API}/artikelen/{stuk.uuid}").text == voor
