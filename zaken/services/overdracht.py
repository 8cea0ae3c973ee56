"""From a question that the KCC cannot answer to a promise of a department."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from contacts.models import Gespreksresultaat, Klantcontact
from contacts.numbers import next_nummer
from contacts.services import close_klantcontact
from kcc.services import mark_hours_dirty
from kennisbank.models import Product
from organisatie.aanwezigheid import presence_of
from organisatie.models import Afdeling, Medewerker
from organisatie.werkkalender import Werkkalender, add_werktijd, laad_werkkalender
from zaken.models import (
    IntakeAntwoord,
    InterneTaak,
    Overdrachtsafspraak,
    TaakGebeurtenis,
    TermijnEenheid,
    VraagSoort,
)
from zaken.routering import routed_groep
from zaken.services.bijlagen import Bestand, Gekeurd, check_bestand, keep_bijlagen
from zaken.services.fouten import (
    AfdelingClosed,
    MedewerkerAbsent,
    MedewerkerUnavailable,
    TaakFout,
)
from zaken.services.stap import add_gebeurtenis, figure_moments

# Where nothing was agreed: the common norm for calling back (DOMEIN: Terugbelnotitie).
STANDAARD_AANTAL = 2
STANDAARD_EENHEID = TermijnEenheid.WERKDAGEN


class IntakeIncomplete(TaakFout):
    """The department needs an answer to these questions before it can promise anything."""

    def __init__(self, vragen: list[str]) -> None:
        super().__init__(f"Vraag dit nog aan de klant: {'; '.join(vragen)}")
        self.vragen = vragen


@dataclass(frozen=True)
class Termijn:
    """When a taak must be done, and the agreement that says so, if there is one."""

    op: datetime
    afspraak: Overdrachtsafspraak | None


def agreement_for(
    product: Product | None, afdeling: Afdeling, dag: date
) -> Overdrachtsafspraak | None:
    """What this department agreed that holds on this day for a question about this product: the
    agreement about the product, else about its productgroep, else about the whole department.
    """
    afspraken = Overdrachtsafspraak.objects.valid_on(dag).about(product)
    return (
        afspraken.filter(afdeling=afdeling)
        .select_related("afdeling", "groep", "medewerker")
        .prefetch_related("vragen")
        .first()
    )


def compute_termijn(
    product: Product | None,
    afdeling: Afdeling,
    at: datetime,
    *,
    kalender: Werkkalender | None = None,
) -> Termijn:
    """The term of a hand-off at this moment, on the calendar of the department that receives it. An
    agreement binds only the department that made it; any other gets the standard term.

    Raises NoOpeningstijden.
    """
    afspraak = agreement_for(product, afdeling, localdate(at))
    op = add_werktijd(
        at,
        aantal=afspraak.termijn_aantal if afspraak else STANDAARD_AANTAL,
        eenheid=afspraak.termijn_eenheid if afspraak else STANDAARD_EENHEID,
        kalender=kalender or laad_werkkalender(afdeling),
    )
    return Termijn(op, afspraak)


def hand_off(
    *,
    klantcontact: Klantcontact,
    afdeling: Afdeling,
    gevraagde_handeling: str,
    toelichting: str,
    by: Medewerker,
    at: datetime,
    toegewezen_aan: Medewerker | None = None,
    antwoorden: Mapping[int, str] | None = None,
    bestanden: Mapping[int, Bestand] | None = None,
) -> InterneTaak:
    """Close the klantcontact and give its question to a department, in one transaction.

    ``antwoorden`` and ``bestanden``: per Intakevraag (its primary key) of the agreement that holds
    now what the citizen said, or the file. With nobody chosen the taak goes to whom the agreement
    names, to his replacement while he is away, or to nobody.

    Raises AfdelingClosed, MedewerkerUnavailable, MedewerkerAbsent, IntakeIncomplete, BijlageFout,
    NoOpeningstijden, and what closing raises (KlantcontactAlreadyClosed, GesprekAlreadyClosed,
    KlantcontactIncomplete).
    """
    # The virus scanner is another machine: no transaction waits for it.
    gekeurd = {pk: check_bestand(bestand) for pk, bestand in (bestanden or {}).items()}
    return _hand_off(
        klantcontact=klantcontact,
        afdeling=afdeling,
        gevraagde_handeling=gevraagde_handeling,
        toelichting=toelichting,
        toegewezen_aan=toegewezen_aan,
        antwoorden=antwoorden or {},
        gekeurd=gekeurd,
        by=by,
        at=at,
    )


@transaction.atomic
def _hand_off(
    *,
    klantcontact: Klantcontact,
    afdeling: Afdeling,
    gevraagde_handeling: str,
    toelichting: str,
    toegewezen_aan: Medewerker | None,
    antwoorden: Mapping[int, str],
    gekeurd: Mapping[int, Gekeurd],
    by: Medewerker,
    at: datetime,
) -> InterneTaak:
    if not afdeling.is_actief:
        raise AfdelingClosed(afdeling)
    if toegewezen_aan is not None:
        must_work_on_taken(toegewezen_aan, afdeling)
        must_be_present(toegewezen_aan, at)
    # First the close: it locks gesprek and klantcontact, parents before child.
    contact = close_klantcontact(
        klantcontact=klantcontact,
        gespreksresultaat=Gespreksresultaat.OVERGEDRAGEN,
        by=by,
        at=at,
    )
    op = contact.afgerond_op or at
    termijn = compute_termijn(contact.product, afdeling, op)
    afspraak = termijn.afspraak
    namen = {pk: stuk.naam for pk, stuk in gekeurd.items()}
    gegeven = _must_be_complete(afspraak, {**antwoorden, **namen})
    wie = toegewezen_aan or receiver_of(afspraak, at=at)
    taak = InterneTaak.objects.create(
        nummer=next_nummer("T"),
        klantcontact=contact,
        afdeling=afdeling,
        groep=(afspraak.groep if afspraak else None) or routed_groep(contact, afdeling),
        toegewezen_aan=wie,
        toegewezen_op=op if wie else None,
        gevraagde_handeling=gevraagde_handeling,
        toelichting=toelichting,
        aangemaakt_op=op,
        aangemaakt_door=by,
        afspraak=afspraak,
        termijn_op=termijn.op,
    )
    for antwoord in gegeven:
        antwoord.taak = taak
    IntakeAntwoord.objects.bulk_create(gegeven)
    gevraagd = {vraag.pk for vraag in afspraak.vragen.all()} if afspraak else set()
    keep_bijlagen(
        taak=taak, gekeurd=[stuk for pk, stuk in gekeurd.items() if pk in gevraagd], by=by, at=op
    )
    add_gebeurtenis(
        taak=taak,
        soort=TaakGebeurtenis.Soort.OVERGEDRAGEN,
        by=by,
        at=op,
        afdeling=afdeling,
        tekst=f"Op naam van {wie}." if wie else "",
    )
    mark_hours_dirty(moments=figure_moments(taak))
    return taak


def _must_be_complete(
    afspraak: Overdrachtsafspraak | None, antwoorden: Mapping[int, str]
) -> list[IntakeAntwoord]:
    """The answers, each with its question as it was put. Raises IntakeIncomplete."""
    vragen = list(afspraak.vragen.all()) if afspraak else []
    ontbreekt = [v.tekst for v in vragen if v.is_verplicht and not antwoorden.get(v.pk, "").strip()]
    if ontbreekt:
        raise IntakeIncomplete(ontbreekt)
    return [
        IntakeAntwoord(
            volgorde=vraag.volgorde,
            vraag=vraag.tekst,
            soort=VraagSoort(vraag.soort),
            antwoord=antwoorden[vraag.pk].strip(),
        )
        for vraag in vragen
        if antwoorden.get(vraag.pk, "").strip()
    ]


def receiver_of(afspraak: Overdrachtsafspraak | None, *, at: datetime) -> Medewerker | None:
    """Whom the agreement names, or who replaces him while he is away; nobody when that person does
    not work on these taken (any more).
    """
    if afspraak is None or afspraak.medewerker is None:
        return None
    stand = presence_of([afspraak.medewerker], at)[afspraak.medewerker.pk]
    wie = stand.vervanger if stand.is_afwezig else afspraak.medewerker
    if wie is None or not may_receive(wie, afspraak.afdeling):
        return None
    return None if stand.is_afwezig and presence_of([wie], at)[wie.pk].is_afwezig else wie


def works_on_taken(medewerker: Medewerker) -> bool:
    """True for somebody whose role lets him work on what lies with his department."""
    return medewerker.has_perm("zaken.change_internetaak")


def may_receive(medewerker: Medewerker, afdeling: Afdeling) -> bool:
    """True for somebody who works on taken of this department."""
    erbij = Medewerker.objects.in_afdeling(afdeling.pk).filter(pk=medewerker.pk).exists()
    return erbij and works_on_taken(medewerker)


def must_work_on_taken(medewerker: Medewerker, afdeling: Afdeling) -> None:
    """Raises MedewerkerUnavailable unless this person works on taken of this department."""
    if not may_receive(medewerker, afdeling):
        raise MedewerkerUnavailable(medewerker, afdeling)


def must_be_present(medewerker: Medewerker, at: datetime) -> None:
    """Raises MedewerkerAbsent, which names the replacement. Who is busy is not away."""
    stand = presence_of([medewerker], at)[medewerker.pk]
    if stand.is_afwezig:
        raise MedewerkerAbsent(medewerker, tot=stand.tot, vervanger=stand.vervanger)
