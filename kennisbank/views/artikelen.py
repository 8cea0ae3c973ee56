"""Pages of one article, and of one product."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kcc.access import KccRequest, access
from kcc.htmx import go_to, render_page, saved, wants_fragment
from kennisbank import services
from kennisbank.forms import DagForm, NagekekenForm, RedenForm, VergelijkForm
from kennisbank.models import (
    ArtikelGebeurtenis,
    ArtikelVersie,
    Concept,
    Gebruik,
    Kennisartikel,
    Product,
)
from kennisbank.verschil import compare_texts, texts_of
from kennisbank.views.nieuws import news_context


@access("kennisbank.view_kennisartikel")
@require_GET
def artikel(request: KccRequest, uuid: UUID) -> HttpResponse:
    """An article; as a fragment it is the answer alone. ``?versie=2`` shows what it said before,
    ``?op=2026-03-03`` what it said at the end of that day.
    """
    stuk = get_object_or_404(
        Kennisartikel.objects.readable_by(request.user)
        .with_page()
        .select_related("ingetrokken_door", "product__afdeling"),
        uuid=uuid,
    )
    versies = list(
        stuk.versies.select_related("auteur", "goedgekeurd_door", "contactpersoon", "vervanger")
    )
    artikelen = Kennisartikel.objects.visible_to(request.user).select_related("huidige_versie")
    context: dict[str, Any] = {
        "artikel": stuk,
        **_version(request, versies, stuk),
        "versies": versies,
        "gebeurtenissen": stuk.gebeurtenissen.select_related("door", "versie"),
        "zie_ook": stuk.zie_ook.visible_to(request.user).select_related("huidige_versie"),
        "ook_bij": stuk.andere_producten.visible_to(request.user),
        "andere": artikelen.filter(product=stuk.product).exclude(pk=stuk.pk)
        if stuk.product
        else [],
        "grondslagen": stuk.product.grondslagen.all() if stuk.product else [],
        "is_over_tijd": stuk.herzien_op < localdate(),
        "is_deel": wants_fragment(request),
        "mag_bewerken": request.user.has_perm("kennisbank.change_kennisartikel"),
    }
    if not context["is_deel"]:
        context |= _actions(request, stuk)
    if context["versie"] == stuk.huidige_versie and not context["mag_bewerken"]:
        _note_opened(stuk)
    context |= news_context(stuk, context["versie"], request.user)
    return render_page(request, "kennisbank/artikel.html", "artikel", context)


def _note_opened(stuk: Kennisartikel) -> None:
    """Somebody read it. Not by an editor, who opens articles to work on them."""
    assert stuk.huidige_versie is not None  # noqa: S101 - visible_to leaves out what has none
    soort = Gebruik.Soort.GEOPEND
    services.log_gebruik(artikelversie=stuk.huidige_versie, soort=soort, at=now())


def _version(
    request: KccRequest, versies: list[ArtikelVersie], stuk: Kennisartikel
) -> dict[str, Any]:
    """The version that was asked for, by number or by day, or else the current one."""
    if (gevraagd := request.GET.get("versie")) is not None:
        for versie in versies:
            if str(versie.nummer) == gevraagd:
                return {"versie": versie}
        raise Http404("Deze versie is er niet.")
    if "op" not in request.GET:
        return {"versie": stuk.huidige_versie}
    form = DagForm(request.GET)
    if not form.is_valid():
        return {"versie": stuk.huidige_versie, "dagform": form, "dag_fout": form.errors["op"][0]}
    dag = form.cleaned_data["op"]
    toen = next((v for v in versies if localdate(v.gepubliceerd_op) <= dag), None)
    stand = {"versie": toen or stuk.huidige_versie, "dagform": form, "dag": dag}
    return stand | {"toen": toen, "dag_ingetrokken": _was_withdrawn(stuk, dag)}


def _was_withdrawn(stuk: Kennisartikel, dag: date) -> bool:
    soorten = (ArtikelGebeurtenis.Soort.INGETROKKEN, ArtikelGebeurtenis.Soort.HERSTELD)
    for gebeurtenis in stuk.gebeurtenissen.filter(soort__in=soorten):  # last one first
        if localdate(gebeurtenis.op) <= dag:
            return gebeurtenis.soort == ArtikelGebeurtenis.Soort.INGETROKKEN
    return False


def _actions(request: KccRequest, stuk: Kennisartikel) -> dict[str, Any]:
    """What this person may do with it, and what is on its way."""
    mag_nakijken = stuk.is_actief and services.may_review(stuk, request.user)
    concepten = Concept.objects.visible_to(request.user).open()
    return {
        "mag_voorstellen": stuk.is_actief and request.user.has_perm("kennisbank.add_concept"),
        "mag_nakijken": mag_nakijken,
        "nagekeken_form": NagekekenForm() if mag_nakijken else None,
        "open_concept": concepten.filter(artikel=stuk).first(),
    }


@access("kennisbank.change_kennisartikel")
@require_http_methods(["GET", "POST"])
def artikel_bewerken(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Go to the draft of this article; POST begins one when there is none yet."""
    stuk = get_object_or_404(Kennisartikel.objects.visible_to(request.user).with_page(), uuid=uuid)
    if request.method == "POST":
        concept = services.open_concept(artikel=stuk, by=request.user, at=now())
        return go_to(request, reverse("kennisbank:concept_bewerken", args=[concept.uuid]))
    bestaand = Concept.objects.open().filter(artikel=stuk).first()
    if bestaand is not None:
        return redirect("kennisbank:concept", bestaand.uuid)
    return render_page(request, "kennisbank/artikel_bewerken.html", "begin", {"artikel": stuk})


