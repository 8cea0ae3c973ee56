"""A file on its way in: checked whole, shown, and after a yes read in pieces.

Each piece is one transaction together with the count of what is done, so that a worker that dies
leaves no half piece, and the next one goes on after the last whole one.
"""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from kcc.celery import nudge
from kcc.outbox import queue_mail
from kennisbank.invoer.catalogi import read_catalogus
from kennisbank.invoer.lezen import BestandFout
from kennisbank.invoer.pakket import read_pakket
from kennisbank.invoer.sdg import read_sdg
from kennisbank.invoer.tabel import read_tabel
from kennisbank.invoer.vormen import (
    GEWIJZIGD,
    NIEUW,
    ONGEWIJZIGD,
    Fout,
    Gelezen,
    Rij,
    RijenFout,
    Uitkomst,
)
from kennisbank.models import Invoer, InvoerSoort, InvoerStand
from kennisbank.resources import TABELLEN, Opzoek
from kennisbank.services.bronnen import run_bron
from organisatie.models import Medewerker

STUK = 500  # rows in one transaction: about two seconds
MAX_FOUTEN = 200  # that are kept and shown
MAX_VERSLAG = 300
STIL = timedelta(seconds=60)  # without a sign of life its worker is gone; reading a file takes less
NIET_BEVESTIGD = timedelta(days=7)
HOPELOOS = timedelta(hours=2)  # a file that ends every worker that looks at it

logger = logging.getLogger(__name__)

_BRON: dict[str, Callable[[bytes], Gelezen]] = {
    InvoerSoort.SDG: read_sdg,
    InvoerSoort.SC: read_catalogus,
    InvoerSoort.PAKKET: read_pakket,
}
_BEZIG = (InvoerStand.CONTROLE, InvoerStand.INLEZEN)


class InvoerNietKlaar(Exception):
    """It is not in a state in which this can be done."""


@transaction.atomic
def start_invoer(
    *, soort: str, bestandsnaam: str, inhoud: bytes, by: Medewerker, at: datetime
) -> Invoer:
    """Keep a file and have it checked; nothing is read in before somebody confirms."""
    invoer = Invoer.objects.create(
        soort=soort,
        bestandsnaam=clean_name(bestandsnaam),
        bestand=inhoud,
        door=by,
        aangeboden_op=at,
    )
    nudge("kennisbank.tasks.werk_invoer", invoer_id=invoer.pk)
    return invoer


def clean_name(naam: str) -> str:
    """A file name to show: without folders, and without what turns text around or ends a line."""
    kaal = re.split(r"[/\\]", naam)[-1]
    kaal = "".join(teken for teken in kaal if teken.isprintable())
    return " ".join(kaal.split())[-200:] or "bestand"


@transaction.atomic
def confirm_invoer(*, invoer: Invoer) -> Invoer:
    """Read in what was checked. Raises InvoerNietKlaar."""
    invoer = Invoer.objects.defer("bestand").select_for_update().get(pk=invoer.pk)
    if invoer.stand != InvoerStand.GECONTROLEERD:
        raise InvoerNietKlaar(f"Dit bestand {_is(invoer)}. U hoeft niets meer te bevestigen.")
    invoer.stand, invoer.gedaan, invoer.levensteken_op = InvoerStand.INLEZEN, 0, None
    invoer.save(update_fields=["stand", "gedaan", "levensteken_op"])
    nudge("kennisbank.tasks.werk_invoer", invoer_id=invoer.pk)
    return invoer


@transaction.atomic
def cancel_invoer(*, invoer: Invoer, at: datetime) -> Invoer:
    """Do not go on with it; what was read in stays. Raises InvoerNietKlaar."""
    invoer = Invoer.objects.defer("bestand").select_for_update().get(pk=invoer.pk)
    if invoer.stand not in (*_BEZIG, InvoerStand.GECONTROLEERD):
        raise InvoerNietKlaar(f"Dit bestand {_is(invoer)}. Er is niets meer te stoppen.")
    _end(invoer, InvoerStand.AFGEBROKEN, at)
    return invoer


def _is(invoer: Invoer) -> str:
    return "wordt al ingelezen" if invoer.stand == InvoerStand.INLEZEN else (
        f"is {invoer.get_stand_display()}"
    )  # fmt: skip


def _end(invoer: Invoer, stand: str, at: datetime, fouten: list[Fout] | None = None) -> None:
    """Done with it, one way or another: the file itself is thrown away."""
    invoer.stand, invoer.klaar_op, invoer.bestand = stand, at, b""
    if fouten:
        invoer.fouten = _errors(fouten)
    invoer.save(update_fields=["stand", "klaar_op", "bestand", "fouten"])


