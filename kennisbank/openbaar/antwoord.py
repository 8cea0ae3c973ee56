"""What every answer to the outside has in common: caching, errors, and who may read it where."""

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from kennisbank.openbaar.tempo import seconds_to_wait
from kennisbank.openbaar.vragen import OngeldigeVraag

P = ParamSpec("P")
Antwoord = Callable[Concatenate[HttpRequest, P], HttpResponse]

logger = logging.getLogger(__name__)

API_VERSIE = "1.0.0"
# A withdrawn answer must be gone soon; while it looks again, a cache may show what it has.
BEWAREN = "public, max-age=60, stale-while-revalidate=300"
NIET_BEWAREN = "no-store"
TITELS = {
    400: "De vraag klopt niet",
    404: "Niet gevonden",
    405: "Deze methode kan hier niet",
    429: "Te veel vragen achter elkaar",
    500: "Er ging iets mis",
    503: "Even niet bereikbaar",
}


def absolute(pad: str) -> str:
    """A path as a whole address. From the settings: a Host header is what somebody sends."""
    return settings.BASE_URL.rstrip("/") + pad


def cached(
    request: HttpRequest, response: HttpResponse, *, merk: str = "", sinds: datetime | None = None
) -> HttpResponse:
    """The answer with its ETag (of all that is in it, after ``merk``), or 304 when the asker has
    it already. ``sinds``: when it was published, for an answer that stands on one version.
    """
    som = hashlib.sha256(response.content).hexdigest()[:24]
    etag = f'"{merk}-{som}"' if merk else f'"{som}"'
    response["ETag"] = etag
    if sinds is not None:
        response["Last-Modified"] = http_date(sinds.timestamp())
    response.setdefault("Cache-Control", BEWAREN)
    laatst = int(sinds.timestamp()) if sinds is not None else None
    geldig = get_conditional_response(request, etag, laatst, response)
    return geldig if geldig is not None else response


def for_everyone(response: HttpResponse) -> HttpResponse:
    """Let other sites read this in a browser: it is public, and no cookie counts here."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def problem(
    status: int, detail: str, *, pad: str = "", fouten: list[dict[str, str]] | None = None
) -> HttpResponse:
    """An error as problem+json (RFC 9457), with everything that is wrong at once."""
    inhoud: dict[str, Any] = {
        "type": "about:blank",
        "title": TITELS[status],
        "status": status,
        "detail": detail,
    }
    if pad:
        inhoud["instance"] = pad
    if fouten:
        inhoud["errors"] = fouten
    return HttpResponse(
        json.dumps(inhoud, ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
        headers={"Cache-Control": NIET_BEWAREN},
    )


def page(view: Antwoord[P]) -> Antwoord[P]:
    """A page or a file for anybody: to read only, and what is not there is a page too."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            response = _sentence(405, "Deze pagina kunt u alleen bekijken.")
            response["Allow"] = "GET, HEAD"
            return response
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return _sentence(404, "Dit antwoord is er niet, of niet meer.")

    inner.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is ever written here
    return inner  # type: ignore[return-value]


def too_fast(request: HttpRequest) -> HttpResponse | None:
    """A page that asks to wait, or None when there is no need to."""
    if wacht := seconds_to_wait(request):
        response = _sentence(429, "U zoekt erg snel achter elkaar. Probeer het over een minuut.")
        response["Retry-After"] = str(wacht)
        return response
    return None


def _sentence(status: int, tekst: str) -> HttpResponse:
    kop = {404: "Deze pagina is er niet", 429: "Even wachten"}.get(status, TITELS[status])
    response = render_page("openbaar/melding.html", {"kop": kop, "tekst": tekst}, status=status)
    response["Cache-Control"] = NIET_BEWAREN
    return response


def render_page(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page without a request: so it cannot say who looks, and sets no cookie."""
    rond = {"gemeente_naam": settings.GEMEENTE_NAAM, "thema": settings.KCC_THEMA}
    return HttpResponse(render_to_string(template, rond | context), status=status)


def api(view: Antwoord[P]) -> Antwoord[P]:
    """A resource of the API: GET, HEAD and OPTIONS, for every origin; errors as problem+json."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = for_everyone(_answer(view, request, *args, **kwargs))
        response["API-Version"] = API_VERSIE
        response["Access-Control-Expose-Headers"] = "API-Version, ETag, Link, Retry-After"
        return response

    inner.csrf_exempt = True  # type: ignore[attr-defined]
    return inner  # type: ignore[return-value]


def _answer(
    view: Antwoord[P], request: HttpRequest, *args: P.args, **kwargs: P.kwargs
) -> HttpResponse:
    pad = request.path
    if request.method == "OPTIONS":
        return _options()
    if request.method not in {"GET", "HEAD"}:
        response = problem(405, "Deze API is alleen om te lezen: gebruik GET.", pad=pad)
        response["Allow"] = "GET, HEAD, OPTIONS"
        return response
    if wacht := seconds_to_wait(request):
        response = problem(429, f"Probeer het over {wacht} seconden opnieuw.", pad=pad)
        response["Retry-After"] = str(wacht)
        return response
    try:
        return view(request, *args, **kwargs)
    except OngeldigeVraag as exc:
        return problem(400, str(exc), pad=pad, fouten=exc.fouten)
    except Http404:
        return problem(404, "Dit bestaat niet, of het is niet openbaar.", pad=pad)
    except (OperationalError, InterfaceError):
        logger.exception("de database geeft geen antwoord")
        response = problem(503, "Probeer het over een halve minuut opnieuw.", pad=pad)
        response["Retry-After"] = "30"
        return response
    except Exception:
        logger.exception("onverwachte fout in de API")
        return problem(500, "De beheerder ziet dit in het logboek.", pad=pad)


def _options() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Allow": "GET, HEAD, OPTIONS",
            "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
            "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
            "Access-Control-Max-Age": "86400",
        },
    )


def json_answer(inhoud: dict[str, Any]) -> HttpResponse:
    """Data as JSON."""
    return HttpResponse(
        json.dumps(inhoud, ensure_ascii=False), content_type="application/json; charset=utf-8"
    )
