"""Pages on which the beheerder keeps what KCC and departments agreed."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kcc.access import KccRequest, access
from kcc.htmx import render_page, saved
from kennisbank.models import Product
from organisatie.models import Afdeling
from zaken import services
from zaken.forms.afspraken import (
    AfspraakForm,
    EindeForm,
    FilterForm,
    ProductgroepForm,
    VragenForm,
    asked,
    questions_of,
    terms_of,
)
from zaken.models import Overdrachtsafspraak, Productgroep

PER_PAGINA = 50


@access("zaken.beheer_afspraak")
@require_GET
def afspraken(request: KccRequest) -> HttpResponse:
    """Each agreement with its newest version, filtered."""
    form = FilterForm(request.GET)
    keuze = form.cleaned_data if form.is_valid() else {}
    lijst = Overdrachtsafspraak.objects.latest_versions()
    lijst = lijst.select_related("product", "productgroep", "afdeling")
    if zoek := keuze.get("zoek"):
        lijst = lijst.filter(
            Q(product__naam__icontains=zoek)
            | Q(productgroep__naam__icontains=zoek)
            | Q(productgroep__producten__naam__icontains=zoek)
        ).distinct()
    if afdeling := keuze.get("afdeling"):
        lijst = lijst.filter(afdeling=afdeling)
    if keuze.get("stand") != "alles":
        voorbij = Q(geldig_tot__lt=localdate())
        lijst = lijst.filter(voorbij if keuze.get("stand") == "voorbij" else ~voorbij)
    lijst = lijst.annotate(
        aantal_vragen=Count("vragen", distinct=True),
        verplicht=Count("vragen", filter=Q(vragen__is_verplicht=True), distinct=True),
    ).order_by("afdeling__naam", "product__naam", "productgroep__naam", "pk")
    pagina = Paginator(lijst, PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {"filter": form, "pagina": pagina, "vandaag": localdate()}
    return render_page(request, "zaken/afspraken/lijst.html", "lijst", context)


@access("zaken.beheer_afspraak")
@require_GET
def afspraak(request: KccRequest, uuid: UUID) -> HttpResponse:
    """One version, and the others of the same agreement."""
    return _show(request, _get(uuid), EindeForm(initial={"laatste_dag": localdate()}))


@access("zaken.beheer_afspraak")
@require_POST
def afspraak_einde(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Let an agreement end."""
    dit, form = _get(uuid), EindeForm(request.POST)
    if form.is_valid():
        laatste = form.cleaned_data["laatste_dag"]
        try:
            services.end_afspraak(afspraak=dit, laatste_dag=laatste, by=request.user, at=now())
        except services.AfspraakFout as exc:
            form.add_error("laatste_dag", str(exc))
        else:
            melding = "De afspraak heeft een laatste dag."
            return saved(request, to="zaken:afspraken", event="afspraak", melding=melding)
    return _show(request, dit, form)


@access("zaken.beheer_afspraak")
@require_http_methods(["GET", "POST"])
def afspraak_nieuw(request: KccRequest) -> HttpResponse:
    """A first version. Without a department in the address the page asks for it first."""
    afdeling = _chosen(request)
    if afdeling is None:
        context = {"afdelingen": Afdeling.objects.filter(is_actief=True)}
        return render_page(request, "zaken/afspraken/kies_afdeling.html", "inhoud", context)
    data = request.POST if request.method == "POST" else None
    form = AfspraakForm(data, afdeling=afdeling, nieuw=True)
    formset = VragenForm(data, prefix="vraag")
    if _both_valid(form, formset):
        schoon = form.cleaned_data
        try:
            nieuw = services.create_afspraak(
                afdeling=afdeling, product=schoon["product"], productgroep=schoon["productgroep"],
                gegevens=form.terms(), vragen=asked(formset), by=request.user, at=now(),
            )  # fmt: skip
        except services.AfspraakFout as exc:
            _refuse(form, exc)
        else:
            melding = "De afspraak is gemaakt."
            return saved(
                request, nieuw.uuid, to="zaken:afspraak", event="afspraak", melding=melding
            )
    return _edit(request, form, formset, {"afdeling": afdeling})


