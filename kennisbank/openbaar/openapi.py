"""The description of the API (OpenAPI 3.1), served at openapi.json."""

from typing import Any

from django.conf import settings

from kennisbank.models import OPENBARE_SOORTEN, Doelgroep
from kennisbank.openbaar.antwoord import API_VERSIE, absolute
from kennisbank.openbaar.vragen import MAX_BLADZIJDE, MAX_NUMMER, STANDAARD
from kennisbank.search.vraag import MAX_TEKENS

Deel = dict[str, Any]

BASIS = "/api/kennisbank/v1"
DOELGROEPEN = [str(code) for code in Doelgroep.values if code]
TEKST: Deel = {"type": "string"}
ADRES: Deel = {"type": "string", "format": "uri"}
UUID: Deel = {"type": "string", "format": "uuid"}
MOMENT: Deel = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$",
    "description": "Tijdstip in UTC.",
    "examples": ["2026-11-18T13:00:00Z"],
}


def _of_null(vorm: Deel) -> Deel:
    return {"oneOf": [vorm, {"type": "null"}]}


def _naar(naam: str) -> Deel:
    return {"$ref": f"#/components/schemas/{naam}"}


def _lijst(vorm: Deel) -> Deel:
    return {"type": "array", "items": vorm}


def _object(beschrijving: str, **velden: Deel) -> Deel:
    """An object of which every field is always there, and no other."""
    return {
        "type": "object",
        "description": beschrijving,
        "properties": velden,
        "required": list(velden),
        "additionalProperties": False,
    }


def _bladzijde(naam: str, **extra: Deel) -> Deel:
    return _object(
        f"Eén bladzijde van een lijst ({naam}).",
        count={"type": "integer", "minimum": 0, "description": "Hoeveel er in totaal zijn."},
        next=_of_null(ADRES),
        previous=_of_null(ADRES),
        **extra,
        results=_lijst(_naar(naam)),
    )


DOELGROEP: Deel = {"type": ["string", "null"], "enum": [*DOELGROEPEN, None]}
KORT: dict[str, Deel] = {
    "url": ADRES,
    "uuid": UUID | {"description": "Blijft bij elke versie gelijk."},
    "versie": {"type": "integer", "minimum": 1, "description": "Nummer van de huidige versie."},
    "versieUuid": UUID,
    "gewijzigdOp": MOMENT,
    "webpagina": ADRES,
    "titel": TEKST,
    "kortAntwoord": TEKST | {"description": "Gewone tekst, om voor te lezen."},
}
PRODUCT_KORT: dict[str, Deel] = {
    "url": ADRES,
    "uuid": UUID,
    "naam": TEKST,
    "upnUri": {
        "type": ["string", "null"],
        "description": "Adres in de Uniforme Productnamenlijst.",
    },
    "webpagina": ADRES,
}
SCHEMAS: dict[str, Deel] = {
    "Afdeling": _object("Wie er binnen de gemeente over gaat.", identificatie=TEKST, naam=TEKST),
    "ArtikelKort": _object("Een antwoord in het kort.", **KORT),
    "ProductKort": _object("Een product of dienst.", **PRODUCT_KORT),
    "Artikel": _object(
        "Een antwoord, met alleen wat voor de inwoner is.",
        **KORT,
        soort={"type": "string", "enum": [str(soort) for soort in OPENBARE_SOORTEN]},
        uitlegHtml=TEKST | {"description": "Opgeschoonde HTML; afbeeldingen met een heel adres."},
        doelgroep=DOELGROEP,
        afdeling=_naar("Afdeling"),
        product=_of_null(_naar("ProductKort")),
        andereProducten=_lijst(_naar("ProductKort")),
        zieOok=_lijst(_naar("ArtikelKort")),
    ),
    "Product": _object(
        "Een product of dienst, met de antwoorden erover.",
        **PRODUCT_KORT,
        doelgroep=DOELGROEP,
        afdeling=_of_null(_naar("Afdeling")),
        artikelen=_lijst(_naar("ArtikelKort")),
    ),
    "Zoekresultaat": _object(
        "Een antwoord, of een product waar antwoorden over zijn.",
        soort={"type": "string", "enum": ["artikel", "product"]},
        titel=TEKST,
        artikel=_of_null(_naar("ArtikelKort")),
        product=_of_null(_naar("ProductKort")),
    ),
    "ArtikelLijst": _bladzijde("Artikel"),
    "ProductLijst": _bladzijde("Product"),
    "ZoekresultaatLijst": _bladzijde(
        "Zoekresultaat",
        gelezenAls={
            "type": ["string", "null"],
            "description": "De vraag zonder typfouten, als wij die verbeterden.",
        },
    ),
    "Fout": {
        "type": "object",
        "description": "Wat er misging (RFC 9457).",
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": TEKST,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": TEKST,
            "instance": {"type": "string", "format": "uri-reference"},
            "errors": _lijst(
                _object(
                    "Eén fout in de vraag.",
                    **{"in": {"type": "string", "enum": ["query"]}},
                    name=TEKST,
                    code={
                        "type": "string",
                        "enum": ["onbekend", "dubbel", "ongeldig", "verplicht"],
                    },
                    detail=TEKST,
                )
            ),
        },
        "required": ["type", "title", "status", "detail"],
        "additionalProperties": False,
    },
}
KOPPEN: dict[str, Deel] = {
    "API-Version": {"description": "De hele versie van deze API.", "schema": TEKST},
    "ETag": {"description": "Merk van dit antwoord, voor If-None-Match.", "schema": TEKST},
    "Last-Modified": {"description": "Wanneer deze versie verscheen.", "schema": TEKST},
    "Link": {"description": "De bladzijden ernaast: rel next en prev.", "schema": TEKST},
    "Retry-After": {
        "description": "Na hoeveel seconden u het opnieuw kunt proberen.",
        "schema": {"type": "integer"},
    },
}


