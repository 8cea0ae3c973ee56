"""One step with many taken: choose them in the list, say what, and read what became of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from kcc.access import KccRequest, access
from zaken import services
from zaken.forms.werkvoorraad import (
    DoorsturenForm,
    LoslatenForm,
    PrioriteitForm,
    SamenForm,
    ToewijzenForm,
)
from zaken.models import InterneTaak
from zaken.views.basis import with_query


@dataclass(frozen=True)
class Soort:
    """One thing that can be done with many: its words, its form, its service."""

    titel: str
    knop: str
    klaar: str
    form: type[SamenForm]
    service: Callable[..., object]
    velden: dict[str, str]


SOORTEN = {
    "toewijzen": Soort(
        "Aan een collega geven", "Geef", "aan een collega gegeven", ToewijzenForm,
        services.assign_interne_taak, {"medewerker": "to"},
    ),
    "doorsturen": Soort(
        "Doorsturen", "Stuur door", "doorgestuurd", DoorsturenForm,
        services.forward_interne_taak, {"afdeling": "afdeling", "reden": "reden"},
    ),
    "prioriteit": Soort(
        "Prioriteit veranderen", "Verander", "van prioriteit veranderd", PrioriteitForm,
        services.change_prioriteit, {"prioriteit": "prioriteit"},
    ),
    "loslaten": Soort(
        "Loslaten", "Laat los", "losgelaten", LoslatenForm, services.release_interne_taak, {}
    ),
}  # fmt: skip


@access("zaken.change_internetaak")
@require_POST
def samen(request: KccRequest) -> HttpResponse:
    """The first time ask what is needed for it, the second time do it."""
    soort = SOORTEN.get(request.POST.get("actie", ""))
    uuids = _uuids(request)
    if soort is None or not uuids:
        return redirect(with_query(request, reverse("zaken:werkvoorraad")))
    zeker = "zeker" in request.POST
    form = soort.form(request.POST if zeker else None, by=request.user)
    context: dict[str, Any] = {"soort": soort, "actie": request.POST["actie"], "form": form}
    if zeker and form.is_valid() and len(uuids) <= services.HOOGSTENS_SAMEN:
        context["uitkomsten"] = _do(request, soort, form, uuids)
        context["gelukt"] = sum(not uitkomst.fout for uitkomst in context["uitkomsten"])
        return _page(request, context)
    context["taken"] = _named(request, uuids[: services.HOOGSTENS_SAMEN])
    context["te_veel"] = str(services.TooManyTaken()) if len(uuids) > 100 else ""
    return _page(request, context, status=422 if zeker or context["te_veel"] else 200)


def _do(
    request: KccRequest, soort: Soort, form: SamenForm, uuids: list[UUID]
) -> list[services.Uitkomst]:
    waarden = {naam: form.cleaned_data[veld] for veld, naam in soort.velden.items()}
    op = now()

    def stap(taak: InterneTaak) -> object:
        return soort.service(taak=taak, **waarden, by=request.user, at=op)

    return services.do_together(uuids=uuids, stap=stap, by=request.user)


def _named(request: KccRequest, uuids: list[UUID]) -> list[InterneTaak]:
    """Number and subject only: no names of citizens, so nothing to note in the processing log."""
    taken = InterneTaak.objects.workable_by(request.user).filter(uuid__in=uuids)
    return list(taken.only("uuid", "nummer", "gevraagde_handeling").order_by("termijn_op", "pk"))


def _uuids(request: KccRequest) -> list[UUID]:
    gevonden: dict[UUID, None] = {}
    for tekst in request.POST.getlist("taak"):
        try:
            gevonden[UUID(tekst)] = None
        except ValueError:
            continue
    return list(gevonden)


def _page(request: KccRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    terug = with_query(request, reverse("zaken:werkvoorraad"))
    hier = with_query(request, reverse("zaken:samen"))
    return render(
        request, "zaken/samen.html", context | {"terug": terug, "hier": hier}, status=status
    )