@access("zaken.beheer_afspraak")
@require_http_methods(["GET", "POST"])
def afspraak_versie(request: KccRequest, uuid: UUID) -> HttpResponse:
    """A new version, which begins with what this one says."""
    dit = _get(uuid)
    data = request.POST if request.method == "POST" else None
    form = AfspraakForm(data, initial=terms_of(dit), afdeling=dit.afdeling, nieuw=False)
    formset = VragenForm(data, initial=questions_of(dit), prefix="vraag")
    if _both_valid(form, formset):
        try:
            nieuw = services.renew_afspraak(
                afspraak=dit, gegevens=form.terms(), vragen=asked(formset), by=request.user,
                at=now(),
            )  # fmt: skip
        except services.AfspraakFout as exc:
            _refuse(form, exc)
        else:
            melding = "De nieuwe versie is bewaard."
            return saved(
                request, nieuw.uuid, to="zaken:afspraak", event="afspraak", melding=melding
            )
    return _edit(request, form, formset, {"afdeling": dit.afdeling, "afspraak": dit})


@access("zaken.beheer_afspraak")
@require_GET
def productgroepen(request: KccRequest) -> HttpResponse:
    """Groups of products."""
    groepen = Productgroep.objects.annotate(aantal=Count("producten"))
    return render_page(
        request, "zaken/afspraken/productgroepen.html", "lijst", {"groepen": groepen}
    )


@access("zaken.beheer_afspraak")
@require_http_methods(["GET", "POST"])
def productgroep_nieuw(request: KccRequest) -> HttpResponse:
    """A group of products to make an agreement about."""
    return _save_groep(request, None)


@access("zaken.beheer_afspraak")
@require_http_methods(["GET", "POST"])
def productgroep(request: KccRequest, uuid: UUID) -> HttpResponse:
    """What is in a group."""
    return _save_groep(request, get_object_or_404(Productgroep, uuid=uuid))


def _save_groep(request: KccRequest, groep: Productgroep | None) -> HttpResponse:
    form = ProductgroepForm(request.POST if request.method == "POST" else None, groep=groep)
    if form.is_valid():
        services.save_productgroep(groep=groep, **form.cleaned_data, by=request.user, at=now())
        melding = "De productgroep is bewaard."
        return saved(request, to="zaken:productgroepen", event="afspraak", melding=melding)
    context = {"form": form, "groep": groep}
    return render_page(request, "zaken/afspraken/productgroep.html", "inhoud", context)


def _get(uuid: UUID) -> Overdrachtsafspraak:
    alles = Overdrachtsafspraak.objects.select_related(
        "product", "productgroep", "afdeling", "groep", "medewerker", "gemaakt_door"
    ).prefetch_related("vragen")
    return get_object_or_404(alles, uuid=uuid)


def _chosen(request: KccRequest) -> Afdeling | None:
    pk = request.GET.get("afdeling", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        return None
    return Afdeling.objects.filter(is_actief=True, pk=int(pk)).first()


def _both_valid(form: AfspraakForm, formset: Any) -> bool:
    # Both, always: what is wrong is said in one go.
    return all([form.is_valid(), formset.is_valid()])


def _refuse(form: AfspraakForm, exc: services.AfspraakFout) -> None:
    form.add_error(exc.veld if exc.veld in form.fields else None, str(exc))


def _show(request: KccRequest, dit: Overdrachtsafspraak, form: EindeForm) -> HttpResponse:
    versies = list(Overdrachtsafspraak.objects.versions_of(dit).select_related("gemaakt_door"))
    context = {
        "afspraak": dit,
        "versies": versies,
        "form": form,
        "vandaag": localdate(),
        "loopt": versies[0].geldig_tot is None or versies[0].geldig_tot >= localdate(),
    }
    return render_page(request, "zaken/afspraken/afspraak.html", "inhoud", context)


def _edit(
    request: KccRequest, form: AfspraakForm, formset: Any, context: dict[str, Any]
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    namen = Product.objects.usable().values_list("naam", flat=True) if form.nieuw else ()
    context |= {"form": form, "formset": formset, "producten": namen}
    return render_page(request, "zaken/afspraken/bewerken.html", "inhoud", context, status=status)
