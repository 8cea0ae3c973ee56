"""News for colleagues: what holds now, what did, and who has read it."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_POST

from kcc.access import KccRequest, access
from kcc.htmx import render_page, wants_fragment
from kennisbank import services
from kennisbank.models import ArtikelSoort, ArtikelVersie, Kennisartikel, Leesbevestiging
from kennisbank.querysets import KennisartikelQuerySet
from kennisbank.woordbegin import in_text, typed_words
from organisatie.models import Medewerker

PER_PAGINA = 20
IN_PANEEL = 6
LEZERS = 300  # people on the list of readers


def news_now(medewerker: Medewerker) -> KennisartikelQuerySet:
    """What this person should know today, with whether it was read."""
    alle = Kennisartikel.objects.visible_to(medewerker).news().for_teams_of(medewerker)
    return alle.current(localdate()).with_read_by(medewerker).to_read()


@access("kennisbank.view_kennisartikel")
@require_GET
def nieuws(request: KccRequest) -> HttpResponse:
    """News that holds now; ``?lijst=eerder`` what is over; ``?lijst=alle``, for who looks after it,
    that of every team, also what is still to come.
    """
    lijst = _list_of(request)
    stukken = news_now(request.user)
    if lijst:
        stukken = Kennisartikel.objects.visible_to(request.user).news()
        stukken = stukken.with_read_by(request.user)
        if lijst == "eerder":
            stukken = stukken.for_teams_of(request.user).over(localdate())
    vraag = request.GET.get("q", "")
    for woord in typed_words(vraag):
        stukken = stukken.filter(in_text(woord))
    stukken = stukken.with_page().prefetch_related("voor_groepen")
    context = {
        "pagina": Paginator(stukken, PER_PAGINA).get_page(request.GET.get("pagina")),
        "vraag": vraag,
        "lijst": lijst,
        "vandaag": localdate(),
    }
    return render_page(request, "kennisbank/nieuws.html", "berichten", context)


def _list_of(request: KccRequest) -> str:
    lijst = request.GET.get("lijst", "")
    mag = {"eerder"} | ({"alle"} if request.user.has_perm("kennisbank.view_dekking") else set())
    return lijst if lijst in mag else ""


@access("kennisbank.view_kennisartikel")
@require_GET
def nieuws_paneel(request: KccRequest) -> HttpResponse:
    """For on another page: ``?belangrijk`` what must be read first, whole; else all the rest."""
    stukken = news_now(request.user).with_page()
    if "belangrijk" in request.GET:
        context = {"berichten": stukken.must_read()[:IN_PANEEL]}
        return render(request, "kennisbank/deel/nieuws_belangrijk.html", context)
    ander = stukken.other_than_must_read()
    return render(request, "kennisbank/deel/nieuws_paneel.html", {"berichten": ander[:IN_PANEEL]})


@access("kennisbank.view_kennisartikel")
@require_GET
def nieuws_teller(request: KccRequest) -> HttpResponse:
    """How much this person has not read yet."""
    aantal = news_now(request.user).unread().count()
    return render(request, "kennisbank/deel/nieuws_teller.html", {"aantal": aantal})


@access("kennisbank.view_kennisartikel")
@require_POST
def nieuws_gelezen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """ "Gelezen": confirm the version that was on the screen."""
    stuk = get_object_or_404(
        Kennisartikel.objects.visible_to(request.user).news().with_page(), uuid=uuid
    )
    nummer = request.POST.get("versie", "")
    context: dict[str, Any] = {"stuk": stuk, "is_antwoord": True}
    try:
        bevestiging = services.confirm_read(
            nieuws=stuk, nummer=int(nummer) if re.fullmatch(r"[0-9]{1,9}", nummer) else None,
            by=request.user, at=now(),
        )  # fmt: skip
    except services.NieuwsGewijzigd as exc:
        context["fout"] = str(exc)
        return _answer(request, context, status=422)
    if not wants_fragment(request):
        messages.success(request, "Genoteerd: u heeft dit bericht gelezen.")
        return redirect("kennisbank:nieuws")
    response = _answer(request, context | {"gelezen_op": bevestiging.op}, status=200)
    response["HX-Trigger"] = "nieuws-gelezen"
    return response


def _answer(request: KccRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render_page(
        request, "kennisbank/nieuws_gelezen.html", "bevestigen", context, status=status
    )


@access("kennisbank.view_dekking")
@require_GET
def nieuws_lezers(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Who of those it is for has read the current version, and who has not. An editor sees all, a
    teamleider the people of the own departments: it is about how somebody does his work.
    """
    stuk = get_object_or_404(
        Kennisartikel.objects.visible_to(request.user).news().with_page(), uuid=uuid
    )
    lezers = services.audience_of(stuk)
    ziet_alles = request.user.has_perm("kennisbank.change_kennisartikel")
    if not ziet_alles:
        lezers = lezers.filter(afdelingen__in=request.user.afdelingen.all()).distinct()
    mensen = list(lezers)
    wel, niet = ([m for m in mensen if bool(m.gelezen_op) is gelezen] for gelezen in (True, False))
    context = {
        "artikel": stuk,
        "versie": stuk.huidige_versie,
        "aantal": len(mensen),
        "gelezen": wel[:LEZERS],
        "aantal_gelezen": len(wel),
        "ongelezen": niet[:LEZERS],
        "aantal_ongelezen": len(niet),
        "ziet_alles": ziet_alles,
    }
    return render_page(request, "kennisbank/nieuws_lezers.html", "lezers", context)


def news_context(
    stuk: Kennisartikel, versie: ArtikelVersie | None, medewerker: Medewerker
) -> dict[str, Any]:
    """What an article's page shows more when it is news; nothing for another kind."""
    if stuk.soort != ArtikelSoort.NIEUWS:
        return {}
    bevestiging = Leesbevestiging.objects.filter(
        artikelversie=versie, medewerker=medewerker
    ).first()
    vandaag = localdate()
    return {
        "stuk": stuk,
        "is_nieuws": True,
        "is_voorbij": bool(stuk.geldig_tot and stuk.geldig_tot < vandaag),
        "is_straks": bool(stuk.geldig_van and stuk.geldig_van > vandaag),
        "is_over_tijd": False,  # news is not reviewed: it ends
        "begint_op": date_format(stuk.geldig_van, "j F Y") if stuk.geldig_van else "",
        "tot_en_met": date_format(stuk.geldig_tot, "j F Y") if stuk.geldig_tot else "",
        "gelezen_op": bevestiging.op if bevestiging else None,
        "teams": list(stuk.voor_groepen.all()),
    }