def work_on(*, invoer_id: int) -> None:
    """Check or read in this file, unless a worker that lives is busy with it."""
    wanneer = now()
    stil = Q(levensteken_op=None) | Q(levensteken_op__lt=wanneer - STIL)
    # A conditional update: of two workers one gets a row.
    gekregen = Invoer.objects.filter(stil, pk=invoer_id, stand__in=_BEZIG)
    if not gekregen.update(levensteken_op=wanneer):
        return
    try:
        check_invoer(invoer_id=invoer_id)
        read_invoer(invoer_id=invoer_id)
    except (OperationalError, InterfaceError):
        raise  # the database is away: beat has another worker go on
    except Exception:
        logger.exception("invoer %s mislukt", invoer_id)
        _break_off(invoer_id)
        raise


@transaction.atomic
def _break_off(invoer_id: int) -> None:
    """A defect of ours: say so, and do not try for ever."""
    invoer = Invoer.objects.select_for_update().filter(pk=invoer_id, stand__in=_BEZIG).first()
    if invoer is not None:
        zin = "Door een fout in de toepassing is dit gestopt. Meld het bij de beheerder."
        _end(invoer, InvoerStand.AFGEBROKEN, now(), [Fout(0, "", zin)])
        if invoer.gedaan:
            _tell(invoer)


def sweep_invoer(*, at: datetime) -> int:
    """Have files taken up whose worker is gone; returns how many. Give up what nobody waits for."""
    oud = Invoer.objects.defer("bestand")
    for invoer in oud.filter(stand=InvoerStand.CONTROLE, aangeboden_op__lt=at - HOPELOOS):
        zin = "Dit bestand was niet te controleren. Verdeel het over kleinere bestanden."
        _give_up(invoer, InvoerStand.FOUTEN, at, [Fout(0, "", zin)])
    for invoer in oud.filter(
        stand=InvoerStand.GECONTROLEERD, aangeboden_op__lt=at - NIET_BEVESTIGD
    ):
        _give_up(invoer, InvoerStand.AFGEBROKEN, at, [])
    stil = Q(levensteken_op=None, aangeboden_op__lt=at - timedelta(seconds=10)) | Q(
        levensteken_op__lt=at - STIL
    )
    blijven_liggen = list(
        Invoer.objects.filter(stil, stand__in=_BEZIG).values_list("pk", flat=True)
    )
    for pk in blijven_liggen:
        nudge("kennisbank.tasks.werk_invoer", invoer_id=pk)
    return len(blijven_liggen)


@transaction.atomic
def _give_up(invoer: Invoer, stand: str, at: datetime, fouten: list[Fout]) -> None:
    nog = Invoer.objects.defer("bestand").select_for_update().get(pk=invoer.pk)
    if nog.stand == invoer.stand:
        _end(nog, stand, at, fouten)


def read_bestand(invoer: Invoer) -> Gelezen:
    """All rows of the file. Raises BestandFout."""
    inhoud = bytes(invoer.bestand)
    lees = _BRON.get(invoer.soort)
    if lees is not None:
        return lees(inhoud)
    return read_tabel(inhoud, invoer.bestandsnaam, invoer.soort)


def _run(invoer: Invoer, rijen: list[Rij], opzoek: Opzoek, *, proef: bool) -> list[Uitkomst]:
    reden = f"Ingelezen uit het bestand {invoer.bestandsnaam}."
    wat = TABELLEN[invoer.soort]().run if invoer.soort in TABELLEN else run_bron
    uit: list[Uitkomst] = []
    # Rows with the same columns together: a row of a source may leave out a text.
    uit += wat(rijen, opzoek=opzoek, by=invoer.door, at=now(), reden=reden, proef=proef)
    return uit