@access("kennisbank.view_kennisartikel")
@require_GET
def artikel_vergelijken(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Two versions side by side: ``?van=1&naar=3``; without them the last two."""
    stuk = get_object_or_404(Kennisartikel.objects.readable_by(request.user).with_page(), uuid=uuid)
    versies = {
        v.nummer: v
        for v in stuk.versies.select_related("auteur", "contactpersoon", "vervanger").order_by(
            "nummer"
        )
    }
    nummers = list(versies)
    gekozen = {"van": nummers[-2] if len(nummers) > 1 else nummers[0], "naar": nummers[-1]}
    form = VergelijkForm(gekozen | request.GET.dict(), nummers=nummers)
    if not form.is_valid():
        raise Http404("Deze versie is er niet.")
    van, naar = versies[form.cleaned_data["van"]], versies[form.cleaned_data["naar"]]
    context = {
        "artikel": stuk,
        "vergelijkform": form,
        "van": van,
        "van_naam": str(van.nummer),
        "naar_naam": str(naar.nummer),
        "naar": naar,
        "verschillen": compare_texts(texts_of(van), texts_of(naar)),
        "mag_terugzetten": request.user.has_perm("kennisbank.change_kennisartikel")
        and stuk.is_actief
        and van != stuk.huidige_versie,
    }
    return render_page(request, "kennisbank/artikel_vergelijken.html", "inhoud", context)


@access("kennisbank.change_kennisartikel")
@require_http_methods(["GET", "POST"])
def artikel_terugzetten(request: KccRequest, uuid: UUID, nummer: int) -> HttpResponse:
    """Give an article an earlier text again: by way of a draft, or at once with the reason."""
    stuk = get_object_or_404(Kennisartikel.objects.visible_to(request.user).with_page(), uuid=uuid)
    versie = get_object_or_404(stuk.versies.select_related("artikel"), nummer=nummer)
    is_post = request.method == "POST"
    form = RedenForm(request.POST if is_post and "concept" not in request.POST else None)
    if is_post and "concept" in request.POST:
        try:
            concept = services.propose_concept(
                artikel=stuk, versie=versie, by=request.user, at=now(),
                toelichting=f"Terug naar de tekst van versie {nummer}.",
            )  # fmt: skip
        except services.ConceptBestaatAl as exc:
            messages.error(request, str(exc))
            return redirect("kennisbank:concept", exc.concept.uuid)
        return redirect("kennisbank:concept_bewerken", concept.uuid)
    if form.is_valid():
        try:
            nieuw = services.put_back_versie(
                versie=versie, reden=form.cleaned_data["reden"], by=request.user, at=now()
            )
        except services.ArtikelFout as exc:
            form.add_error(None, str(exc))
        else:
            tekst = f"Versie {nieuw.nummer} is gepubliceerd, met de tekst van versie {nummer}."
            return saved(
                request, uuid, to="kennisbank:artikel", event="artikel-gepubliceerd", melding=tekst
            )
    context = {"artikel": stuk, "versie": versie, "form": form}
    return render_page(request, "kennisbank/artikel_terugzetten.html", "inhoud", context)


@access("kennisbank.change_kennisartikel")
@require_http_methods(["GET", "POST"])
def artikel_intrekken(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Take an article out of use, with the reason."""
    stuk = get_object_or_404(Kennisartikel.objects.visible_to(request.user).with_page(), uuid=uuid)
    form = RedenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.withdraw_artikel(
                artikel=stuk, reden=form.cleaned_data["reden"], by=request.user, at=now()
            )
        except services.ArtikelFout as exc:
            form.add_error(None, str(exc))
        else:
            return saved(
                request, uuid, to="kennisbank:artikel", event="artikel-ingetrokken",
                melding="Het artikel is ingetrokken. Op zijn pagina kunt u dat ongedaan maken.",
            )  # fmt: skip
    context = {"artikel": stuk, "form": form}
    return render_page(request, "kennisbank/artikel_intrekken.html", "inhoud", context)


@access("kennisbank.change_kennisartikel")
@require_POST
def artikel_herstellen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Undo a withdrawal."""
    stuk = get_object_or_404(Kennisartikel.objects.readable_by(request.user), uuid=uuid)
    try:
        services.restore_artikel(artikel=stuk, by=request.user, at=now())
    except services.ArtikelFout as exc:
        messages.error(request, str(exc))
        return redirect("kennisbank:artikel", uuid)
    return saved(
        request, uuid, to="kennisbank:artikel", event="artikel-gepubliceerd",
        melding="Het artikel is weer in gebruik.",
    )  # fmt: skip


@access("kennisbank.view_kennisartikel")
@require_POST
def artikel_nagekeken(request: KccRequest, uuid: UUID) -> HttpResponse:
    """The owner or an editor read it again: it is still right, until a new day."""
    stuk = get_object_or_404(Kennisartikel.objects.visible_to(request.user).with_page(), uuid=uuid)
    if not services.may_review(stuk, request.user):
        raise PermissionDenied
    form = NagekekenForm(request.POST)
    if form.is_valid():
        try:
            services.mark_reviewed(
                artikel=stuk, herzien_op=form.cleaned_data["herzien_op"], by=request.user, at=now()
            )
        except services.ArtikelFout as exc:
            form.add_error(None, str(exc))
        else:
            return saved(
                request, uuid, to="kennisbank:artikel", event="artikel-nagekeken",
                melding="Vastgelegd: dit artikel is nagekeken en klopt nog.",
            )  # fmt: skip
    context = {"artikel": stuk, "form": form}
    return render_page(request, "kennisbank/artikel_nagekeken.html", "inhoud", context)


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
