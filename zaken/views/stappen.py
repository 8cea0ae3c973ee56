"""The less common actions on a taak: who has it, what it belongs to, notes, files, mail."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from contacts.models import DigitaalAdres
from kcc.access import KccRequest, access
from zaken import services
from zaken.behandelen import fill_in, possible_doubles, sjablonen_voor
from zaken.forms import (
    AndereTaakForm,
    BerichtForm,
    BijlageForm,
    HeropenForm,
    NotitieForm,
    PrioriteitForm,
    TerugbelForm,
    ToewijsForm,
)
from zaken.forms.behandelen import window_of
from zaken.models import InterneTaak
from zaken.views.basis import (
    done,
    one_click,
    other_taak,
    posted,
    readable_or_404,
    show_actie,
    step,
    workable_or_404,
)


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_toewijzen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Hand the taak to a colleague. Of who is away the replacement is proposed."""
    taak = workable_or_404(request, uuid)
    form = ToewijsForm(
        posted(request), initial={"versie": taak.versie}, taak=taak, gever=request.user, nu=now()
    )

    def run(wat: dict[str, Any]) -> None:
        try:
            services.assign_interne_taak(
                taak=taak, to=wat["medewerker"], versie=wat["versie"], by=request.user, at=now()
            )
        except services.MedewerkerAbsent as exc:
            mag = form.fields["medewerker"].queryset  # type: ignore[attr-defined]
            form.vervanger = exc.vervanger if exc.vervanger in mag else None
            raise

    return step(
        request, taak, form, "toewijzen", run,
        lambda: done(request, taak, f"De taak is nu van {form.cleaned_data['medewerker']}."),
    )  # fmt: skip


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_prioriteit(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Have the taak go before or after others with the same term."""
    taak = workable_or_404(request, uuid)
    eerst = {"versie": taak.versie, "prioriteit": taak.prioriteit}
    form = PrioriteitForm(posted(request), initial=eerst)
    stap = partial(services.change_prioriteit, taak=taak, by=request.user, at=now())
    return step(
        request, taak, form, "prioriteit", lambda wat: stap(**wat),
        lambda: done(request, taak, "De prioriteit is veranderd."),
    )  # fmt: skip


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_terugbellen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Plan when the citizen is called, or take that back."""
    taak = workable_or_404(request, uuid)
    vervalt = request.POST.get("knop") == "vervalt"
    eerst = {"versie": taak.versie, **window_of(taak)}
    form = TerugbelForm(posted(request), initial=eerst, vervalt=vervalt)

    def run(wat: dict[str, Any]) -> None:
        services.plan_terugbellen(
            taak=taak, **form.moments(), versie=wat["versie"], by=request.user, at=now()
        )

    zin = "De terugbelafspraak is vervallen." if vervalt else "De terugbelafspraak staat."
    return step(request, taak, form, "terugbellen", run, lambda: done(request, taak, zin))


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_koppelen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Link to another taak."""
    taak = workable_or_404(request, uuid)
    form = AndereTaakForm(posted(request), initial={"versie": taak.versie})

    def run(wat: dict[str, Any]) -> None:
        services.link_taken(
            taak=taak, andere=other_taak(request, wat["nummer"]), versie=wat["versie"],
            by=request.user, at=now(),
        )  # fmt: skip

    return step(
        request,
        taak,
        form,
        "koppelen",
        run,
        lambda: done(request, taak, "De taken zijn gekoppeld."),
    )


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_samenvoegen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Let this taak go into another one about the same question."""
    taak = workable_or_404(request, uuid)
    form = AndereTaakForm(posted(request), initial={"versie": taak.versie})

    def run(wat: dict[str, Any]) -> None:
        services.merge_taken(
            taak=taak, in_taak=other_taak(request, wat["nummer"]), versie=wat["versie"],
            by=request.user, at=now(),
        )  # fmt: skip

    return step(
        request, taak, form, "samenvoegen", run,
        lambda: done(request, taak, "De taak is samengevoegd."),
        kandidaten=possible_doubles(taak, request.user),
    )  # fmt: skip


@access("zaken.change_internetaak")
@require_POST
def taak_losmaken(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Undo a merge, on the day itself."""
    zin = "Het samenvoegen is ongedaan gemaakt. De taak is weer open."
    return one_click(request, uuid, services.unmerge_taak, zin)


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_heropenen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Open a finished taak again, with a reason."""
    taak = readable_or_404(request, uuid)
    form = HeropenForm(posted(request), initial={"versie": taak.versie})
    stap = partial(services.reopen_interne_taak, taak=taak, by=request.user, at=now())
    return step(
        request, taak, form, "heropenen", lambda wat: stap(**wat),
        lambda: done(request, taak, "De taak is weer open, met een nieuwe termijn."),
    )  # fmt: skip


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_notitie(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Write something for colleagues."""
    taak = readable_or_404(request, uuid)
    form = NotitieForm(
        posted(request), initial={"versie": taak.versie}, taak=taak, schrijver=request.user
    )

    def run(wat: dict[str, Any]) -> None:
        services.add_notitie(
            taak=taak, tekst=wat["tekst"], genoemd=wat["genoemd"], by=request.user, at=now()
        )

    return step(
        request, taak, form, "notitie", run, lambda: done(request, taak, "Notitie bewaard.")
    )


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_bijlage(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Keep files with the taak."""
    taak = workable_or_404(request, uuid)
    bestanden = request.FILES if request.method == "POST" else None
    form = BijlageForm(posted(request), bestanden, initial={"versie": taak.versie})

    def run(_: dict[str, Any]) -> None:
        services.add_bijlagen(taak=taak, bestanden=form.read(), by=request.user, at=now())

    return step(request, taak, form, "bijlage", run, lambda: done(request, taak, "Toegevoegd."))


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_bericht(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Answer the citizen by mail, and finish the taak with it if asked."""
    taak = workable_or_404(request, uuid)
    wat: dict[str, Any] = {"taak": taak, "adressen": _mail_addresses(taak)}
    if request.method == "POST" and request.POST.get("knop") == "sjabloon":
        return show_actie(request, taak, _with_template(request.POST, wat), "bericht")
    eerst = {"versie": taak.versie, "onderwerp": f"Uw vraag {taak.nummer}"}
    if wat["adressen"]:
        eerst["aan"] = wat["adressen"][0].adres
    form = BerichtForm(posted(request), initial=eerst, **wat)
    afhandelen = request.POST.get("knop") == "afhandelen"

    def run(_: dict[str, Any]) -> None:
        services.send_antwoord(
            taak=taak, **form.message(), afhandelen=afhandelen, by=request.user, at=now()
        )

    zin = "Het bericht gaat naar de klant." + (" De taak is afgehandeld." if afhandelen else "")
    return step(request, taak, form, "bericht", run, lambda: done(request, taak, zin))


def _mail_addresses(taak: InterneTaak) -> list[DigitaalAdres]:
    if taak.klantcontact.partij is None:
        return []
    adressen = taak.klantcontact.partij.digitale_adressen.filter(soort=DigitaalAdres.Soort.EMAIL)
    return list(adressen.order_by("-is_standaard_adres", "pk"))


def _with_template(data: QueryDict, wat: dict[str, Any]) -> BerichtForm:
    """The form with the chosen text in it. What was typed stays, below it."""
    taak = wat["taak"]
    waarden = {naam: data[naam] for naam in data}
    pk = data.get("sjabloon", "")
    gekozen = sjablonen_voor(taak.afdeling).filter(pk=int(pk) if pk.isdecimal() else 0).first()
    if gekozen is not None:
        waarden["onderwerp"] = fill_in(gekozen.onderwerp, taak)
        delen = (fill_in(gekozen.tekst, taak), data.get("tekst", ""))
        waarden["tekst"] = "\n\n".join(deel for deel in delen if deel.strip())
    return BerichtForm(initial=waarden, **wat)
