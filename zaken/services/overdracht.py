"""From a question that the KCC cannot answer to a promise of a department."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from contacts.models import Gespreksresultaat, Klantcontact
from contacts.numbers import next_nummer
from contacts.services import close_klantcontact
from kcc.services import mark_hours_dirty
from kennisbank.models import Product
from organisatie.models import Afdeling, Medewerker
from organisatie.werkkalender import Werkkalender, add_werktijd, laad_werkkalender
from zaken.models import InterneTaak, Overdrachtsafspraak, TaakGebeurtenis, TermijnEenheid
from zaken.routering import routed_groep
from zaken.services.fouten import AfdelingClosed, MedewerkerUnavailable
from zaken.services.stap import add_gebeurtenis, figure_moments

# Where nothing was agreed: the common norm for calling back (DOMEIN: Terugbelnotitie).
STANDAARD_AANTAL = 2
STANDAARD_EENHEID = TermijnEenheid.WERKDAGEN


@dataclass(frozen=True)
class Termijn:
    """When a taak must be done, and the agreement that says so, if there is one."""

    op: datetime
    afspraak: Overdrachtsafspraak | None


def agreement_for(product: Product | None, dag: date) -> Overdrachtsafspraak | None:
    """The agreement about this product that holds on this day; the newest when two overlap."""
    if product is None:
        return None
    return product.overdrachtsafspraken.valid_on(dag).select_related("afdeling").first()


def compute_termijn(
    product: Product | None,
    afdeling: Afdeling,
    at: datetime,
    *,
    kalender: Werkkalender | None = None,
) -> Termijn:
    """The term of a hand-off at this moment. An agreement binds only the department that made it;
    any other gets the standard term. Raises NoOpeningstijden.
    """
    afspraak = agreement_for(product, localdate(at))
    if afspraak is not None and afspraak.afdeling_id != afdeling.pk:
        afspraak = None
    op = add_werktijd(
        at,
        aantal=afspraak.termijn_aantal if afspraak else STANDAARD_AANTAL,
        eenheid=afspraak.termijn_eenheid if afspraak else STANDAARD_EENHEID,
        kalender=kalender or laad_werkkalender(),
    )
    return Termijn(op, afspraak)


@transaction.atomic
def hand_off(
    *,
    klantcontact: Klantcontact,
    afdeling: Afdeling,
    gevraagde_handeling: str,
    toelichting: str,
    by: Medewerker,
    at: datetime,
    toegewezen_aan: Medewerker | None = None,
) -> InterneTaak:
    """Close the klantcontact and give its question to a department, in one transaction.

    Raises AfdelingClosed, MedewerkerUnavailable, NoOpeningstijden, and what close_klantcontact
    raises (KlantcontactAlreadyClosed, GesprekAlreadyClosed, KlantcontactIncomplete).
    """
    if not afdeling.is_actief:
        raise AfdelingClosed(afdeling)
    if toegewezen_aan is not None:
        must_work_on_taken(toegewezen_aan, afdeling)
    # First the close: it locks gesprek and klantcontact, parents before child.
    contact = close_klantcontact(
        klantcontact=klantcontact,
        gespreksresultaat=Gespreksresultaat.OVERGEDRAGEN,
        by=by,
        at=at,
    )
    op = contact.afgerond_op or at
    termijn = compute_termijn(contact.product, afdeling, op)
    taak = InterneTaak.objects.create(
        nummer=next_nummer("T"),
        klantcontact=contact,
        afdeling=afdeling,
        groep=routed_groep(contact, afdeling),
        toegewezen_aan=toegewezen_aan,
        toegewezen_op=op if toegewezen_aan else None,
        gevraagde_handeling=gevraagde_handeling,
        toelichting=toelichting,
        aangemaakt_op=op,
        aangemaakt_door=by,
        afspraak=termijn.afspraak,
        termijn_op=termijn.op,
    )
    add_gebeurtenis(
        taak=taak,
        soort=TaakGebeurtenis.Soort.OVERGEDRAGEN,
        by=by,
        at=op,
        afdeling=afdeling,
        tekst=f"Op naam van {toegewezen_aan}." if toegewezen_aan else "",
    )
    mark_hours_dirty(moments=figure_moments(taak))
    return taak


def works_on_taken(medewerker: Medewerker) -> bool:
    """True for somebody whose role lets him work on what lies with his department."""
    return medewerker.has_perm("zaken.change_internetaak")


def must_work_on_taken(medewerker: Medewerker, afdeling: Afdeling) -> None:
    """Raises MedewerkerUnavailable unless this person works on taken of this department."""
    erbij = Medewerker.objects.in_afdeling(afdeling.pk).filter(pk=medewerker.pk).exists()
    if not erbij or not works_on_taken(medewerker):
        raise MedewerkerUnavailable(medewerker, afdeling)
