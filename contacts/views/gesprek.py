"""One conversation on the desk. Its page is one form; each button saves what was typed and then
does its own thing, so that nothing is lost with or without JavaScript.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_http_methods, require_POST

from contacts import services
from contacts.forms import ConceptForm, NieuweKlantForm
from contacts.models import Gesprek, Gespreksresultaat, Klantcontact, KlantDoelgroep, Partij
from contacts.numbers import speakable
from contacts.search import find_partijen
from contacts.views.werkplek import open_gesprekken
from kcc.access import KccRequest, access
from kcc.htmx import go_to, wants_fragment
from kennisbank.models import ArtikelVersie, Doelgroep, Kennisartikel, Product
from kennisbank.search import search

TEMPLATE = "contacts/gesprek.html"
# Where each part of the page goes, so that a button need not know.
PLAATS = {
    "midden": "#midden",
    "kop_en_versie": "#gesprek-kop",
    "klant_gekozen": "#klant",
    "treffers": "#klant-treffers",
    "artikel_gebruikt": "#velden",
    "product_gekozen": "#velden",
    "antwoorden": "#antwoorden",
    "artikel": "#rechts",
    "klantbeeld": "#rechts",
}
# And where somebody goes on typing after it.
FOCUS = {
    "klant_gekozen": "#id_onderwerp",
    "artikel": "#artikel-kop",
    "artikel_gebruikt": "#id_reactie",
    "product_gekozen": "#id_inhoud",
    "klantbeeld": "#id_onderwerp",
}
CLOSED = (services.KlantcontactAlreadyClosed, services.GesprekAlreadyClosed)


def _read(request: KccRequest, uuid: UUID) -> Klantcontact:
    """The open question of one's own conversation, or its last one when all are closed."""
    gesprek = get_object_or_404(Gesprek.objects.visible_to(request.user), uuid=uuid)
    contact = (
        Klantcontact.objects.with_details()
        .filter(gesprek=gesprek)
        .order_by("-afgerond_op", "-pk")  # NULLS FIRST: what is open comes first
        .first()
    )
    if contact is None:
        raise Http404
    return contact


def _context(request: KccRequest, contact: Klantcontact, **extra: Any) -> dict[str, Any]:
    """All that the page shows. ``extra`` wins, so that a bound form stays on the screen."""
    form = extra.get("form") or ConceptForm.of(contact)
    vraag = str(form["onderwerp"].value() or "")
    partij = contact.partij
    context: dict[str, Any] = {  # lazy, because a fragment asks only for its own part
        "contact": contact,
        "form": form,
        "nieuw": NieuweKlantForm.started(
            request.POST, request.POST.get("klant") or str(form["klant"].value() or "")
        ),
        "gesprekken": open_gesprekken(request),
        "vraag": vraag,
        "antwoorden": SimpleLazyObject(
            lambda: search(
                _question(contact, vraag),
                medewerker=request.user,
                doelgroep=_doelgroep(str(form["doelgroep"].value() or "")),
                limit=5,
            )
        ),
        "resultaten": [
            (waarde, label)
            for waarde, label in Gespreksresultaat.choices
            if waarde not in (Gespreksresultaat.ZELFSTANDIG, Gespreksresultaat.OVERGEDRAGEN)
        ],
        "bronnen": SimpleLazyObject(
            lambda: set(contact.bronnen.values_list("artikelversie", flat=True))
        ),
        "tijdlijn": SimpleLazyObject(
            lambda: Klantcontact.objects.timeline_of(partij) if partij else []
        ),
    }
    return {**context, **extra}


def _doelgroep(van_klant: str) -> str:
    """For whom articles count as better, by who is asking; nothing for most."""
    return Doelgroep.BEDRIJF if van_klant == KlantDoelgroep.ONDERNEMER else ""


def _question(contact: Klantcontact, vraag: str) -> str:
    """What to look up: the question, or the product while there is no question yet."""
    return vraag or (contact.product.naam if contact.product else "")


