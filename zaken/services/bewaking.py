"""The guard of the terms: warns of every taak once per step and term, also after an outage.

It works from rows and keeps nothing in memory. Which warnings are due is asked of the database; the
row of a warning is made under the lock of its taak; which rows still have to be mailed can be seen
from the rows. So it may die between any two lines and run twice at once. docs/besluiten/bewaking.md
"""

import time
from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from kcc.celery import nudge
from kcc.outbox import queue_mail
from kcc.services import beat_heart
from zaken.bewaking.regels import Regels
from zaken.models import Bewakingsstand, InterneTaak, TaakGebeurtenis, Trede, Waarschuwing
from zaken.services.ontvangers import whom_to_warn
from zaken.services.stap import store_step

HARTSLAG = "bewaking"

BEURT = 20.0  # seconds of warning in one go: mail and figures share these workers
VOLLEDIG_NA = timedelta(hours=1)  # opening hours or agreements may have changed as well
GAT = timedelta(minutes=10)  # after this long without a run everything is looked at
VEEL = 2000  # steps since the last run; more are not looked up one by one
OVERLAP = 1000  # a step may have had its number before we looked, and be stored after it
REGELS_PER_MAIL = 50

_clock = time.monotonic

TEKST = {
    Trede.HERINNERING: "Herinnering: de termijn is bijna voorbij.",
    Trede.COORDINATOR: "De termijn is voorbij.",
    Trede.HOOFD: "De taak is meer dan een werkdag te laat.",
    Trede.TERUGBELLEN: "Herinnering: de terugbelafspraak begint.",
    Trede.TERUGBELLEN_GEMIST: "De terugbelafspraak is voorbij zonder poging.",
}
KORT = {
    Trede.HERINNERING: "bijna te laat",
    Trede.COORDINATOR: "te laat",
    Trede.HOOFD: "meer dan een werkdag te laat",
    Trede.TERUGBELLEN: "nu terugbellen",
    Trede.TERUGBELLEN_GEMIST: "terugbelafspraak gemist",
}


def run_guard(*, at: datetime) -> int:
    """Warn of everything that is due at ``at``, in order of term; returns how many warnings.

    Looks only at what became due since the last run and at taken that had a step since then; once
    an hour, and after a gap, at everything. What does not fit in one turn goes on in the next, and
    mail goes out when all is done: at most one per receiver.
    """
    stand, _ = Bewakingsstand.objects.get_or_create(pk=Bewakingsstand.ENIGE)
    hoogste = TaakGebeurtenis.objects.aggregate(pk=Max("pk"))["pk"] or 0
    regels = Regels()
    werk, is_volledig = _due(stand, regels, at=at, hoogste=hoogste)
    aantal, einde = 0, _clock() + BEURT
    for taak_id, treden in werk.items():
        aantal += len(warn(taak_id=taak_id, treden=treden, regels=regels, at=at))
        if _clock() > einde:
            nudge("zaken.tasks.bewaak_termijnen")
            break
    else:
        _remember(at=at, hoogste=hoogste, is_volledig=is_volledig)
        send_warnings(at=at)
    beat_heart(naam=HARTSLAG, at=at)
    return aantal


def _due(
    stand: Bewakingsstand, regels: Regels, *, at: datetime, hoogste: int
) -> tuple[dict[int, list[Trede]], bool]:
    """The taken to warn of with their steps, the oldest term first; and whether all were seen."""
    sinds = stand.gekeken_op
    is_volledig = (
        sinds is None
        or stand.volledig_op is None
        or not timedelta() <= at - stand.volledig_op < VOLLEDIG_NA
        or at - sinds > GAT
        or hoogste - stand.gebeurtenis > VEEL
    )
    aangeraakt: list[int] = []
    if is_volledig:
        sinds = None
    else:
        stappen = TaakGebeurtenis.objects.filter(pk__gt=stand.gebeurtenis - OVERLAP)
        aangeraakt = sorted(set(stappen.values_list("taak_id", flat=True)))
    gevonden = []
    for trede in Trede:
        taken = regels.due(trede, at, sinds=sinds, aangeraakt=aangeraakt)
        gevonden += [(op, pk, trede) for pk, op in taken.values_list("pk", "termijn_op")]
    werk: dict[int, list[Trede]] = defaultdict(list)
    for _, pk, trede in sorted(gevonden):
        werk[pk].append(trede)
    return werk, is_volledig


