"""The list of work, its search, and the taken of one partij."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_POST

from contacts.models import Partij
from contacts.numbers import parse_nummer
from kcc.access import KccRequest, access
from kcc.htmx import render_page
from organisatie.werkkalender import laad_werkkalender
from zaken import services
from zaken.models import InterneTaak
from zaken.termijnen import Termijntekst, describe_termijn
from zaken.views.basis import PAGINA, list_of, note_list, with_query
from zaken.werkvoorraad import ZOEK_SLEUTEL, Rij, keep_zoektekst

RECENT = 5


@access("zaken.view_internetaak")
@require_GET
def werkvoorraad(request: KccRequest) -> HttpResponse:
    """The list that somebody works from."""
    lijst = list_of(request)
    note_list(request, lijst)
    return render_page(request, PAGINA, "lijst", {"lijst": lijst})


@access("zaken.view_internetaak")
@require_POST
def zoeken(request: KccRequest) -> HttpResponse:
    """Search in the open list; a number opens the taak itself. By POST, and kept in the session:
    what people look for is a name or a subject, and those do not belong in an address.
    """
    tekst = request.POST.get("q", "").strip()
    nummer = parse_nummer(tekst)
    if nummer is not None:
        taak = InterneTaak.objects.visible_to(request.user).filter(nummer=nummer).first()
        if taak is not None:
            return redirect(with_query(request, reverse("zaken:taak", args=[taak.uuid])))
    lijst = list_of(request)
    if not tekst:
        return redirect(f"{reverse('zaken:werkvoorraad')}?{lijst.met(zoek='')}")
    bewaard = request.session.get(ZOEK_SLEUTEL, {})
    sleutel, request.session[ZOEK_SLEUTEL] = keep_zoektekst(bewaard, tekst)
    return redirect(f"{reverse('zaken:werkvoorraad')}?{lijst.met(zoek=sleutel)}")


@access("zaken.view_internetaak")
@require_GET
def taken_van_partij(request: KccRequest, uuid: UUID) -> HttpResponse:
    """For the klantbeeld: what is open about this person, and what was finished last."""
    taken = InterneTaak.objects.visible_to(request.user).of_partij(uuid).with_row_details()
    kent = Partij.objects.visible_to(request.user).filter(uuid=uuid).exists()
    if not kent and not taken.exists():
        raise Http404
    services.list_taken_of(partij_uuid=uuid, by=request.user, at=now())
    open_taken = list(taken.open().order_by("termijn_op", "pk"))
    kalender, nu = laad_werkkalender(), now()
    rijen = [
        Rij(taak, Termijntekst(taak.termijn_op, *describe_termijn(taak.termijn_op, nu, kalender)))
        for taak in open_taken
    ]
    klaar = taken.finished().order_by("-afgehandeld_op", "-pk")[:RECENT]
    context = {"rijen": rijen, "klaar": klaar}
    return render_page(request, "zaken/taken_van_partij.html", "taken", context)