@access("contacts.change_klantcontact")
@require_http_methods(["GET", "POST"])
def gesprek(request: KccRequest, uuid: UUID) -> HttpResponse:
    """The desk of one conversation: GET shows it, POST saves it and does what the button says."""
    contact = _read(request, uuid)
    if request.method == "POST":
        return _act(request, contact)
    if contact.is_afgerond or not contact.gesprek.is_open:
        return redirect("contacts:klantcontact", uuid=contact.uuid)
    if contact.partij is not None:
        services.open_partij(
            partijen=[contact.partij], doel=contact.nummer, by=request.user, at=now()
        )
    return render(request, TEMPLATE, _context(request, contact))


def _act(request: KccRequest, contact: Klantcontact) -> HttpResponse:
    """Save the form, then run the action. What goes wrong is said on the page, text and all."""
    form = ConceptForm(request.POST)
    if not form.is_valid():
        return _page(request, contact, form=form, status=422)
    actie = next((naam for naam in ACTIES if naam in request.POST), "")
    achtergrond = wants_fragment(request) and actie in {"zoek_klant", "antwoorden"}
    try:
        if achtergrond:  # typing is saved by the autosave; a look-up must not race with it
            services.must_be_open(klantcontact=contact)
        else:
            contact = services.save_concept(
                klantcontact=contact,
                versie=form.cleaned_data["versie"],
                velden=form.velden(contact),
                kanaal=form.cleaned_data["kanaal"],
                at=now(),
            )
        return ACTIES.get(actie, _save)(request, contact, form)
    except services.ConceptChangedElsewhere as exc:
        form.add_error(None, str(exc))
    except CLOSED as exc:
        form.add_error(None, str(exc))
    if wants_fragment(request):  # the page itself stays as it is, with all that was typed
        return HttpResponse(form.non_field_errors()[0], status=409, content_type="text/plain")
    return _page(request, contact, form=form, status=409)


def _page(
    request: KccRequest, contact: Klantcontact, *, status: int = 200, **extra: Any
) -> HttpResponse:
    """The page, or under htmx its middle."""
    context = _context(request, contact, **extra)
    if not wants_fragment(request):
        return render(request, TEMPLATE, context, status=status)
    return _placed(render(request, f"{TEMPLATE}#midden", context, status=status), "midden")


def _placed(response: HttpResponse, partial: str) -> HttpResponse:
    response["HX-Retarget"] = PLAATS[partial]
    response["HX-Reswap"] = "outerHTML"
    if partial in FOCUS and response.status_code == 200:
        response["HX-Trigger-After-Settle"] = json.dumps({"kcc:focus": {"op": FOCUS[partial]}})
    return response


def _fragment(
    request: KccRequest, contact: Klantcontact, partial: str, *, status: int = 200, **extra: Any
) -> HttpResponse:
    """One part of the page with what changes along with it; the whole page without htmx."""
    contact = _read(request, contact.gesprek.uuid)
    if not wants_fragment(request):
        return _page(request, contact, status=status, **extra)
    context = _context(request, contact, **extra)
    return _placed(render(request, f"{TEMPLATE}#{partial}", context, status=status), partial)


# --- the buttons -------------------------------------------------------------------------------


