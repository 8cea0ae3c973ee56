"""Pages of one article, and of one product."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods

from kcc.access import KccRequest, access
from kcc.htmx import render_page, saved, wants_fragment
from kennisbank import services
from kennisbank.forms import ArtikelForm
from kennisbank.models import ArtikelVersie, Kennisartikel, Product


@access("kennisbank.view_kennisartikel")
@require_GET
def artikel(request: KccRequest, uuid: UUID) -> HttpResponse:
    """An article; as a fragment it is the answer alone. ``?versie=2`` shows what it said before."""
    stuk = get_object_or_404(Kennisartikel.objects.visible_to(request.user).with_page(), uuid=uuid)
    versies = list(stuk.versies.select_related("auteur"))
    artikelen = Kennisartikel.objects.visible_to(request.user).select_related("huidige_versie")
    context = {
        "artikel": stuk,
        "versie": _version(versies, request.GET.get("versie"), stuk),
        "versies": versies,
        "andere": artikelen.filter(product=stuk.product).exclude(pk=stuk.pk)
        if stuk.product
        else [],
        "grondslagen": stuk.product.grondslagen.all() if stuk.product else [],
        "is_over_tijd": stuk.herzien_op < localdate(),
        "is_deel": wants_fragment(request),
        "mag_bewerken": request.user.has_perm("kennisbank.change_kennisartikel"),
    }
    return render_page(request, "kennisbank/artikel.html", "artikel", context)


def _version(
    versies: list[ArtikelVersie], gevraagd: str | None, stuk: Kennisartikel
) -> ArtikelVersie | None:
    """The version that was asked for, or else the current one."""
    if gevraagd is None:
        return stuk.huidige_versie
    for versie in versies:
        if str(versie.nummer) == gevraagd:
            return versie
    raise Http404("Deze versie is er niet.")


@access("kennisbank.change_kennisartikel")
@require_http_methods(["GET", "POST"])
def artikel_bewerken(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Change the text; saving publishes a new version."""
    stuk = get_object_or_404(Kennisartikel.objects.visible_to(request.user).with_page(), uuid=uuid)
    assert stuk.huidige_versie is not None  # noqa: S101 - visible_to leaves out what has none
    form = ArtikelForm(
        request.POST if request.method == "POST" else None,
        initial=ArtikelForm.initial_of(stuk.huidige_versie),
    )
    context: dict[str, Any] = {"artikel": stuk, "versie": stuk.huidige_versie, "form": form}
    if form.is_valid():
        try:
            versie = services.publish_versie(
                artikel=stuk, **form.tekst(), by=request.user, at=now(),
                basis=form.cleaned_data["basis"],
            )  # fmt: skip
        except services.VersieVerouderd as exc:
            context |= {"nieuwer": exc.huidige, "anders": form.continue_from(exc.huidige)}
            form.add_error(None, str(exc))
        except services.TekstOngewijzigd as exc:
            form.add_error(None, str(exc))
        else:
            tekst = f"Versie {versie.nummer} is gepubliceerd."
            event = "artikel-gepubliceerd"
            return saved(request, uuid, to="kennisbank:artikel", event=event, melding=tekst)
    return render_page(request, "kennisbank/artikel_bewerken.html", "formulier", context)


@access("kennisbank.view_kennisartikel")
@require_GET
def product(request: KccRequest, uuid: UUID) -> HttpResponse:
    """A product: what it is, who is responsible, its articles and the law that it rests on."""
    stuk = get_object_or_404(
        Product.objects.visible_to(request.user).select_related("afdeling"), uuid=uuid
    )
    artikelen = Kennisartikel.objects.visible_to(request.user).with_page()
    context = {
        "product": stuk,
        "artikelen": artikelen.filter(product=stuk).order_by("soort", "slug"),
        "grondslagen": stuk.grondslagen.all(),
        "kenmerken": [
            naam
            for naam, geldt in (
                ("aanvraag", stuk.is_aanvraag),
                ("subsidie", stuk.is_subsidie),
                ("melding", stuk.is_melding),
                ("verplichting", stuk.is_verplichting),
            )
            if geldt
        ],
    }
    return render_page(request, "kennisbank/product.html", "product", context)
