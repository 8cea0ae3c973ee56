"""Drafts: the list, the page of one, proposing, editing with a preview, and approving."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kcc.access import KccRequest, access
from kcc.htmx import render_page, saved
from kennisbank import services
from kennisbank.controles import check_concept
from kennisbank.forms import (
    AfbeeldingForm,
    ConceptForm,
    GoedkeurForm,
    RedenForm,
    VoorstelForm,
)
from kennisbank.models import Concept, ConceptStand, Kennisartikel
from kennisbank.opmaak import markdown_to_html
from kennisbank.plakken import MAX_HTML, PlakselTeGroot, paste_to_markdown
from kennisbank.services.concepten import BEWERKBAAR, CONTACT, TEKST, fields_of
from kennisbank.services.versies import TekstOngewijzigd
from kennisbank.verschil import compare_texts, texts_of

PER_PAGINA = 25
TABS = ("mijn", "goedkeuren", "alle", "klaar")
STANDEN = (ConceptStand.GEPUBLICEERD, ConceptStand.AFGEWEZEN)
VERWACHT = (services.ConceptFout, services.ArtikelFout, TekstOngewijzigd)


@access("kennisbank.add_concept")
@require_GET
def concepten(request: KccRequest) -> HttpResponse:
    """Drafts: one's own, those that wait for one's department, all that are open, and what is
    finished.
    """
    zichtbaar = Concept.objects.visible_to(request.user)
    te_keuren = zichtbaar.to_approve_by(request.user)
    keuze = request.GET.get("tab", "")
    if keuze not in TABS:
        keuze = "goedkeuren" if te_keuren.exists() else "mijn"
    lijsten = {
        "mijn": zichtbaar.open().of(request.user),
        "goedkeuren": te_keuren,
        "alle": zichtbaar.open(),
        "klaar": zichtbaar.filter(stand__in=STANDEN).order_by("-gewijzigd_op"),
    }
    stand = request.GET.get("stand", "")
    rijen = lijsten[keuze].with_row()
    if stand in ConceptStand.values:
        rijen = rijen.filter(stand=stand)
    context = {
        "pagina": Paginator(rijen, PER_PAGINA).get_page(request.GET.get("pagina")),
        "tab": keuze,
        "stand": stand,
        "standen": ConceptStand.choices,
        "tellers": {naam: lijsten[naam].count() for naam in ("mijn", "goedkeuren", "alle")},
        "mag_keuren": request.user.has_perm("kennisbank.approve_kennisartikel"),
    }
    return render_page(request, "kennisbank/concepten.html", "lijst", context)


def _get(request: KccRequest, uuid: UUID) -> Concept:
    gezien = Concept.objects.visible_to(request.user).with_row()
    return get_object_or_404(
        gezien.select_related("contactpersoon", "vervanger", "goedgekeurd_door", "product"),
        uuid=uuid,
    )


@access("kennisbank.add_concept")
@require_GET
def concept(request: KccRequest, uuid: UUID) -> HttpResponse:
    """A draft to read: what it says, what it changes, its history, and what can be done."""
    return _page(request, _get(request, uuid))


def _page(
    request: KccRequest, stuk: Concept, *, status: int | None = None, **extra: Any
) -> HttpResponse:
    """``extra``: a form that was wrong, under the name by which the page shows it."""
    wie = request.user
    is_redacteur = wie.has_perm("kennisbank.change_kennisartikel")
    mag_keuren = (
        stuk.stand == ConceptStand.GOEDKEURING
        and wie.has_perm("kennisbank.approve_kennisartikel")
        and wie.afdelingen.filter(pk=stuk.afdeling_id).exists()
    )
    context = {
        "concept": stuk,
        "is_redacteur": is_redacteur,
        "mag_bewerken": is_redacteur and stuk.stand in BEWERKBAAR,
        "mag_terughalen": is_redacteur
        and stuk.stand in (ConceptStand.GOEDKEURING, ConceptStand.GEPLAND),
        "mag_keuren": mag_keuren,
        "schreef_zelf": stuk.gewijzigd_door_id == wie.pk,
        "goedkeurform": GoedkeurForm(initial={"versie": stuk.versie}),
        "terugform": RedenForm(prefix="terug"),
        "afwijsform": RedenForm(prefix="afwijzen"),
        "gebeurtenissen": stuk.gebeurtenissen.select_related("door"),
        "meldingen": stuk.meldingen.select_related("door"),
        **_shown(stuk, {n: getattr(stuk, n) for n in (*TEKST, *CONTACT)}),
    }
    return render_page(request, "kennisbank/concept.html", "inhoud", context | extra, status=status)


def _shown(stuk: Concept, waarden: dict[str, Any]) -> dict[str, Any]:
    """How this text will look, and what it changes about what is published."""
    huidig = stuk.artikel.huidige_versie if stuk.artikel else None
    nieuw = {naam: str(waarden.get(naam) or "") for naam in (*TEKST, *CONTACT)}
    return {
        "tekst": waarden,
        "uitleg_html": markdown_to_html(nieuw["uitleg"]),
        "vraag_door_html": markdown_to_html(nieuw["vraag_door"]),
        "werkinstructie_html": markdown_to_html(nieuw["werkinstructie"]),
        "huidige_versie": huidig,
        "verschillen": compare_texts(texts_of(huidig), nieuw) if huidig else [],
    }


# --- proposing ---------------------------------------------------------------------------------


@access("kennisbank.add_concept")
@require_http_methods(["GET", "POST"])
def voorstellen(request: KccRequest) -> HttpResponse:
    """Propose a new article, or another text for one (``?artikel=<uuid>``)."""
    artikel = _artikel(request)
    start = fields_of(artikel, artikel.huidige_versie) if artikel else None
    form = VoorstelForm(
        request.POST if request.method == "POST" else None, artikel=artikel, initial=start
    )
    context: dict[str, Any] = {"artikel": artikel, "afbeeldingform": AfbeeldingForm()}
    if artikel is not None:
        context["bestaand"] = Concept.objects.open().filter(artikel=artikel).first()
    if form.is_valid():
        try:
            stuk = services.propose_concept(
                artikel=artikel, by=request.user, at=now(),
                toelichting=form.cleaned_data["toelichting"], **form.velden(),
            )  # fmt: skip
        except (services.ConceptBestaatAl, services.ArtikelFout) as exc:
            form.add_error(None, str(exc))
        else:
            if stuk.stand == ConceptStand.BEWERKING:
                return redirect("kennisbank:concept_bewerken", stuk.uuid)
            return saved(
                request, stuk.uuid, to="kennisbank:concept", event="concept-voorgesteld",
                melding="Dank u wel. De redactie kijkt ernaar. U hoort wat ermee gebeurt.",
            )  # fmt: skip
    return render_page(
        request, "kennisbank/voorstellen.html", "formulier", context | {"form": form}
    )


def _artikel(request: KccRequest) -> Kennisartikel | None:
    """The article that the address names; what is none is not found."""
    tekst = request.GET.get("artikel", "")
    if not tekst:
        return None
    try:
        uuid = UUID(tekst)
    except ValueError:
        uuid = UUID(int=0)
    return get_object_or_404(Kennisartikel.objects.visible_to(request.user).with_page(), uuid=uuid)


# --- editing -----------------------------------------------------------------------------------


@access("kennisbank.change_kennisartikel")
@require_http_methods(["GET", "POST"])
def concept_bewerken(request: KccRequest, uuid: UUID) -> HttpResponse:
    """The editor: each button saves what stands in the form, and then does what it says."""
    stuk = _get(request, uuid)
    if request.method == "GET":
        if stuk.stand not in BEWERKBAAR:
            return redirect("kennisbank:concept", uuid)
        return _editor(request, stuk, ConceptForm(concept=stuk))
    form = ConceptForm(request.POST, concept=stuk)
    if request.headers.get("X-Autosave") == "1":
        return _autosave(request, stuk, form)
    reden = RedenForm(request.POST if "rechtzetten" in request.POST else None)
    if not form.is_valid() or (reden.is_bound and not reden.is_valid()):
        return _editor(request, stuk, form, redenform=reden, status=422)
    try:
        stuk = services.save_concept(
            concept=stuk, versie=form.cleaned_data["versie"], velden=form.velden(),
            by=request.user, at=now(), basis=_worked_in(request, stuk),
        )  # fmt: skip
        return _after_saving(request, stuk, reden)
    except services.ConceptAndersBewaard as exc:
        form.add_error(None, str(exc))
        return _editor(request, _get(request, uuid), _again(form, exc.huidig), anders=exc.huidig)
    except VERWACHT as exc:
        # What was typed is stored by now, unless the draft is closed: go on from there.
        vers = _get(request, uuid)
        form = _again(form, vers)
        form.add_error(None, str(exc))
        return _editor(request, vers, form, redenform=reden)


def _worked_in(request: KccRequest, stuk: Concept) -> int | None:
    """The version that somebody says to have worked in; only the current one counts."""
    huidig = stuk.artikel.huidige_versie if stuk.artikel else None
    if huidig is None or request.POST.get("verwerkt") != str(huidig.nummer):
        return None
    return huidig.nummer


def _after_saving(request: KccRequest, stuk: Concept, reden: RedenForm) -> HttpResponse:
    """Do what the button says."""
    if "ter_goedkeuring" in request.POST:
        services.send_for_approval(concept=stuk, versie=stuk.versie, by=request.user, at=now())
        melding = f"Verstuurd naar {stuk.afdeling}. U krijgt bericht."
        if not services.approvers_of(stuk.afdeling_id):
            melding = f"Let op: bij {stuk.afdeling} is nu niemand die mag goedkeuren."
        return _done(request, stuk, "concept-ter-goedkeuring", melding)
    if reden.is_bound:
        services.publish_urgent(
            concept=stuk, versie=stuk.versie, reden=reden.cleaned_data["reden"],
            by=request.user, at=now(),
        )  # fmt: skip
        return _done(
            request, stuk, "artikel-gepubliceerd", "Rechtgezet. De eigenaar krijgt bericht."
        )
    messages.success(request, "Bewaard.")
    return redirect("kennisbank:concept_bewerken", stuk.uuid)


def _done(request: KccRequest, stuk: Concept, event: str, melding: str) -> HttpResponse:
    return saved(request, stuk.uuid, to="kennisbank:concept", event=event, melding=melding)


def _again(form: ConceptForm, huidig: Concept) -> ConceptForm:
    """The form with all that was typed, to be saved over ``huidig`` when he decides so."""
    data = cast(QueryDict, form.data).copy()
    data["versie"] = str(huidig.versie)
    nieuw = ConceptForm(data, concept=form.concept)
    nieuw.is_valid()
    for fout in form.non_field_errors():
        nieuw.add_error(None, str(fout))
    return nieuw


def _editor(
    request: KccRequest, stuk: Concept, form: ConceptForm, *, status: int = 200, **extra: Any
) -> HttpResponse:
    waarden = _typed(form, stuk)
    huidig = stuk.artikel.huidige_versie if stuk.artikel else None
    context = {
        "concept": stuk,
        "form": form,
        "redenform": RedenForm(),
        "afbeeldingform": AfbeeldingForm(),
        "afwijsform": RedenForm(prefix="afwijzen"),
        "nieuwer": huidig if huidig and huidig.nummer != stuk.basis else None,
        **_preview(stuk, waarden),
    } | extra
    if (anders := extra.get("anders")) is not None:
        context["anders_verschillen"] = compare_texts(
            texts_of(anders), {n: str(waarden.get(n) or "") for n in (*TEKST, *CONTACT)}
        )
    if form.is_bound:
        status = 422
    return render_page(
        request, "kennisbank/concept_bewerken.html", "formulier", context, status=status
    )


def _typed(form: ConceptForm, stuk: Concept) -> dict[str, Any]:
    """The draft as it stands in the form, also where that is not valid yet."""
    if not form.is_bound:
        return ConceptForm.initial_of(stuk) | {"andere_producten": [], "zie_ook": []}
    form.is_valid()
    ruw = {naam: form.data.get(naam, "") for naam in TEKST}
    return ruw | form.velden()


def _preview(stuk: Concept, waarden: dict[str, Any]) -> dict[str, Any]:
    vast = {"artikel": stuk.artikel, "redacteur": stuk.redacteur}
    return {
        **_shown(stuk, waarden),
        "soort": waarden.get("soort", stuk.soort),
        "afdeling": waarden.get("afdeling"),
        "opmerkingen": check_concept(waarden | vast, vandaag=localdate()),
    }


@access("kennisbank.change_kennisartikel")
@require_POST
def concept_voorbeeld(request: KccRequest, uuid: UUID) -> HttpResponse:
    """The preview, the checks and the differences of what stands in the form; stores nothing."""
    stuk = _get(request, uuid)
    waarden = _typed(ConceptForm(request.POST, concept=stuk), stuk)
    context = {"concept": stuk, **_preview(stuk, waarden)}
    return render_page(
        request, "kennisbank/concept_voorbeeld.html", "voorbeeld", context, status=200
    )


def _autosave(request: KccRequest, stuk: Concept, form: ConceptForm) -> JsonResponse:
    """200 with the new number, or a sentence. What is half typed beside the text (a date, the name
    of a product) waits; the text does not.
    """
    form.is_valid()
    versie = form.cleaned_data.get("versie")
    if form.too_long or versie is None:
        fout = (form.too_long or ["Laad de pagina opnieuw."])[0]
        return JsonResponse({"melding": f"Niet opgeslagen. {fout}"}, status=422)
    try:
        stuk = services.save_concept(
            concept=stuk, versie=versie, velden=form.velden(), by=request.user, at=now()
        )
    except services.ConceptFout as exc:
        return JsonResponse({"melding": str(exc)}, status=409)
    opgeslagen = localtime(stuk.gewijzigd_op).strftime("%H:%M:%S")
    return JsonResponse({"versie": stuk.versie, "opgeslagen_op": opgeslagen})


@access("kennisbank.change_kennisartikel")
@require_POST
def concept_oppakken(request: KccRequest, uuid: UUID) -> HttpResponse:
    """An editor goes on with a proposal."""
    stuk = _get(request, uuid)
    try:
        services.take_up_concept(concept=stuk, by=request.user, at=now())
    except services.ConceptFout as exc:
        messages.error(request, str(exc))
        return redirect("kennisbank:concept", uuid)
    return redirect("kennisbank:concept_bewerken", uuid)


@access("kennisbank.change_kennisartikel")
@require_POST
def concept_afwijzen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Do not take over a proposal, with the reason."""
    stuk = _get(request, uuid)
    form = RedenForm(request.POST, prefix="afwijzen")
    if form.is_valid():
        try:
            services.reject_concept(
                concept=stuk, reden=form.cleaned_data["reden"], by=request.user, at=now()
            )
        except services.ConceptFout as exc:
            form.add_error(None, str(exc))
        else:
            melding = "Niet overgenomen. De indiener krijgt bericht."
            return _done(request, stuk, "concept-afgewezen", melding)
    return _page(request, _get(request, uuid), afwijsform=form, form=form, status=422)


