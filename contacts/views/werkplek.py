"""The desk between two conversations: start one, look one back, undo a close."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts import services
from contacts.forms import StartForm
from contacts.models import Gesprek, Kanaal, Klantcontact
from contacts.numbers import parse_nummer
from kcc.access import KccRequest, access
from kcc.htmx import go_to, render_page
from kennisbank.models import Melding
from kennisbank.search import suggest_products


def open_gesprekken(request: KccRequest) -> QuerySet[Klantcontact]:
    """The conversations that this agent has open, newest first."""
    return (
        Klantcontact.objects.filter(
            gesprek__in=Gesprek.objects.visible_to(request.user).open(), afgerond_op__isnull=True
        )
        .select_related("gesprek", "partij", "product")
        .order_by("-plaatsgevonden_op")
    )


@access("contacts.add_gesprek")
@require_http_methods(["GET", "POST"])
def werkplek(request: KccRequest) -> HttpResponse:
    """What is open, the roads to start on, and what was done today. A POST looks a contact up: it
    asks for a number, but a name or a BSN is typed there too, and those never stand in an address.
    """
    gezocht = request.POST.get("nummer", "").strip()
    if gezocht:
        gevonden = _by_number(request, gezocht)
        if gevonden is not None:
            return redirect("contacts:klantcontact", uuid=gevonden.uuid)
    mijn = Klantcontact.objects.closed().filter(
        medewerker=request.user, plaatsgevonden_op__date=localdate()
    )
    context = {
        "gesprekken": open_gesprekken(request),
        "kanalen": Kanaal.choices,
        "vandaag": mijn.select_related("product").order_by("-afgerond_op")[:12],
        "aantal_vandaag": mijn.count(),
        "gezocht": gezocht,
        "afgerond": _just_closed(request),
        "antwoorden_op_meldingen": Melding.objects.unread_answers(request.user).count(),
    }
    return render_page(request, "contacts/werkplek.html", "inhoud", context)


def _by_number(request: KccRequest, tekst: str) -> Klantcontact | None:
    nummer = parse_nummer(tekst)
    if nummer is None:
        return None
    return Klantcontact.objects.visible_to(request.user).filter(nummer=nummer).first()


def _just_closed(request: KccRequest) -> Klantcontact | None:
    """The contact that was closed a moment ago, for the strip that undoes it."""
    try:
        uuid = UUID(request.GET.get("afgerond", ""))
    except ValueError:
        return None
    contact = Klantcontact.objects.closed().filter(uuid=uuid, medewerker=request.user).first()
    if contact is None or contact.afgerond_op is None:
        return None
    return contact if now() - contact.afgerond_op < services.HEROPEN_BINNEN else None


@access("contacts.add_gesprek")
@require_POST
def gesprek_start(request: KccRequest) -> HttpResponse:
    """Open a conversation; by telephone unless another road was chosen."""
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Dit kanaal kennen we niet. Kies er een van deze pagina.")
        return redirect("contacts:werkplek")
    contact = services.start_gesprek(kanaal=form.cleaned_data["kanaal"], by=request.user, at=now())
    return go_to(request, reverse("contacts:gesprek", args=[contact.gesprek.uuid]))


@access("contacts.view_klantcontact")
@require_GET
def klantcontact(request: KccRequest, uuid: UUID) -> HttpResponse:
    """A closed contact, to read. Who is still busy with it goes to the desk."""
    contact = get_object_or_404(
        Klantcontact.objects.visible_to(request.user)
        .with_details()
        .prefetch_related("bronnen__artikelversie__artikel"),
        uuid=uuid,
    )
    if not contact.is_afgerond and contact.gesprek.is_open:
        return redirect("contacts:gesprek", uuid=contact.gesprek.uuid)
    if contact.partij is not None:
        services.open_partij(
            partijen=[contact.partij], doel=contact.nummer, by=request.user, at=now()
        )
    context = {"contact": contact}
    return render_page(request, "contacts/klantcontact.html", "inhoud", context)


@access("contacts.change_klantcontact")
@require_POST
def heropenen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Undo a close, within two minutes."""
    contact = get_object_or_404(Klantcontact.objects.editable_by(request.user), uuid=uuid)
    try:
        contact = services.reopen_klantcontact(klantcontact=contact, by=request.user, at=now())
    except services.TooLateToReopen as exc:
        messages.error(request, str(exc))
        return go_to(request, reverse("contacts:klantcontact", args=[contact.uuid]))
    return go_to(request, reverse("contacts:gesprek", args=[contact.gesprek.uuid]))


@access("contacts.change_klantcontact")
@require_GET
def producten(request: KccRequest) -> HttpResponse:
    """Names of products that fit what was typed, for the list under the field."""
    gevonden = suggest_products(request.GET.get("product_naam", ""), limit=12)
    return render(request, "contacts/producten.html", {"producten": gevonden})