def _remember(*, at: datetime, hoogste: int, is_volledig: bool) -> None:
    """Move the mark, never back: a slow run may end after a later one."""
    velden = {"gekeken_op": at, "gebeurtenis": hoogste}
    if is_volledig:
        velden["volledig_op"] = at
    Bewakingsstand.objects.filter(
        Q(gekeken_op=None) | Q(gekeken_op__lt=at), pk=Bewakingsstand.ENIGE
    ).update(**velden)


@transaction.atomic
def warn(*, taak_id: int, treden: list[Trede], regels: Regels, at: datetime) -> list[Waarschuwing]:
    """Store the warnings of one taak that are still due under its lock, each with its gebeurtenis.

    One taak per transaction: the guard never holds one taak while it waits for another. No mail
    yet; that is what ``gemeld_op`` is for.
    """
    taak = InterneTaak.objects.select_for_update().get(pk=taak_id)
    gedaan = []
    for trede in treden:
        moment = regels.is_due(trede, taak, at)
        if moment is None or taak.waarschuwingen.filter(trede=trede, termijn_op=moment).exists():
            continue
        aan = whom_to_warn(taak=taak, trede=trede, at=at)
        gedaan.append(
            Waarschuwing.objects.create(
                taak=taak,
                trede=trede,
                termijn_op=moment,
                op=at,
                aan=aan.naam[:200],
                adressen=list(aan.adressen),
            )
        )
        store_step(
            taak=taak,
            velden=[],
            soort=TaakGebeurtenis.Soort.GEWAARSCHUWD,
            by=None,
            at=at,
            tekst=f"{TEKST[trede]} Bericht aan {aan.naam}.",
        )
    return gedaan


@transaction.atomic
def send_warnings(*, at: datetime) -> int:
    """Put every warning that was not mailed yet in one mail per receiver; returns how many mails.

    A taak that was finished in the meantime is left out. Two at once each take other rows.
    """
    vast = (
        Waarschuwing.objects.select_for_update(skip_locked=True)
        .filter(gemeld_op=None)
        .order_by("pk")
    )
    pks = list(vast.values_list("pk", flat=True))
    if not pks:
        return 0
    rijen = (
        Waarschuwing.objects.filter(pk__in=pks)
        .exclude(taak__status="afgehandeld")
        .select_related("taak")
        .order_by("termijn_op", "pk")
    )
    per_adres: dict[str, dict[int, Waarschuwing]] = defaultdict(dict)
    for rij in rijen:
        for adres in rij.adressen:
            per_adres[adres][rij.taak_id] = rij  # of two steps of one taak the later says it all
    for plek, (adres, van_hem) in enumerate(sorted(per_adres.items())):
        onderwerp, tekst = compose(list(van_hem.values()))
        queue_mail(
            aan=adres, onderwerp=onderwerp, tekst=tekst, sleutel=f"bewaking:{pks[-1]}:{plek}", at=at
        )
    Waarschuwing.objects.filter(pk__in=pks).update(gemeld_op=at)
    return len(per_adres)


def compose(rijen: list[Waarschuwing]) -> tuple[str, str]:
    """Subject and text of one mail: numbers, terms and links, nothing about a citizen."""
    if len(rijen) == 1:
        onderwerp = f"Taak {rijen[0].taak.nummer}: {KORT[Trede(rijen[0].trede)]}"
        inleiding = "Deze taak vraagt uw aandacht."
    else:
        onderwerp = f"{len(rijen)} taken die aandacht vragen"
        inleiding = "Deze taken vragen uw aandacht, de oudste eerst."
    regels = ["Goedendag,", "", inleiding, ""]
    for rij in rijen[:REGELS_PER_MAIL]:
        regels += [
            f"- {rij.taak.nummer}: {KORT[Trede(rij.trede)]}",
            f"  {_about(rij)}",
            f"  {link('zaken:taak', rij.taak.uuid)}",
            "",
        ]
    rest = len(rijen) - REGELS_PER_MAIL
    if rest > 0:
        regels += [f"En nog {rest}. De hele lijst:", link("zaken:beloften"), ""]
    return onderwerp, "\n".join(regels).rstrip() + "\n"


def _about(rij: Waarschuwing) -> str:
    wat = {
        Trede.TERUGBELLEN: "terugbellen vanaf",
        Trede.TERUGBELLEN_GEMIST: "beloofd tot",
    }.get(Trede(rij.trede), "termijn")
    return f"{wat} {date_format(localtime(rij.termijn_op), 'l j F Y, H.i')} uur"


def link(route: str, *args: object) -> str:
    """The whole address of a page, for in a mail."""
    return f"{settings.BASE_URL}{reverse(route, args=args)}"
