"""Connecting a calendar, and taking over from it when somebody is busy."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from kcc.celery import nudge
from organisatie.agenda import AgendaFout, Agendatoegang, Blok, read_agenda
from organisatie.geheim import Unreadable, decrypt, encrypt
from organisatie.models import Agendablok, Agendakoppeling, Medewerker
from organisatie.services.fouten import AgendaRefused

OPHALEN = "organisatie.tasks.haal_agenda_op"
ELKE = timedelta(minutes=5)
NA_EEN_FOUT = timedelta(minutes=15)
SPELING = timedelta(seconds=30)  # beat is never exactly on time


@transaction.atomic
def connect_agenda(
    *,
    soort: str,
    adres: str,
    gebruikersnaam: str,
    wachtwoord: str,
    by: Medewerker,
    at: datetime,
) -> Agendakoppeling:
    """Connect one's own calendar, in place of the one before it. Always one's own: nobody else has
    a say over it. Address, name and password are stored encrypted.

    Raises AgendaRefused for an address that is none, or a password over an open line.
    """
    adres = adres.strip()
    schema, _, rest = adres.partition("://")
    if schema.lower() in {"webcal", "webcals"}:  # how calendars call an address to subscribe to
        adres = f"https://{rest}"
    host = _must_be_address(adres, bool(wachtwoord))
    koppeling, _ = Agendakoppeling.objects.update_or_create(
        medewerker=by,
        defaults={
            "soort": Agendakoppeling.Soort(soort),
            "host": host,
            "geheim": encrypt(
                {"adres": adres, "gebruikersnaam": gebruikersnaam, "wachtwoord": wachtwoord}
            ),
            "opgehaald_op": None,
            "geprobeerd_op": None,
            "fout": "",
        },
    )
    Agendablok.objects.filter(medewerker=by).delete()
    nudge(OPHALEN, koppeling_id=koppeling.pk)
    return koppeling


@transaction.atomic
def disconnect_agenda(*, by: Medewerker, at: datetime) -> None:
    """Forget one's calendar, and all that came from it."""
    Agendakoppeling.objects.filter(medewerker=by).delete()
    Agendablok.objects.filter(medewerker=by).delete()


def claim_due_agendas(*, at: datetime) -> list[int]:
    """The calendars whose turn it is, by primary key; each is ours from now on, so that two beats
    in a row do not fetch it twice.
    """
    aan_de_beurt = Agendakoppeling.objects.filter(
        Q(geprobeerd_op=None)
        | Q(fout="", geprobeerd_op__lte=at - ELKE + SPELING)
        | Q(geprobeerd_op__lte=at - NA_EEN_FOUT + SPELING),
        medewerker__is_active=True,
    )
    pks = list(aan_de_beurt.values_list("pk", flat=True))
    return [pk for pk in pks if aan_de_beurt.filter(pk=pk).update(geprobeerd_op=at)]


def refresh_agenda(*, koppeling: Agendakoppeling, at: datetime) -> bool:
    """Fetch this calendar and keep when its owner is busy, or note why that failed: what we had
    then stays until it is over. True when it went well. Not to be called inside a transaction.
    """
    geheim = bytes(koppeling.geheim)
    fout, blokken = "", list[Blok]()
    try:
        toegang = Agendatoegang(soort=koppeling.soort, **decrypt(geheim))
        blokken = read_agenda(toegang, at)
    except AgendaFout as exc:
        fout = str(exc)
    except Unreadable:
        fout = "Het wachtwoord is niet meer te lezen. Koppel de agenda opnieuw."
    return _store(koppeling, geheim, blokken, fout, at)


@transaction.atomic
def _store(
    koppeling: Agendakoppeling, geheim: bytes, blokken: list[Blok], fout: str, at: datetime
) -> bool:
    vers = Agendakoppeling.objects.select_for_update().filter(pk=koppeling.pk).first()
    if vers is None or bytes(vers.geheim) != geheim:
        return False  # disconnected or replaced while we were waiting for an answer
    oud = Agendablok.objects.filter(medewerker=vers.medewerker_id)
    vers.geprobeerd_op, vers.fout = at, fout
    if fout:
        oud.filter(tot__lte=at).delete()
    else:
        vers.opgehaald_op = at
        oud.delete()
        Agendablok.objects.bulk_create(
            Agendablok(
                medewerker_id=vers.medewerker_id, van=b.van, tot=b.tot, is_afwezig=b.is_afwezig
            )
            for b in blokken
        )
    vers.save(update_fields=["geprobeerd_op", "opgehaald_op", "fout"])
    return not fout


def _must_be_address(adres: str, met_wachtwoord: bool) -> str:
    """The host of an address that we may fetch. Raises AgendaRefused."""
    try:
        delen = urlsplit(adres)
        host = (delen.hostname or "").lower()
    except ValueError:
        host = ""
    if not host or delen.scheme not in {"http", "https"}:
        raise AgendaRefused("Vul het hele adres in; het begint met https://.")
    if delen.username is not None:
        raise AgendaRefused("Zet naam en wachtwoord niet in het adres, maar in de velden eronder.")
    if met_wachtwoord and delen.scheme != "https" and host not in settings.OPHALEN_TOEGESTAAN:
        raise AgendaRefused("Een wachtwoord gaat alleen over een beveiligd adres: https://.")
    return host