def check_invoer(*, invoer_id: int) -> None:
    """Look at every row and keep what they would do; saves nothing else."""
    invoer = Invoer.objects.select_related("door").get(pk=invoer_id)
    if invoer.stand != InvoerStand.CONTROLE:
        return
    try:
        gelezen = read_bestand(invoer)
        if not gelezen.rijen and not gelezen.fouten:
            raise BestandFout("In dit bestand staan geen rijen om in te lezen.")
    except BestandFout as exc:
        gelezen = Gelezen(fouten=[Fout(0, "", str(exc))])
    tel = {NIEUW: 0, GEWIJZIGD: 0, ONGEWIJZIGD: 0}
    verslag = [{"wat": "opmerking", "opmerking": zin} for zin in gelezen.opmerkingen]
    fouten, opzoek = list(gelezen.fouten), Opzoek.load()
    gedaan = 0
    for stuk in _pieces(gelezen.rijen):
        for uitkomst in _run(invoer, stuk, opzoek, proef=True):
            fouten += uitkomst.fouten
            if uitkomst.wat in tel:
                tel[uitkomst.wat] += 1
            if uitkomst.wat != ONGEWIJZIGD and len(verslag) < MAX_VERSLAG:
                verslag.append(uitkomst.as_json())
        gedaan += len(stuk)
        voortgang = {"gedaan": gedaan, "totaal": len(gelezen.rijen), "levensteken_op": now()}
        if not _still(invoer, InvoerStand.CONTROLE).update(**voortgang):
            return  # somebody stopped it
    _still(invoer, InvoerStand.CONTROLE).update(
        stand=InvoerStand.FOUTEN if fouten else InvoerStand.GECONTROLEERD,
        totaal=len(gelezen.rijen),
        gedaan=0,
        nieuw=tel[NIEUW],
        gewijzigd=tel[GEWIJZIGD],
        ongewijzigd=tel[ONGEWIJZIGD],
        fouten=_errors(fouten),
        verslag=verslag,
        levensteken_op=None,
        **({"bestand": b"", "klaar_op": now()} if fouten else {}),
    )


def _still(invoer: Invoer, stand: str):  # type: ignore[no-untyped-def]
    return Invoer.objects.filter(pk=invoer.pk, stand=stand)


def _pieces(rijen: list[Rij]) -> Iterator[list[Rij]]:
    for begin in range(0, len(rijen), STUK):
        yield rijen[begin : begin + STUK]


def _errors(fouten: list[Fout]) -> list[dict[str, object]]:
    fouten = sorted(fouten, key=lambda fout: fout.rij)
    meer = len(fouten) - MAX_FOUTEN
    toon = [fout.as_json() for fout in fouten[:MAX_FOUTEN]]
    if meer > 0:
        toon.append({"rij": 0, "veld": "", "zin": f"En nog {meer} fouten verder in het bestand."})
    return toon


def read_invoer(*, invoer_id: int) -> None:
    """Read in what was confirmed, from where it was left. Each piece is one transaction."""
    invoer = Invoer.objects.select_related("door").get(pk=invoer_id)
    if invoer.stand != InvoerStand.INLEZEN:
        return
    rijen = read_bestand(invoer).rijen
    while read_piece(invoer=invoer, rijen=rijen):
        pass


@transaction.atomic
def read_piece(*, invoer: Invoer, rijen: list[Rij]) -> bool:
    """Read in the next piece; False when there is nothing more to do here."""
    # Skipped when somebody else holds it: a worker that was thought dead goes on after all.
    zelf = (
        Invoer.objects.select_for_update(skip_locked=True, of=("self",))
        .defer("bestand")
        .filter(pk=invoer.pk, stand=InvoerStand.INLEZEN)
        .first()
    )
    if zelf is None:
        return False
    with connection.cursor() as cursor:
        # One piece of any file at a time: two files with the same word would both find it new.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kennisbank.invoer'))")
    stuk = rijen[zelf.gedaan : zelf.gedaan + STUK]
    if stuk:
        try:
            with transaction.atomic():
                _run(invoer, stuk, Opzoek.load(), proef=False)
        except RijenFout as exc:
            _end(zelf, InvoerStand.AFGEBROKEN, now(), exc.fouten)
            _tell(zelf)
            return False
        zelf.gedaan += len(stuk)
        zelf.levensteken_op = now()
        zelf.save(update_fields=["gedaan", "levensteken_op"])
    if zelf.gedaan < len(rijen):
        return True
    _end(zelf, InvoerStand.KLAAR, now())
    _tell(zelf)
    return False


def _tell(invoer: Invoer) -> None:
    """Mail whoever brought the file how it ended."""
    if not invoer.door.email:
        return
    klaar = invoer.stand == InvoerStand.KLAAR
    wat = (
        f"Alle {invoer.totaal} rijen zijn ingelezen: {invoer.nieuw} nieuw, "
        f"{invoer.gewijzigd} gewijzigd, {invoer.ongewijzigd} ongewijzigd."
        if klaar
        else f"Het inlezen is gestopt na {invoer.gedaan} van de {invoer.totaal} rijen. "
        "Wat al was ingelezen, blijft staan."
    )
    adres = settings.BASE_URL + reverse("kennisbank:invoer_een", args=[invoer.uuid])
    queue_mail(
        aan=invoer.door.email,
        onderwerp=f"{'Ingelezen' if klaar else 'Niet helemaal ingelezen'}: {invoer.bestandsnaam}",
        tekst=f"Beste {invoer.door.volledige_naam},\n\n{wat}\n\nU ziet het hier:\n{adres}\n",
        sleutel=f"invoer:{invoer.uuid}",
        at=invoer.klaar_op or now(),
    )
