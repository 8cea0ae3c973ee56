"""Files in and out."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kcc.access import KccRequest, access
from kcc.htmx import render_page
from kennisbank import uitvoer as uit
from kennisbank.forms.invoer import InvoerForm, UitvoerForm
from kennisbank.models import Invoer, InvoerStand, Kennisartikel
from kennisbank.resources import TABELLEN
from kennisbank.services import invoer as services

RECENT = 15


@access("kennisbank.import_artikel")
@require_http_methods(["GET", "POST"])
def invoer(request: KccRequest) -> HttpResponse:
    """Upload a file; it is checked in the background, and nothing is saved before a yes."""
    is_post = request.method == "POST"
    form = InvoerForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        medewerker=request.user,
        initial={"soort": request.GET.get("soort", "")},
    )
    if form.is_valid():
        bestand = form.cleaned_data["bestand"]
        nieuw = services.start_invoer(
            soort=form.cleaned_data["soort"], bestandsnaam=bestand.name, inhoud=bestand.read(),
            by=request.user, at=now(),
        )  # fmt: skip
        return redirect("kennisbank:invoer_een", uuid=nieuw.uuid)
    eerder = Invoer.objects.visible_to(request.user).with_list()[:RECENT]
    kolommen = [(soort, TABELLEN[soort].headers(), TABELLEN[soort].verplicht) for soort in TABELLEN]
    context = {"form": form, "eerder": eerder, "kolommen": kolommen}
    return render_page(request, "kennisbank/invoer.html", "inhoud", context)


@access("kennisbank.import_artikel")
@require_GET
def invoer_een(request: KccRequest, uuid: UUID) -> HttpResponse:
    """How far one file is, what it would do, and what is wrong with it; asks again while busy."""
    een = get_object_or_404(Invoer.objects.visible_to(request.user).with_list(), uuid=uuid)
    return render_page(request, "kennisbank/invoer_een.html", "stand", _page(een))


def _page(een: Invoer) -> dict[str, Any]:
    bezig = een.stand in {InvoerStand.CONTROLE, InvoerStand.INLEZEN}
    return {
        "invoer": een,
        "bezig": bezig,
        "procent": een.gedaan * 100 // een.totaal if een.totaal else 0,
        "opmerkingen": [regel for regel in een.verslag if regel["wat"] == "opmerking"],
        "rijen": [regel for regel in een.verslag if regel["wat"] != "opmerking"],
        "overgeslagen": een.totaal - een.nieuw - een.gewijzigd - een.ongewijzigd,
        "uit_bron": een.soort not in TABELLEN,
        "te_doen": een.nieuw + een.gewijzigd,
    }


@access("kennisbank.import_artikel")
@require_POST
def invoer_bevestigen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Read in what was checked."""
    een = get_object_or_404(Invoer.objects.visible_to(request.user).with_list(), uuid=uuid)
    try:
        services.confirm_invoer(invoer=een)
    except services.InvoerNietKlaar as exc:
        return _not_now(request, een, str(exc))
    return redirect("kennisbank:invoer_een", uuid=een.uuid)


@access("kennisbank.import_artikel")
@require_POST
def invoer_stoppen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Do not go on with it."""
    een = get_object_or_404(Invoer.objects.visible_to(request.user).with_list(), uuid=uuid)
    try:
        services.cancel_invoer(invoer=een, at=now())
    except services.InvoerNietKlaar as exc:
        return _not_now(request, een, str(exc))
    messages.success(request, f"Gestopt: {een.bestandsnaam}.")
    return redirect("kennisbank:invoer_een", uuid=een.uuid)


def _not_now(request: KccRequest, een: Invoer, zin: str) -> HttpResponse:
    een.refresh_from_db(fields=["stand", "gedaan", "klaar_op"])
    return render(request, "kennisbank/invoer_een.html", _page(een) | {"fout": zin}, status=422)


@access("kennisbank.import_artikel")
@require_GET
def uitvoer(request: KccRequest) -> HttpResponse:
    """Choose what to export."""
    return render(request, "kennisbank/uitvoer.html", {"form": UitvoerForm()})


@access("kennisbank.import_artikel")
@require_GET
def uitvoer_bestand(request: KccRequest) -> HttpResponseBase:
    """The file itself, made while it is sent."""
    form = UitvoerForm(request.GET)
    if not form.is_valid():
        return render(request, "kennisbank/uitvoer.html", {"form": form}, status=422)
    data, at = form.cleaned_data, now()
    if data["wat"] == "catalogus":
        return _stream(uit.catalogue(_public_address), "application/xml", "sc", "xml")
    artikelen = _selection(data)
    if data["wat"] == "pakket":
        stuk = uit.pack(artikelen, met_kcc=data["met_kcc"], at=at)
        return _stream(stuk, "application/json", "kennispakket", "json")
    if data["wat"] == "artikelen":
        artikelen = artikelen.filter(is_actief=True, huidige_versie__isnull=False)
    rijen = uit.table(data["wat"], artikelen)
    if data["vorm"] == "csv":
        return _stream(uit.csv_lines(rijen), "text/csv; charset=utf-8", data["wat"], "csv")
    return FileResponse(
        uit.xlsx_file(rijen, data["wat"]),
        as_attachment=True,
        filename=uit.file_name(data["wat"], "xlsx", at),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


def _selection(data: dict[str, Any]) -> Any:
    artikelen = Kennisartikel.objects.all()
    for veld in ("afdeling", "product", "soort"):
        if data[veld]:
            artikelen = artikelen.filter(**{veld: data[veld]})
    return artikelen


def _public_address(artikel: Kennisartikel) -> str:
    return settings.BASE_URL + reverse("openbaar:artikel", args=[artikel.slug])


def _stream(stukken: Any, soort: str, wat: str, vorm: str) -> StreamingHttpResponse:
    antwoord = StreamingHttpResponse(stukken, content_type=soort)
    naam = uit.file_name(wat, vorm, now())
    antwoord["Content-Disposition"] = f'attachment; filename="{naam}"'
    antwoord["X-Content-Type-Options"] = "nosniff"
    return antwoord
