"""What the forms and the page of a taak look up: people, letters, attempts, what belongs to it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from contacts.models import Partij
from kcc.access import RECHTEN
from organisatie.aanwezigheid import presence_of
from organisatie.models import Afdeling, Medewerker, Stand
from organisatie.querysets import MedewerkerQuerySet
from zaken.models import (
    Antwoordsjabloon,
    InterneTaak,
    NaPogingen,
    PogingResultaat,
    TaakGebeurtenis,
    TaakKoppeling,
)

BEHANDELAARS = [rol for rol, rechten in RECHTEN.items() if "zaken.change_internetaak" in rechten]
STANDAARD_POGINGEN = 3
PLEK = re.compile(r"\{(\w*)\}")


def collegas_van(taak: InterneTaak) -> MedewerkerQuerySet:
    """Those of the department who work on taken."""
    erbij: MedewerkerQuerySet = Medewerker.objects.in_afdeling(taak.afdeling_id)
    return erbij.filter(rollen__overlap=BEHANDELAARS)


def collegas_voor(taak: InterneTaak, medewerker: Medewerker) -> MedewerkerQuerySet:
    """The colleagues that ``medewerker`` can choose from for this taak. Of a taak that has left for
    another department those of his own: it does not tell him who works there.
    """
    if InterneTaak.objects.visible_to(medewerker).filter(pk=taak.pk).exists():
        return collegas_van(taak)
    eigen: MedewerkerQuerySet = Medewerker.objects.active()
    eigen = eigen.filter(afdelingen__in=medewerker.afdelingen.values("pk"))
    return eigen.filter(rollen__overlap=BEHANDELAARS).distinct()


def bereik_van(medewerkers: Iterable[Medewerker], nu: datetime) -> dict[int, str]:
    """Of who cannot be reached now, the word for it."""
    return {
        pk: str(aanwezig.stand.label)
        for pk, aanwezig in presence_of(medewerkers, nu).items()
        if aanwezig.stand != Stand.BESCHIKBAAR
    }


def sjablonen_voor(afdeling: Afdeling) -> QuerySet[Antwoordsjabloon]:
    """The texts of this department and those of everybody."""
    return Antwoordsjabloon.objects.filter(Q(afdeling=None) | Q(afdeling=afdeling), is_actief=True)


def fill_in(tekst: str, taak: InterneTaak) -> str:
    """Put {aanhef}, {nummer} and {onderwerp} in their places, in one go: what stands in a name or a
    subject is never taken for a place itself. Anything else between braces stays as it is.
    """
    waarden = {
        "aanhef": salutation(taak.klantcontact.partij),
        "nummer": taak.nummer,
        "onderwerp": taak.klantcontact.onderwerp,
    }
    return PLEK.sub(lambda plek: waarden.get(plek[1], plek[0]), tekst)


def salutation(partij: Partij | None) -> str:
    """How a letter begins. We do not know who is heer or mevrouw, so nobody is."""
    if partij is None:
        return "Beste inwoner,"
    if partij.soort_partij == Partij.Soort.ORGANISATIE:
        return "Geachte heer of mevrouw,"
    return f"Beste {partij.naam},"


@dataclass(frozen=True)
class Vervolg:
    """What was agreed to do when the citizen cannot be reached."""

    mislukt: int
    stap: NaPogingen


def failed_attempts(taak: InterneTaak, gebeurtenissen: Iterable[TaakGebeurtenis]) -> int:
    """How often somebody tried in vain, since the taak was (last) opened."""
    # The history holds the label of the result, in front of the note.
    gelukt = str(PogingResultaat.GESPROKEN.label)
    sinds = taak.heropend_op or taak.aangemaakt_op
    return sum(
        g.soort == TaakGebeurtenis.Soort.CONTACTPOGING
        and g.op >= sinds
        and not g.tekst.startswith(gelukt)
        for g in gebeurtenissen
    )


def agreed_next(taak: InterneTaak, gebeurtenissen: Sequence[TaakGebeurtenis]) -> Vervolg | None:
    """The step that the agreement asks for, once there were enough attempts in vain."""
    afspraak = taak.afspraak
    genoeg = afspraak.max_pogingen if afspraak else STANDAARD_POGINGEN
    mislukt = failed_attempts(taak, gebeurtenissen)
    if taak.is_afgehandeld or mislukt < genoeg:
        return None
    return Vervolg(mislukt, NaPogingen(afspraak.na_pogingen) if afspraak else NaPogingen.BERICHT)


def linked_taken(taak: InterneTaak, medewerker: Medewerker) -> list[InterneTaak]:
    """The taken that this one is linked to, as far as this person may see them."""
    paren = TaakKoppeling.objects.filter(Q(taak=taak) | Q(andere=taak)).values_list(
        "taak", "andere"
    )
    pks = {pk for paar in paren for pk in paar} - {taak.pk}
    if not pks:
        return []
    zichtbaar = InterneTaak.objects.visible_to(medewerker).filter(pk__in=pks)
    return list(zichtbaar.select_related("afdeling").order_by("-aangemaakt_op"))


def merged_taken(taak: InterneTaak) -> list[InterneTaak]:
    """What went into this taak, also by way of another one; each with its history."""
    gevonden: list[InterneTaak] = []
    laag = [taak.pk]
    while laag:
        dubbel = InterneTaak.objects.filter(samengevoegd_met__in=laag).with_page_details()
        erbij = list(dubbel.prefetch_related("gebeurtenissen__door", "gebeurtenissen__afdeling"))
        gevonden += erbij
        laag = [deze.pk for deze in erbij]
    return gevonden


def possible_doubles(taak: InterneTaak, medewerker: Medewerker) -> list[InterneTaak]:
    """Other open taken about the same person that this person works on."""
    partij = taak.klantcontact.partij_id
    if partij is None:
        return []
    open_taken = InterneTaak.objects.workable_by(medewerker).open().exclude(pk=taak.pk)
    van_klant = open_taken.filter(klantcontact__partij=partij)
    return list(van_klant.select_related("afdeling").order_by("-aangemaakt_op")[:5])
