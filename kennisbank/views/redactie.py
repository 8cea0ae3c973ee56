"""The desk of the editors: reports, what must be looked at again, and what to write next."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_POST

from kcc.access import KccRequest, access
from kcc.htmx import render_page
from kennisbank import redactielijst, services
from kennisbank.forms.meldingen import (
    BeantwoordForm,
    GeefForm,
    MaakConceptForm,
    MeldingFilter,
    StapForm,
)
from kennisbank.models import Kennisartikel, Melding
from kennisbank.search.treffer import age
from organisatie.models import Afdeling

PER_PAGINA = 25
PAGINA = "kennisbank/melding.html"


def _afdelingen() -> list[tuple[str, str]]:
    return list(Afdeling.objects.filter(is_actief=True).values_list("identificatie", "naam"))


@access("kennisbank.change_kennisartikel")
@require_GET
def redactie(request: KccRequest) -> HttpResponse:
    """Reports to work off, the oldest first; filtered by owner, kind and department."""
    form = MeldingFilter(request.GET, afdelingen=_afdelingen())
    keuze = form.keuze
    alle = Melding.objects.visible_to(request.user)
    lijst = alle.done() if keuze["stand"] == "afgehandeld" else alle.to_do()
    if keuze["wie"] == "mij":
        lijst = lijst.filter(behandelaar=request.user)
    elif keuze["wie"] == "niemand":
        lijst = lijst.filter(behandelaar__isnull=True)
    if keuze["soort"]:
        lijst = lijst.filter(soort=keuze["soort"])
    if keuze["afdeling"]:
        lijst = lijst.of_afdeling(keuze["afdeling"])
    pagina = Paginator(lijst.with_row(), PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "filter": form,
        "pagina": pagina,
        "rijen": [{"melding": een, "oud": age(localdate(een.op))} for een in pagina],
        "doorlooptijd": redactielijst.lead_time(nu=now()),
    }
    return render_page(request, "kennisbank/redactie.html", "lijst", context)


@access("kennisbank.change_kennisartikel")
@require_GET
def melding(request: KccRequest, uuid: UUID) -> HttpResponse:
    """One report, with all that can be done with it."""
    return _show(request, _get(request, uuid))


def _get(request: KccRequest, uuid: UUID) -> Melding:
    meldingen = Melding.objects.visible_to(request.user).with_row()
    gevonden: Melding = get_object_or_404(meldingen, uuid=uuid)
    return gevonden


def _show(request: KccRequest, gevonden: Melding, **forms: Any) -> HttpResponse:
    """The page of a report. A form that was sent comes as ``geven``, ``antwoord`` or ``concept``;
    with one the answer is 422.
    """
    is_open = gevonden.afgehandeld_op is None
    context: dict[str, Any] = {"melding": gevonden, "duur": redactielijst.lead_time_of(gevonden)}
    if is_open:
        context |= {
            "stap": StapForm(melding=gevonden),
            "geven": GeefForm(melding=gevonden, collegas=redactielijst.editors()),
            "antwoord": BeantwoordForm(melding=gevonden),
            "concept": MaakConceptForm(melding=gevonden),
        }
    context["is_van_mij"] = gevonden.behandelaar_id == request.user.pk
    context |= forms
    context["form"] = next(iter(forms.values()), None)
    return render_page(request, PAGINA, "melding", context)


def _do(
    request: KccRequest, gevonden: Melding, form: StapForm, naam: str, stap: Callable[[], str]
) -> HttpResponse:
    """Run a step of a valid form and go back to the page; else show what is wrong, text and all."""
    if form.is_valid():
        try:
            tekst = stap()
        except (services.MeldingFout, services.ArtikelIngetrokken) as exc:
            form.add_error(None, str(exc))
            gevonden = _get(request, gevonden.uuid)
            form.show_versie(gevonden.versie)
        else:
            messages.success(request, tekst)
            return redirect("kennisbank:melding", gevonden.uuid)
    return _show(request, gevonden, **{naam: form})


@access("kennisbank.change_kennisartikel")
@require_POST
def melding_nemen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Take it. Who comes second is told who has it."""
    gevonden = _get(request, uuid)
    form = StapForm(request.POST, melding=gevonden)

    def stap() -> str:
        services.claim_melding(melding=gevonden, by=request.user, at=now())
        return "De melding is van u."

    return _do(request, gevonden, form, "stap", stap)


