"""Logging in and out, the start page, health, outgoing messages, and what goes wrong."""

import sys
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.core.paginator import Paginator
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from psycopg.errors import QueryCanceled

from kcc import outbox
from kcc.access import INGELOGD, PUBLIEK, KccRequest, access
from kcc.forms import InlogForm
from kcc.hartslag import life_sign
from kcc.htmx import render_page, saved
from kcc.middleware import melding
from kcc.models import Hartslag, UitgaandBericht

BEWAKING_STIL = (
    "De bewaking van termijnen staat stil: er gaan geen herinneringen uit. Start worker en beat."
)

# Landing page per right, most specific first: where somebody's work is.
LANDING = (
    ("contacts.add_gesprek", "contacts:werkplek"),
    ("zaken.change_internetaak", "zaken:werkvoorraad"),
    ("rapportage.view_dashboard", "rapportage:overzicht"),
    ("kennisbank.change_kennisartikel", "kennisbank:redactie"),
    ("organisatie.beheer", "organisatie:beheer"),
)


@access(PUBLIEK)
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def inloggen(request: HttpRequest) -> HttpResponse:
    """Name and password; afterwards to where the person was going, or to the page of the work."""
    volgende = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        volgende, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        volgende = ""
    if request.user.is_authenticated and request.method == "GET":
        return _onward(volgende)
    form = InlogForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        login(request, form.get_user())  # gives the session a new id
        return _onward(volgende)
    context = {"form": form, "volgende": volgende, "kaal": True}
    return render_page(request, "kcc/inloggen.html", "formulier", context)


def _onward(volgende: str) -> HttpResponse:
    """To the page that was asked for: a path, since anything else could be the name of a route."""
    return HttpResponseRedirect(volgende) if volgende.startswith("/") else redirect("start")


@access(INGELOGD)
@require_POST
def uitloggen(request: KccRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("inloggen")


@access(INGELOGD)
@require_GET
def start(request: KccRequest) -> HttpResponse:
    """To the page of this person's work."""
    for recht, route in LANDING:
        if request.user.has_perm(recht):
            return redirect(route)
    return melding(
        request,
        403,
        "U kunt inloggen, maar u heeft nog geen rol.",
        "Vraag de beheerder om een rol. Daarna ziet u hier uw werk.",
    )


@access(PUBLIEK)
@never_cache
@require_GET
def gezond(request: HttpRequest) -> JsonResponse:
    """200 when the web process reaches the database, with the age of the worker's heartbeat."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    slag = Hartslag.objects.filter(naam="werker").values_list("geslagen_op", flat=True).first()
    oud = None if slag is None else round((now() - slag).total_seconds())
    levend = slag is not None and now() - slag < timedelta(minutes=2)
    wacht = outbox.oldest_waiting(now())
    bewaking = life_sign(naam="bewaking", at=now())
    return JsonResponse(
        {
            "web": "goed",
            "werker": "goed" if levend else "stil",
            "seconden": oud,
            "mail": "goed" if wacht is None or wacht < outbox.ACHTER_NA else "loopt achter",
            "oudste_bericht_seconden": None if wacht is None else round(wacht.total_seconds()),
            "bewaking": "goed" if bewaking.leeft else "stil",
            "melding": "" if bewaking.leeft else BEWAKING_STIL,
        }
    )


@access("organisatie.beheer")
@require_GET
def berichten(request: KccRequest) -> HttpResponse:
    """How many messages wait, went out or failed; what failed and why. Never what is in them."""
    return render_page(request, "kcc/berichten.html", "berichten", _berichten(request))


def _berichten(request: KccRequest) -> dict[str, object]:
    mislukt = UitgaandBericht.objects.filter(stand=UitgaandBericht.Stand.MISLUKT).order_by("-pk")
    wacht = outbox.oldest_waiting(now())
    return {
        "aantal": outbox.counts(),
        "pagina": Paginator(mislukt, 50).get_page(request.GET.get("pagina")),
        "wacht_sinds": None if wacht is None else now() - wacht,
        "loopt_achter": wacht is not None and wacht > outbox.ACHTER_NA,
        "is_ingesteld": bool(settings.EMAIL_HOST),
    }


@access("organisatie.beheer")
@require_POST
def bericht_opnieuw(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Offer one message that failed once more."""
    bericht = get_object_or_404(UitgaandBericht, uuid=uuid)
    try:
        outbox.retry(bericht=bericht, by=request.user, at=now())
    except outbox.BerichtNietMislukt as exc:
        context = {**_berichten(request), "fout": str(exc)}
        return render_page(request, "kcc/berichten.html", "berichten", context, status=422)
    tekst = "Het bericht wordt opnieuw verzonden."
    return saved(request, to="berichten", event="berichten-gewijzigd", melding=tekst)


@access("organisatie.beheer")
@require_POST
def berichten_opnieuw(request: KccRequest) -> HttpResponse:
    """Offer everything that failed once more, as after a wrong setting."""
    aantal = outbox.retry_all(by=request.user, at=now())
    woord = "bericht wordt" if aantal == 1 else "berichten worden"
    tekst = f"{aantal} {woord} opnieuw verzonden."
    return saved(request, to="berichten", event="berichten-gewijzigd", melding=tekst)


def geblokkeerd(request: HttpRequest, credentials: object, *args: object) -> HttpResponse:
    """Too many wrong passwords for this name from this address."""
    response = melding(
        request,
        429,
        "U heeft te vaak een verkeerd wachtwoord ingevuld.",
        "Wacht een kwartier en probeer het dan opnieuw, of vraag de beheerder om hulp.",
    )
    response["Retry-After"] = "900"
    return response


def csrf_fout(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or that did not come from one of our pages."""
    return melding(
        request,
        403,
        "Dit formulier is verlopen.",
        "Ga terug, laad de pagina opnieuw en verstuur het nog een keer. Uw concept is bewaard.",
    )


def fout(request: HttpRequest) -> HttpResponse:
    """What nobody expected: 500. A database that is away is 503 with a sentence, wherever in the
    request it was missed; most are missed while looking up the session, before any view. So is a
    question that it takes too long over (settings: WEB_QUERY_SECONDEN).
    """
    wat = sys.exc_info()[1]
    if isinstance(wat, OperationalError) and isinstance(wat.__cause__, QueryCanceled):
        return melding(
            request,
            503,
            "Dit duurde te lang.",
            "Maak uw vraag kleiner, met andere woorden of een kortere periode. Of probeer het over "
            "een minuut opnieuw.",
            zonder_database=True,
        )
    if isinstance(wat, OperationalError | InterfaceError):
        response = melding(
            request,
            503,
            "De database is even niet bereikbaar.",
            "Wat u al had opgeslagen, is er nog. Probeer het over een halve minuut opnieuw.",
            zonder_database=True,
        )
        response["Retry-After"] = "30"
        return response
    return defaults.server_error(request)
