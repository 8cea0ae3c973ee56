"""Pages on which the beheerder says where questions go, and tries it on what was asked."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import get_current_timezone, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kcc.access import KccRequest, access
from kcc.htmx import render_page, saved
from kennisbank.models import Product
from organisatie.models import Groep
from zaken import services
from zaken.forms.routering import RegelsForm, SimulatieForm, filled_rules
from zaken.models import Routeringsmodel
from zaken.routering import simulate


@access("zaken.beheer_routering")
@require_GET
def modellen(request: KccRequest) -> HttpResponse:
    """The models, and which is in force."""
    context = {"modellen": Routeringsmodel.objects.order_by("-is_actief", "naam")}
    return render_page(request, "zaken/routering/modellen.html", "lijst", context)


@access("zaken.beheer_routering")
@require_http_methods(["GET", "POST"])
def model(request: KccRequest, uuid: UUID) -> HttpResponse:
    """The rules of one model."""
    dit = get_object_or_404(Routeringsmodel, uuid=uuid)
    is_post = request.method == "POST"
    formset = RegelsForm(
        request.POST if is_post else None, initial=_initial(dit), prefix="regel",
        form_kwargs={"groepen": Groep.objects.filter(is_actief=True).select_related("afdeling")},
    )  # fmt: skip
    producten = Product.objects.usable().values_list("naam", flat=True)
    context: dict[str, Any] = {"model": dit, "formset": formset, "producten": producten}
    if not (is_post and formset.is_valid()):
        status = 422 if is_post else 200
        return render_page(request, "zaken/routering/model.html", "regels", context, status=status)
    versie = request.POST.get("versie", "")
    try:
        services.save_routering(
            model=dit, regels=filled_rules(formset), by=request.user, at=now(),
            versie=int(versie) if versie.isdecimal() and len(versie) < 9 else 0,
        )  # fmt: skip
    except services.TaakFout as exc:
        context["fout"] = str(exc)
        return render_page(request, "zaken/routering/model.html", "regels", context, status=422)
    melding = "De regels zijn bewaard."
    return saved(request, uuid, to="zaken:routeringsmodel", event="routering", melding=melding)


def _initial(model: Routeringsmodel) -> list[dict[str, Any]]:
    return [
        {
            "volgorde": regel.volgorde,
            "kanaal": regel.kanaal,
            "doelgroep": regel.doelgroep,
            "product": regel.product.naam if regel.product else "",
            "afdeling": regel.afdeling_id,
            "niveau": regel.niveau,
            "groep": regel.groep_id,
            "lijn": regel.lijn,
        }
        for regel in model.regels.select_related("product")
    ]


@access("zaken.beheer_routering")
@require_POST
def model_gebruiken(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Put a model in force."""
    dit = get_object_or_404(Routeringsmodel, uuid=uuid)
    try:
        services.activate_routering(model=dit, by=request.user, at=now())
    except services.RouteringEmpty as exc:
        context = {
            "modellen": Routeringsmodel.objects.order_by("-is_actief", "naam"),
            "fout": str(exc),
        }
        pagina = "zaken/routering/modellen.html"
        return render_page(request, pagina, "lijst", context, status=422)
    melding = f"{dit} is nu in gebruik. Nieuwe overdrachten gaan volgens dit model."
    return saved(request, to="zaken:routering", event="routering", melding=melding)


@access("zaken.beheer_routering")
@require_GET
def simuleren(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Where the contacts of a period would have gone under this model."""
    dit = get_object_or_404(Routeringsmodel, uuid=uuid)
    form = SimulatieForm(request.GET if request.GET.get("van") or request.GET.get("tot") else None)
    van, tot = form.period()
    zone = get_current_timezone()
    beeld = simulate(
        dit,
        van=datetime.combine(van, time.min, zone),
        tot=datetime.combine(tot + timedelta(days=1), time.min, zone),
    )
    context = {"model": dit, "form": form, "van": van, "tot": tot, "beeld": beeld}
    return render_page(request, "zaken/routering/simulatie.html", "uitkomst", context)
