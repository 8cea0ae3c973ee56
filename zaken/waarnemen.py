"""What can't wait until an absent colleague is back, and how often a team takes it over."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q

from organisatie.aanwezigheid import Aanwezig, presence_of
from organisatie.models import Afwezigheid, Groep, Medewerker
from organisatie.werkkalender import laad_werkkalender
from zaken.models import InterneTaak, Waarneming
from zaken.termijnen import Termijntekst, describe_termijn

HOOGSTENS = 100
TELT = timedelta(days=28)


@dataclass(frozen=True)
class Aanbod:
    """A taak that somebody else of the team can take over."""

    taak: InterneTaak
    termijn: Termijntekst
    nu: Aanwezig
    groep: Groep


@dataclass(frozen=True)
class Telling:
    """How a team did in the past four weeks: of what could not wait, how much was taken over."""

    groep: Groep
    wacht: int
    overgenomen: int
    bleef_liggen: int

    @property
    def percentage(self) -> int | None:
        """Taken over, in whole percents; None when there was nothing to take over."""
        alles = self.overgenomen + self.bleef_liggen
        return round(100 * self.overgenomen / alles) if alles else None


def pickup_groups(medewerker: Medewerker) -> list[Groep]:
    """The teams of this person that take over from one another."""
    return list(
        medewerker.groepen.filter(is_ophaalgroep=True, is_actief=True).select_related("afdeling")
    )


def cannot_wait(taak: InterneTaak, nu: Aanwezig) -> bool:
    """True when its owner is away until after the term, or nobody knows until when. A term that
    stands still waits by itself.
    """
    laat = nu.tot is None or taak.termijn_op < nu.tot
    return nu.is_afwezig and laat and taak.gepauzeerd_op is None


def offered_to(medewerker: Medewerker, groepen: Iterable[Groep], at: datetime) -> list[Aanbod]:
    """The taken of absent colleagues of these teams that cannot wait, the most urgent first."""
    van_afdeling: dict[tuple[int, int], Groep] = {}
    collegas: dict[int, Medewerker] = {}
    groep_van = {groep.pk: groep for groep in groepen}
    leden = Medewerker.groepen.through.objects.filter(groep__in=groep_van).exclude(
        medewerker=medewerker
    )
    for lid in leden.select_related("medewerker").order_by("groep_id"):
        groep = groep_van[lid.groep_id]
        collegas[lid.medewerker_id] = lid.medewerker
        van_afdeling.setdefault((lid.medewerker_id, groep.afdeling_id), groep)
    weg = {pk: nu for pk, nu in presence_of(collegas.values(), at).items() if nu.is_afwezig}
    if not weg:
        return []
    keuze = Q(pk__in=[])
    for pk, afdeling in van_afdeling:
        if (nu := weg.get(pk)) is not None:
            van_hem = Q(toegewezen_aan=pk, afdeling=afdeling)
            keuze |= van_hem & Q(termijn_op__lt=nu.tot) if nu.tot else van_hem
    taken = InterneTaak.objects.workable_by(medewerker).open().filter(keuze)
    kalender = laad_werkkalender()
    uit: list[Aanbod] = []
    for taak in taken.with_row_details().order_by("termijn_op", "pk")[:HOOGSTENS]:
        eigenaar = taak.toegewezen_aan
        if eigenaar is None or not cannot_wait(taak, weg[eigenaar.pk]):
            continue
        tekst = Termijntekst(taak.termijn_op, *describe_termijn(taak.termijn_op, at, kalender))
        groep = van_afdeling[eigenaar.pk, taak.afdeling_id]
        uit.append(Aanbod(taak, tekst, weg[eigenaar.pk], groep))
    return uit


def tallies(groepen: list[Groep], aanbod: list[Aanbod], at: datetime) -> list[Telling]:
    """The pick-up rate per team. Left lying: its term fell in a period of absence of its owner, and
    it was not answered by then.
    """
    wacht = Counter(deel.groep.pk for deel in aanbod)
    over = dict(
        Waarneming.objects.filter(groep__in=groepen, op__gt=at - TELT)
        .order_by()
        .values_list("groep")
        .annotate(n=Count("pk"))
    )
    was_weg = Afwezigheid.objects.filter(
        medewerker=OuterRef("toegewezen_aan"),
        van__lte=OuterRef("termijn_op"),
        tot__gt=OuterRef("termijn_op"),
    )
    gemist = (
        InterneTaak.objects.filter(
            Exists(was_weg),
            Q(afgehandeld_op=None) | Q(afgehandeld_op__gt=F("termijn_op")),
            toegewezen_aan__groepen__in=groepen,
            toegewezen_aan__groepen__afdeling=F("afdeling"),
            termijn_op__gt=at - TELT,
            termijn_op__lte=at,
        )
        .order_by()
        .values_list("toegewezen_aan__groepen")
        .annotate(n=Count("pk", distinct=True))
    )
    liggen = dict(gemist) if groepen else {}
    return [
        Telling(groep, wacht[groep.pk], over.get(groep.pk, 0), liggen.get(groep.pk, 0))
        for groep in groepen
    ]
