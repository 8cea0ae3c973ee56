"""Words that search takes for other words, and those that a product is found by."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kcc.access import KccRequest, access
from kcc.htmx import render_page, saved
from kennisbank.forms.zoekwoorden import ProbeerForm, SynoniemForm, TrefwoordenForm
from kennisbank.models import Product, Synoniem
from kennisbank.search import read_question, search_page
from kennisbank.services import zoekwoorden
from kennisbank.trefwoorden import split_woorden

PER_PAGINA = 50
GEVONDEN = 5  # results of a question that is tried


@access("kennisbank.change_kennisartikel")
@require_GET
def synoniemen(request: KccRequest) -> HttpResponse:
    """All synonyms, or those with these letters."""
    return _show(request, {"probeer": ProbeerForm()})


@access("kennisbank.change_kennisartikel")
@require_POST
def proberen(request: KccRequest) -> HttpResponse:
    """What a question finds now, and how it was understood. Nothing is stored."""
    form = ProbeerForm(request.POST)
    context: dict[str, Any] = {"form": form, "probeer": form}
    if form.is_valid():
        vraag = form.cleaned_data["vraag"]
        begrip = read_question(vraag)
        context["resultaat"] = search_page(vraag, medewerker=request.user, limit=GEVONDEN)
        context["woorden"] = [
            {"woord": groep.woord, "hersteld": groep.hersteld, "ook": sorted(set(groep.ook))}
            for groep in begrip.groepen
        ]
    return _show(request, context)


def _show(request: KccRequest, context: dict[str, Any]) -> HttpResponse:
    zoek = " ".join(request.GET.get("zoek", "").replace("\x00", "").split())[:100]
    lijst = Synoniem.objects.order_by("woord")
    if zoek:
        lijst = lijst.filter(Q(woord__icontains=zoek) | Q(woorden__icontains=zoek))
    pagina = Paginator(lijst, PER_PAGINA).get_page(request.GET.get("pagina"))
    context |= {"pagina": pagina, "zoek": zoek}
    return render_page(request, "kennisbank/synoniemen.html", "inhoud", context)


@access("kennisbank.change_kennisartikel")
@require_http_methods(["GET", "POST"])
def synoniem_nieuw(request: KccRequest) -> HttpResponse:
    """Add one."""
    return _edit(request, None)


@access("kennisbank.change_kennisartikel")
@require_http_methods(["GET", "POST"])
def synoniem(request: KccRequest, pk: int) -> HttpResponse:
    """Change one."""
    return _edit(request, get_object_or_404(Synoniem, pk=pk))


def _edit(request: KccRequest, stuk: Synoniem | None) -> HttpResponse:
    initial = {"woord": stuk.woord, "woorden": stuk.woorden} if stuk else {}
    form = SynoniemForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            nieuw = zoekwoorden.save_synoniem(
                synoniem=stuk, **form.cleaned_data, by=request.user, at=now()
            )
        except zoekwoorden.ZoekwoordFout as exc:
            form.add_error(None, str(exc))
        else:
            tekst = f"‘{nieuw.woord}’ is bewaard. Het zoeken kent het nu al."
            return saved(
                request, to="kennisbank:synoniemen", event="synoniem-bewaard", melding=tekst
            )
    context = {"form": form, "synoniem": stuk}
    return render_page(request, "kennisbank/synoniem.html", "formulier", context)


@access("kennisbank.change_kennisartikel")
@require_POST
def synoniem_verwijderen(request: KccRequest, pk: int) -> HttpResponse:
    """Delete one."""
    stuk = get_object_or_404(Synoniem, pk=pk)
    try:
        zoekwoorden.delete_synoniem(synoniem=stuk, by=request.user, at=now())
    except zoekwoorden.SynoniemWeg as exc:
        messages.error(request, str(exc))
        return redirect("kennisbank:synoniemen")
    tekst = f"‘{stuk.woord}’ is verwijderd."
    return saved(request, to="kennisbank:synoniemen", event="synoniem-weg", melding=tekst)


@access("kennisbank.change_kennisartikel")
@require_http_methods(["GET", "POST"])
def product_woorden(request: KccRequest, uuid: UUID) -> HttpResponse:
    """The words that one product is found by."""
    product = get_object_or_404(Product.objects.visible_to(request.user), uuid=uuid)
    nu = "\n".join(split_woorden(product.trefwoorden))
    form = TrefwoordenForm(
        request.POST if request.method == "POST" else None,
        initial={"trefwoorden": nu, "basis": nu},
    )
    context: dict[str, Any] = {"form": form, "product": product}
    if form.is_valid():
        try:
            zoekwoorden.change_trefwoorden(
                product=product, **form.cleaned_data, by=request.user, at=now()
            )
        except zoekwoorden.WoordenGewijzigd as exc:
            context["staat_er_nu"] = split_woorden(product.trefwoorden)
            form.show_again(nu)
            form.add_error(None, str(exc))
        else:
            tekst = "De woorden zijn bewaard. Het zoeken kent ze nu al."
            event = "trefwoorden-bewaard"
            return saved(request, uuid, to="kennisbank:product", event=event, melding=tekst)
    return render_page(request, "kennisbank/product_woorden.html", "formulier", context)
