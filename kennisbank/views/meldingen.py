"""What a colleague says about an article, what came of it, and what was looked for."""

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kcc.access import KccRequest, access
from kcc.htmx import render_page, wants_fragment
from kennisbank import services
from kennisbank.forms.meldingen import MeldForm, ZoekactieForm
from kennisbank.models import ArtikelVersie, Kennisartikel, Melding, MeldingSoort, Product
from kennisbank.redactielijst import lead_time_of

PER_PAGINA = 25
VAKKEN = ("melden", "uitvouw")  # where the form may unfold
ZOEK_SLEUTEL = "laatste_zoekactie"
BEDANKT = {
    MeldingSoort.KLOPT_NIET: "Doorgegeven aan de redactie. U krijgt antwoord bij Mijn meldingen.",
    MeldingSoort.MIST: "Doorgegeven aan de redactie. U krijgt antwoord bij Mijn meldingen.",
    MeldingSoort.HELPT: "Bedankt. Fijn dat dit artikel helpt.",
}


@access("kennisbank.add_melding")
@require_http_methods(["GET", "POST"])
def melden(request: KccRequest) -> HttpResponse:
    """ "Klopt niet", "mist" or "helpt", from wherever one is: GET asks what, POST stores it."""
    form = MeldForm(request.POST) if request.method == "POST" else MeldForm.opened(request.GET)
    versie = _artikelversie(request, form)
    if form.is_valid():
        data = form.cleaned_data
        product = None
        if data["product"]:
            zichtbaar = Product.objects.visible_to(request.user)
            product = get_object_or_404(zichtbaar, uuid=data["product"])
        services.report_melding(
            soort=data["soort"], artikelversie=versie, product=product,
            klantcontact_uuid=data["klantcontact"], zoekvraag=data["zoekvraag"],
            toelichting=data["toelichting"], by=request.user, at=now(),
        )  # fmt: skip
        return _thanks(request, data["soort"], terug=data["terug"], versie=versie)
    vak = request.htmx.target if request.htmx.target in VAKKEN else VAKKEN[0]
    context = {"form": form, "versie": versie, "vak": vak, "soort": form["soort"].value()}
    return render_page(request, "kennisbank/melden.html", "formulier", context)


def _artikelversie(request: KccRequest, form: MeldForm) -> ArtikelVersie | None:
    """The text that it is about, as it was on the screen; None without an article."""
    form.is_valid()
    data = dict(form.cleaned_data if form.is_bound else form.initial)
    if not data.get("artikel"):
        return None
    artikelen = Kennisartikel.objects.visible_to(request.user).with_page()
    stuk: Kennisartikel = get_object_or_404(artikelen, uuid=data["artikel"])
    if data.get("versie") and stuk.huidige_versie and stuk.huidige_versie.nummer != data["versie"]:
        versies = ArtikelVersie.objects.select_related("artikel__product")
        return get_object_or_404(versies, artikel=stuk, nummer=data["versie"])
    if stuk.huidige_versie is not None:
        stuk.huidige_versie.artikel = stuk
    return stuk.huidige_versie


def _thanks(
    request: KccRequest, soort: str, *, terug: str, versie: ArtikelVersie | None
) -> HttpResponse:
    """Back to what one was doing: under htmx the form folds up and the page stays as it is."""
    tekst = BEDANKT[MeldingSoort(soort)]
    if wants_fragment(request):
        antwoord = HttpResponse("")
        antwoord["HX-Trigger"] = json.dumps({"kennis-gemeld": {}, "melding": {"tekst": tekst}})
        knop = "#meld-niets" if request.htmx.target == "uitvouw" else f"#meld-{soort}"
        antwoord["HX-Trigger-After-Settle"] = json.dumps({"kcc:focus": {"op": knop}})
        patch_vary_headers(antwoord, ["HX-Request"])
        return antwoord
    messages.success(request, tekst)
    if terug.startswith("/") and url_has_allowed_host_and_scheme(terug, allowed_hosts=None):
        return HttpResponseRedirect(terug)
    if versie is not None:
        return redirect("kennisbank:artikel", versie.artikel.uuid)
    return redirect("kennisbank:zoeken")


@access("kennisbank.add_melding")
@require_GET
def mijn_meldingen(request: KccRequest) -> HttpResponse:
    """What one reported and what came of it. To see an answer here is to have read it."""
    lijst = Melding.objects.filter(door=request.user).exclude(soort=MeldingSoort.HELPT).with_row()
    pagina = Paginator(lijst.order_by("-op"), PER_PAGINA).get_page(request.GET.get("pagina"))
    rijen = [{"melding": m, "duur": lead_time_of(m)} for m in pagina]  # before they are read
    services.read_antwoorden(by=request.user, at=now())
    context = {"pagina": pagina, "rijen": rijen}
    return render_page(request, "kennisbank/mijn_meldingen.html", "lijst", context)


@access("kennisbank.add_melding")
@require_GET
def meldingen_teller(request: KccRequest) -> HttpResponse:
    """How many answers this person has not read yet, for beside the name of the page."""
    aantal = Melding.objects.unread_answers(request.user).count()
    return render(request, "kennisbank/deel/meldingen_teller.html", {"aantal": aantal})


@access("kennisbank.view_kennisartikel")
@require_POST
def zoekactie(request: KccRequest) -> HttpResponse:
    """A search that somebody was done with, told by the page."""
    form = ZoekactieForm(request.POST)
    if not form.is_valid():
        fout = next(iter(form.errors.values()))[0]
        return HttpResponse(fout, status=422, content_type="text/plain; charset=utf-8")
    note_zoekactie(request, form.cleaned_data["vraag"], form.cleaned_data["aantal"])
    return HttpResponse(status=204)


def note_zoekactie(request: KccRequest, vraag: str, aantal: int) -> None:
    """Note a finished search once: a reload, or Enter after a pause, is not another one."""
    sleutel: Any = [services.clean_vraag(vraag), aantal]
    if request.session.get(ZOEK_SLEUTEL) == sleutel:
        return
    if services.log_zoekactie(vraag=vraag, aantal=aantal, at=now()) is not None:
        request.session[ZOEK_SLEUTEL] = sleutel