@access("kennisbank.change_kennisartikel")
@require_POST
def concept_terughalen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Take a draft back from approval or off the planning."""
    try:
        services.recall_concept(concept=_get(request, uuid), by=request.user, at=now())
    except services.ConceptFout as exc:
        messages.error(request, str(exc))
        return redirect("kennisbank:concept", uuid)
    return redirect("kennisbank:concept_bewerken", uuid)


# --- approving ---------------------------------------------------------------------------------


@access("kennisbank.approve_kennisartikel")
@require_POST
def concept_goedkeuren(request: KccRequest, uuid: UUID) -> HttpResponse:
    """The owner agrees: at once, or on a day."""
    stuk = _get(request, uuid)
    form = GoedkeurForm(request.POST)
    if form.is_valid():
        try:
            stuk = services.approve_concept(
                concept=stuk, versie=form.cleaned_data["versie"], by=request.user, at=now(),
                publiceren_op=form.cleaned_data["publiceren_op"],
            )  # fmt: skip
        except VERWACHT as exc:
            form.add_error(None, str(exc))
        else:
            gepland = stuk.stand == ConceptStand.GEPLAND
            melding = "Goedgekeurd en gepland." if gepland else "Goedgekeurd en gepubliceerd."
            return _done(request, stuk, "artikel-gepubliceerd", melding)
    return _page(request, _get(request, uuid), goedkeurform=form, form=form, status=422)


@access("kennisbank.approve_kennisartikel")
@require_POST
def concept_terugsturen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """The owner sends it back to the editor, with the reason."""
    stuk = _get(request, uuid)
    form = RedenForm(request.POST, prefix="terug")
    if form.is_valid():
        try:
            services.return_concept(
                concept=stuk, reden=form.cleaned_data["reden"], by=request.user, at=now()
            )
        except services.ConceptFout as exc:
            form.add_error(None, str(exc))
        else:
            return _done(request, stuk, "concept-terug", "Teruggestuurd naar de redactie.")
    return _page(request, _get(request, uuid), terugform=form, form=form, status=422)


# --- pasting -----------------------------------------------------------------------------------


@access("kennisbank.add_concept")
@require_POST
def plakken(request: KccRequest) -> JsonResponse:
    """HTML of a clipboard (field ``html``) → ``{"markdown": …}``."""
    try:
        markdown = paste_to_markdown(request.POST.get("html", "")[: MAX_HTML + 1])
    except PlakselTeGroot as exc:
        return JsonResponse({"melding": str(exc)}, status=413)
    return JsonResponse({"markdown": markdown})