def _parameter(naam: str, uitleg: str, schema: Deel, **extra: object) -> Deel:
    return {"name": naam, "in": "query", "description": uitleg, "schema": schema, **extra}


PAGINA = [
    _parameter(
        "page",
        "Welke bladzijde, vanaf 1.",
        {"type": "integer", "minimum": 1, "maximum": MAX_NUMMER, "default": 1},
    ),
    _parameter(
        "pageSize",
        "Hoeveel op een bladzijde.",
        {"type": "integer", "minimum": 1, "maximum": MAX_BLADZIJDE, "default": STANDAARD},
    ),
]
DOELGROEP_VRAAG = _parameter(
    "doelgroep",
    "Alleen voor deze doelgroep; wat voor beide is, hoort erbij.",
    {"type": "string", "enum": DOELGROEPEN},
)
AFDELING_VRAAG = _parameter(
    "afdeling",
    "Alleen van de afdeling met deze identificatie.",
    {"type": "string", "pattern": r"^[\w.-]{1,50}$", "examples": ["burgerzaken"]},
)


def _koppen(*namen: str) -> Deel:
    return {naam: {"$ref": f"#/components/headers/{naam}"} for naam in ("API-Version", *namen)}


def _fout(uitleg: str, *koppen: str) -> Deel:
    return {
        "description": uitleg,
        "headers": _koppen(*koppen),
        "content": {"application/problem+json": {"schema": _naar("Fout")}},
    }


FOUTEN: dict[str, Deel] = {
    "400": _fout("De vraag klopt niet; alle fouten staan erin."),
    "404": _fout("Dit bestaat niet, of het is niet openbaar."),
    "405": _fout("Alleen lezen kan."),
    "429": _fout("Te veel vragen achter elkaar.", "Retry-After"),
    "500": _fout("Er ging iets mis."),
    "503": _fout("Even niet bereikbaar.", "Retry-After"),
}


def _lezen(naam: str, uitleg: str, vorm: Deel, parameters: list[Deel], *koppen: str) -> Deel:
    return {
        "operationId": naam,
        "summary": uitleg,
        "tags": ["Kennisbank"],
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "Gelukt.",
                "headers": _koppen("ETag", *koppen),
                "content": {"application/json": {"schema": vorm}},
            },
            "304": {"description": "Niets veranderd.", "headers": _koppen("ETag")},
            **{status: {"$ref": f"#/components/responses/{status}"} for status in FOUTEN},
        },
    }


def _een(wat: str) -> list[Deel]:
    uitleg = f"De uuid van het {wat}."
    return [{"name": "uuid", "in": "path", "required": True, "description": uitleg, "schema": UUID}]


def document() -> Deel:
    """The whole description; only the addresses and the name depend on the municipality."""
    artikelen = [
        _parameter("product", "Alleen over het product met deze uuid.", UUID),
        DOELGROEP_VRAAG,
        AFDELING_VRAAG,
        _parameter(
            "gewijzigdSinds",
            "Alleen wat sinds deze dag of dit tijdstip verscheen.",
            {"type": "string", "examples": ["2026-03-01", "2026-03-01T09:00:00Z"]},
        ),
        *PAGINA,
    ]
    vraag = {"type": "string", "minLength": 1, "maxLength": MAX_TEKENS}
    zoeken = _parameter("q", "Wat iemand zoekt, in eigen woorden.", vraag, required=True)
    paden = {
        "/artikelen": _lezen(
            "artikelen", "Alle antwoorden, de nieuwste eerst", _naar("ArtikelLijst"), artikelen,
            "Link",
        ),
        "/artikelen/{uuid}": _lezen(
            "artikel", "Eén antwoord", _naar("Artikel"), _een("artikel"), "Last-Modified"
        ),
        "/producten": _lezen(
            "producten", "Alle producten waar antwoorden over zijn", _naar("ProductLijst"),
            [DOELGROEP_VRAAG, AFDELING_VRAAG, *PAGINA], "Link",
        ),
        "/producten/{uuid}": _lezen(
            "product", "Eén product, met de antwoorden erover", _naar("Product"), _een("product")
        ),
        "/zoekresultaten": _lezen(
            "zoekresultaten", "Zoeken", _naar("ZoekresultaatLijst"), [zoeken, *PAGINA], "Link"
        ),
        "/openapi.json": _lezen("openapi", "Deze beschrijving", {"type": "object"}, []),
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kennisbank",
            "version": API_VERSIE,
            "summary": f"De antwoorden van de gemeente {settings.GEMEENTE_NAAM}",
            "description": (
                "Dezelfde antwoorden als aan de balie en aan de telefoon, met hetzelfde nummer van "
                "de versie. Alleen lezen, zonder sleutel. Nooit wat alleen voor medewerkers is."
            ),
            "contact": {
                "name": f"Redactie van de kennisbank, gemeente {settings.GEMEENTE_NAAM}",
                "url": absolute("/antwoorden/"),
            },
        },
        "servers": [{"url": absolute(BASIS)}],
        "tags": [{"name": "Kennisbank", "description": "Antwoorden en de producten erbij."}],
        "security": [],
        "paths": {pad: {"get": lezen} for pad, lezen in paden.items()},
        "components": {"schemas": SCHEMAS, "headers": KOPPEN, "responses": FOUTEN},
    }