def _save(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """Enter in any field: keep it. One single hit for what stands at Klant is who it is."""
    tekst = form.cleaned_data["klant"]
    if tekst and contact.partij_id is None:
        gevonden = find_partijen(tekst, medewerker=request.user)
        if len(gevonden) == 1:
            services.link_partij(
                klantcontact=contact, partij=gevonden[0], by=request.user, at=now()
            )
            return _fragment(request, contact, "klant_gekozen")
        return _hits(request, contact, gevonden)
    return _fragment(request, contact, "midden")


def _search_klant(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """Who fits what stands at Klant."""
    return _hits(
        request, contact, find_partijen(form.cleaned_data["klant"], medewerker=request.user)
    )


def _hits(request: KccRequest, contact: Klantcontact, gevonden: list[Partij]) -> HttpResponse:
    if gevonden:
        services.open_partij(partijen=gevonden, doel=contact.nummer, by=request.user, at=now())
    return _fragment(
        request,
        contact,
        "treffers",
        treffers=gevonden,
        gezocht=True,
        nieuw_open=any(request.POST.get(f"nieuw-{n}") for n in ("achternaam", "organisatienaam")),
        is_opzoeken=wants_fragment(request) and "zoek_klant" in request.POST,
    )


def _choose_klant(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """This is who is asking."""
    partij = _get(Partij.objects.visible_to(request.user), request.POST["kies_klant"])
    services.link_partij(klantcontact=contact, partij=partij, by=request.user, at=now())
    return _fragment(request, contact, "klant_gekozen")


def _drop_klant(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """Somebody else after all, or nobody we need to know."""
    services.link_partij(klantcontact=contact, partij=None, by=request.user, at=now())
    return _fragment(request, contact, "klant_gekozen")


def _new_klant(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """Store somebody new and go on with him."""
    nieuw = NieuweKlantForm(request.POST)
    if nieuw.is_valid():
        try:
            services.add_partij(
                nieuw=nieuw.partij(), klantcontact=contact, by=request.user, at=now()
            )
        except services.IdentificatorInUse as exc:
            nieuw.add_error("bsn" if exc.soort == "bsn" else "kvk", str(exc))
        else:
            return _fragment(request, contact, "klant_gekozen")
    return _fragment(request, contact, "klant_gekozen", status=422, nieuw=nieuw)


def _show_adres(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """The address of somebody with geheimhouding, now that it is needed."""
    if contact.partij is not None:
        services.reveal_adres(partij=contact.partij, doel=contact.nummer, by=request.user, at=now())
    return _fragment(request, contact, "klantbeeld", toon_adres=True)


def _answers(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """Articles that fit the question."""
    return _fragment(
        request,
        contact,
        "antwoorden",
        vraag=form.cleaned_data["onderwerp"],
        antwoorden=search(
            _question(contact, form.cleaned_data["onderwerp"]),
            medewerker=request.user,
            doelgroep=_doelgroep(form.cleaned_data["doelgroep"]),
            limit=5,
        ),
    )


def _open_artikel(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """Read an article beside the question; it is a source from now on."""
    versie = _artikelversie(request, request.POST["open_artikel"])
    services.use_bron(klantcontact=contact, artikelversie=versie, is_gebruikt=False, at=now())
    return _fragment(request, contact, "artikel", artikelversie=versie)


def _use_artikel(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """Its answer is the answer."""
    versie = _artikelversie(request, request.POST["gebruik_artikel"])
    services.use_bron(klantcontact=contact, artikelversie=versie, is_gebruikt=True, at=now())
    return _fragment(request, contact, "artikel_gebruikt", artikelversie=versie)


def _choose_product(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """This is what the question is about."""
    product = _get(Product.objects.usable(), request.POST["kies_product"])
    services.save_concept(
        klantcontact=contact,
        versie=None,
        velden={"product": product, "concept": {**contact.concept, "product": ""}},
        at=now(),
    )
    return _fragment(request, contact, "product_gekozen")


def _close_artikel(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """Back to the klantbeeld."""
    return _fragment(request, contact, "klantbeeld")


def _report(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """ "Klopt niet", "mist" or "helpt" without JavaScript: the gesprek is saved, and the kennisbank
    asks the rest on a page of its own. The question is not in the address: it may name somebody.
    """
    soort, artikel, versie = (*request.POST["meld"].split(":"), "", "")[:3]
    product = str(contact.product.uuid) if contact.product and not artikel else ""
    query = {"soort": soort, "artikel": artikel, "versie": versie, "product": product}
    query |= {"klantcontact": str(contact.uuid)}
    query |= {"terug": reverse("contacts:gesprek", args=[contact.gesprek.uuid])}
    return go_to(request, f"{reverse('kennisbank:melden')}?{urlencode(query)}")


def _hang_up(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """The talk is over, the wrap-up begins."""
    services.hang_up(klantcontact=contact, at=now())
    return _fragment(request, contact, "kop_en_versie")


def _hand_off(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """On to the hand-off panel, which another room serves: as a page, or into this one."""
    if wants_fragment(request):
        return render(request, f"{TEMPLATE}#overdragen", {"contact": contact})
    return redirect("zaken:overdragen", contact.uuid)


def _close(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """Done. What is missing is said at its field."""
    resultaat = request.POST["afronden"]
    if resultaat == Gespreksresultaat.OVERGEDRAGEN:  # only a hand-off may say so
        resultaat = ""
    try:
        contact = services.close_klantcontact(
            klantcontact=contact, gespreksresultaat=resultaat, by=request.user, at=now()
        )
    except services.KlantcontactIncomplete as exc:
        veld = exc.veld if exc.veld in form.fields else None
        form.add_error(veld, ValidationError(str(exc)))
        contact = _read(request, contact.gesprek.uuid)
        return _page(request, contact, form=form, status=422)
    return go_to(request, f"{reverse('contacts:werkplek')}?afgerond={contact.uuid}")


def _cancel(request: KccRequest, contact: Klantcontact, form: ConceptForm) -> HttpResponse:
    """Nothing to register."""
    services.cancel_gesprek(klantcontact=contact, at=now())
    messages.info(request, f"Gesprek {speakable(contact.nummer)} is geannuleerd en telt niet mee.")
    return go_to(request, reverse("contacts:werkplek"))


# The name of the button that was pressed says what to do; its value says with what.
ACTIES: dict[str, Callable[[KccRequest, Klantcontact, ConceptForm], HttpResponse]] = {
    "zoek_klant": _search_klant,
    "kies_klant": _choose_klant,
    "wis_klant": _drop_klant,
    "nieuwe_klant": _new_klant,
    "toon_adres": _show_adres,
    "antwoorden": _answers,
    "open_artikel": _open_artikel,
    "gebruik_artikel": _use_artikel,
    "sluit_artikel": _close_artikel,
    "kies_product": _choose_product,
    "meld": _report,
    "ophangen": _hang_up,
    "overdragen": _hand_off,
    "afronden": _close,
    "annuleren": _cancel,
}


def _get(queryset: Any, tekst: str) -> Any:
    """The record of a uuid that came with a form; anything else is not found."""
    try:
        return get_object_or_404(queryset, uuid=UUID(tekst))
    except ValueError as exc:
        raise Http404 from exc


def _artikelversie(request: KccRequest, uuid: str) -> ArtikelVersie:
    """The current version of a published article."""
    stuk: Kennisartikel = _get(
        Kennisartikel.objects.visible_to(request.user).select_related(
            "huidige_versie__artikel__product", "huidige_versie__artikel__afdeling"
        ),
        uuid,
    )
    if stuk.huidige_versie is None:
        raise Http404
    return stuk.huidige_versie


@access("contacts.change_klantcontact")
@require_POST
def concept(request: KccRequest, uuid: UUID) -> JsonResponse:
    """The autosave: 200 with the new version, or a sentence; never a page."""
    contact = _read(request, uuid)
    form = ConceptForm(request.POST)
    if not form.is_valid():
        fout = next(iter(form.errors.values()))[0]
        return JsonResponse({"melding": f"Niet opgeslagen. {fout}"}, status=422)
    try:
        contact = services.save_concept(
            klantcontact=contact,
            versie=form.cleaned_data["versie"],
            velden=form.velden(contact),
            kanaal=form.cleaned_data["kanaal"],
            at=now(),
        )
    except (services.ConceptChangedElsewhere, *CLOSED) as exc:
        return JsonResponse({"melding": str(exc)}, status=409)
    opgeslagen = localtime(contact.opgeslagen_op).strftime("%H:%M:%S")
    return JsonResponse({"versie": contact.versie, "opgeslagen_op": opgeslagen})
