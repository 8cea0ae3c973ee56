"""Who is there: one's own page, and that of the people one keeps it for."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kcc.access import INGELOGD, KccRequest, access
from kcc.htmx import saved, wants_fragment
from organisatie import services
from organisatie.aanwezigheid import presence_of
from organisatie.forms.aanwezigheid import AfwezigheidForm, AgendaForm, RoosterForm, StandForm
from organisatie.models import Afwezigheid, Agendablok, Agendakoppeling, Medewerker

PAGINA = "organisatie/aanwezigheid.html"
BLOKKEN = 5


@access(INGELOGD)
@require_GET
def aanwezig(request: KccRequest) -> HttpResponse:
    """The line in the bar: whether I am there."""
    nu = presence_of([request.user], now())[request.user.pk]
    return render(request, "organisatie/deel/mijn_stand.html", {"nu": nu})


@access(INGELOGD)
@require_GET
def aanwezigheid(request: KccRequest, uuid: UUID | None = None) -> HttpResponse:
    """All about somebody's presence: now, absences, roster, calendar."""
    return _show(request, _wie(request, uuid))


@access(INGELOGD)
@require_POST
def stand(request: KccRequest, uuid: UUID | None = None) -> HttpResponse:
    """Available, busy or away. From the menu in the bar, or from the page."""
    wie, op = _wie(request, uuid), now()
    form = StandForm(request.POST, at=op)
    if form.is_valid():
        keuze = {veld: form.cleaned_data[veld] for veld in ("stand", "tot")}
        try:
            services.set_stand(medewerker=wie, by=request.user, at=op, **keuze)
        except services.AanwezigFout as exc:
            form.add_error(exc.veld, str(exc))
        else:
            nu = presence_of([wie], op)[wie.pk]
            melding = f"{'U bent' if wie == request.user else f'{wie} is'} {nu.zin}."
            return _done(request, wie, melding)
    if wants_fragment(request):  # from the menu: there is no form to show it in
        tekst = " ".join(str(fout) for fouten in form.errors.values() for fout in fouten)
        return HttpResponse(tekst, status=409, content_type="text/plain; charset=utf-8")
    return _show(request, wie, stand_form=form)


@access(INGELOGD)
@require_POST
def rooster(request: KccRequest, uuid: UUID) -> HttpResponse:
    """The half days of a common week."""
    wie = _wie(request, uuid)
    form = RoosterForm(request.POST, medewerker=wie)
    if form.is_valid():
        try:
            services.set_rooster(medewerker=wie, by=request.user, at=now(), **form.cleaned_data)
        except services.AanwezigFout as exc:
            form.add_error(exc.veld, str(exc))
        else:
            return _done(request, wie, "Het rooster is bewaard.")
    return _show(request, wie, rooster_form=form)


@access(INGELOGD)
@require_http_methods(["GET", "POST"])
def weg(request: KccRequest, uuid: UUID, pk: int | None = None) -> HttpResponse:
    """A period of absence: a new one, or one that is there."""
    wie = _wie(request, uuid)
    oud = get_object_or_404(Afwezigheid, pk=pk, medewerker=wie) if pk else None
    form = AfwezigheidForm(
        request.POST if request.method == "POST" else None, medewerker=wie, weg=oud
    )
    if form.is_valid():
        wat = {veld: form.cleaned_data[veld] for veld in ("van", "tot", "vervanger")}
        try:
            if oud is None:
                services.add_afwezigheid(medewerker=wie, by=request.user, at=now(), **wat)
            else:
                services.change_afwezigheid(afwezigheid=oud, by=request.user, at=now(), **wat)
        except services.AanwezigFout as exc:
            form.add_error(exc.veld, str(exc))
        else:
            return _done(request, wie, "De afwezigheid is bewaard.")
    return _show(request, wie, weg_form=form, weg=oud)


@access(INGELOGD)
@require_POST
def weg_terug(request: KccRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Back earlier, or not going after all."""
    wie = _wie(request, uuid)
    periode = get_object_or_404(Afwezigheid, pk=pk, medewerker=wie)
    try:
        services.end_afwezigheid(afwezigheid=periode, by=request.user, at=now())
    except services.AanwezigFout as exc:
        messages.error(request, str(exc))
        return _show(request, wie, status=422)
    return _done(request, wie, "De afwezigheid is beëindigd.")


@access(INGELOGD)
@require_POST
def agenda(request: KccRequest) -> HttpResponse:
    """Connect one's own calendar."""
    form = AgendaForm(request.POST)
    if form.is_valid():
        try:
            services.connect_agenda(by=request.user, at=now(), **form.cleaned_data)
        except services.AanwezigFout as exc:
            form.add_error(exc.veld, str(exc))
        else:
            melding = "De agenda is gekoppeld. Binnen een minuut ziet u hier of het lukt."
            return _done(request, request.user, melding)
    return _show(request, request.user, agenda_form=form)


@access(INGELOGD)
@require_POST
def agenda_weg(request: KccRequest) -> HttpResponse:
    """Disconnect one's own calendar."""
    services.disconnect_agenda(by=request.user, at=now())
    return _done(request, request.user, "De agenda is losgekoppeld en alles eruit is weg.")


def _wie(request: KccRequest, uuid: UUID | None) -> Medewerker:
    if uuid is None or uuid == request.user.uuid:
        return request.user
    wie: Medewerker = get_object_or_404(
        Medewerker.objects.presence_kept_by(request.user), uuid=uuid
    )
    return wie


def _page_of(request: KccRequest, wie: Medewerker) -> str:
    if wie == request.user:
        return reverse("organisatie:aanwezigheid")
    return reverse("organisatie:aanwezigheid_van", args=[wie.uuid])


def _done(request: KccRequest, wie: Medewerker, melding: str) -> HttpResponse:
    if wants_fragment(request):
        return saved(request, to="", event="aanwezigheid-gewijzigd", melding=melding)
    messages.success(request, melding)
    return redirect(_page_of(request, wie))


def _show(
    request: KccRequest, wie: Medewerker, *, status: int | None = None, **anders: Any
) -> HttpResponse:
    """The page, with forms as they came in; 422 when one of them has errors."""
    op = now()
    komt = Afwezigheid.objects.filter(tot__gt=op).select_related("medewerker", "vervanger")
    is_eigen = wie == request.user
    context = {
        "wie": wie,
        "is_eigen": is_eigen,
        "nu": presence_of([wie], op)[wie.pk],
        "afwezigheden": komt.filter(medewerker=wie),
        "vervangt": komt.filter(vervanger=wie),
        "stand_form": StandForm(at=op),
        "rooster_form": RoosterForm(medewerker=wie),
        "weg_form": AfwezigheidForm(medewerker=wie),
        "agenda_form": AgendaForm(),
        **anders,
    }
    if is_eigen:
        context["koppeling"] = Agendakoppeling.objects.filter(medewerker=wie).first()
        blokken = Agendablok.objects.filter(medewerker=wie, tot__gt=op)
        context["blokken"] = blokken[:BLOKKEN]
    fout = any(isinstance(wat, Form) and wat.is_bound and wat.errors for wat in anders.values())
    return render(request, PAGINA, context, status=status or (422 if fout else 200))