@access("kennisbank.change_kennisartikel")
@require_POST
def melding_loslaten(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Let it go, for a colleague to take."""
    gevonden = _get(request, uuid)
    form = StapForm(request.POST, melding=gevonden)

    def stap() -> str:
        versie = form.cleaned_data["versie"]
        services.release_melding(melding=gevonden, versie=versie, by=request.user, at=now())
        return "De melding is los: een collega kan haar nemen."

    return _do(request, gevonden, form, "stap", stap)


@access("kennisbank.change_kennisartikel")
@require_POST
def melding_geven(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Give it to a colleague who edits too."""
    gevonden = _get(request, uuid)
    form = GeefForm(request.POST, melding=gevonden, collegas=redactielijst.editors())

    def stap() -> str:
        wie = form.cleaned_data["medewerker"]
        services.assign_melding(
            melding=gevonden, to=wie, versie=form.cleaned_data["versie"],
            by=request.user, at=now(),
        )  # fmt: skip
        return f"De melding is nu van {wie}."

    return _do(request, gevonden, form, "geven", stap)


@access("kennisbank.change_kennisartikel")
@require_POST
def melding_antwoord(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Answer and close."""
    gevonden = _get(request, uuid)
    form = BeantwoordForm(request.POST, melding=gevonden)

    def stap() -> str:
        services.answer_melding(
            melding=gevonden, antwoord=form.cleaned_data["antwoord"],
            versie=form.cleaned_data["versie"], by=request.user, at=now(),
        )  # fmt: skip
        return f"Afgehandeld. {gevonden.door} krijgt uw antwoord."

    return _do(request, gevonden, form, "antwoord", stap)


@access("kennisbank.change_kennisartikel")
@require_POST
def melding_concept(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Start on the text that it asks for."""
    gevonden = _get(request, uuid)
    form = MaakConceptForm(request.POST, melding=gevonden)

    def stap() -> str:
        data = form.cleaned_data
        services.draft_for_melding(
            melding=gevonden, versie=data["versie"], titel=data.get("titel", ""),
            afdeling=data.get("afdeling"), by=request.user, at=now(),
        )  # fmt: skip
        return "Er is een concept van gemaakt. Het antwoord gaat uit als het is gepubliceerd."

    return _do(request, gevonden, form, "concept", stap)


@access("kennisbank.change_kennisartikel")
@require_GET
def te_herzien(request: KccRequest) -> HttpResponse:
    """Articles whose review date comes or has passed, of all or of one department."""
    afdelingen = _afdelingen()
    gekozen = request.GET.get("afdeling", "")
    gekozen = gekozen if gekozen in dict(afdelingen) else ""
    lijst = Kennisartikel.objects.visible_to(request.user).to_review(localdate()).with_page()
    if gekozen:
        lijst = lijst.filter(afdeling__identificatie=gekozen)
    lijst = lijst.select_related("redacteur")
    context = {
        "pagina": Paginator(lijst, PER_PAGINA).get_page(request.GET.get("pagina")),
        "afdelingen": afdelingen,
        "afdeling": gekozen,
        "vandaag": localdate(),
    }
    return render_page(request, "kennisbank/te_herzien.html", "lijst", context)


@access("kennisbank.change_kennisartikel")
@require_GET
def schrijven(request: KccRequest) -> HttpResponse:
    """What to write next, and how that is counted."""
    context = {"punten": redactielijst.what_to_write(nu=now()), "formule": redactielijst}
    return render_page(request, "kennisbank/schrijven.html", "lijst", context)
