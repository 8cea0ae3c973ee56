"""What is done with a published article beside giving it a new text."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from kennisbank.models import ArtikelGebeurtenis, ArtikelVersie, Kennisartikel
from kennisbank.services.berichten import tell_owner
from kennisbank.services.versies import contact_of, publish_versie
from organisatie.models import Medewerker

MAX_HERZIEN = timedelta(days=366)  # an answer that nobody looked at for a year is not trusted


class ArtikelFout(Exception):
    """Base of what can be told when something cannot be done with an article."""


class ArtikelIngetrokken(ArtikelFout):
    """It is withdrawn, or was so meanwhile."""

    def __init__(self) -> None:
        super().__init__("Dit artikel is ingetrokken. Maak dat eerst ongedaan.")


class ArtikelNietIngetrokken(ArtikelFout):
    """There is nothing to undo."""

    def __init__(self) -> None:
        super().__init__("Dit artikel is niet meer ingetrokken.")


class DatumTeVer(ArtikelFout):
    """A review date must lie ahead, and not too far."""

    def __init__(self) -> None:
        super().__init__("Kies een dag na vandaag en binnen twaalf maanden.")


class NietUwArtikel(ArtikelFout):
    """Neither an editor nor somebody of the department that owns it."""

    def __init__(self) -> None:
        super().__init__("Alleen de eigenaar of de redactie kan dit doen.")


class VersieIsHuidig(ArtikelFout):
    """What is asked for is what there is."""

    def __init__(self) -> None:
        super().__init__("Deze tekst is al de huidige.")


def may_review(artikel: Kennisartikel, medewerker: Medewerker) -> bool:
    """An editor, or an approver of the department that owns it."""
    if medewerker.has_perm("kennisbank.change_kennisartikel"):
        return True
    return (
        medewerker.has_perm("kennisbank.approve_kennisartikel")
        and medewerker.afdelingen.filter(pk=artikel.afdeling_id).exists()
    )


def _lock(artikel: Kennisartikel) -> Kennisartikel:
    return Kennisartikel.objects.select_for_update().get(pk=artikel.pk)


def log_artikel(
    *,
    artikel: Kennisartikel,
    soort: str,
    by: Medewerker,
    at: datetime,
    tekst: str = "",
    versie: ArtikelVersie | None = None,
) -> ArtikelGebeurtenis:
    """Add one line to the history of an article."""
    return ArtikelGebeurtenis.objects.create(
        artikel=artikel, versie=versie, soort=soort, door=by, op=at, tekst=tekst.strip()
    )


@transaction.atomic
def mark_reviewed(
    *, artikel: Kennisartikel, herzien_op: date, by: Medewerker, at: datetime
) -> Kennisartikel:
    """The text was read again and is still right, until ``herzien_op``: a day after today and
    within twelve months. Raises DatumTeVer, NietUwArtikel, ArtikelIngetrokken.
    """
    vandaag = localdate(at)
    if not vandaag < herzien_op <= vandaag + MAX_HERZIEN:
        raise DatumTeVer
    artikel = _lock(artikel)
    if not may_review(artikel, by):
        raise NietUwArtikel
    if not artikel.is_actief:
        raise ArtikelIngetrokken
    oud = artikel.herzien_op
    artikel.herzien_op = herzien_op
    artikel.save(update_fields=["herzien_op"])
    log_artikel(
        artikel=artikel,
        soort=ArtikelGebeurtenis.Soort.NAGEKEKEN,
        by=by,
        at=at,
        versie=artikel.huidige_versie,
        tekst=f"Herzien voor {_day(oud)} werd {_day(herzien_op)}.",
    )
    return artikel


def _day(dag: date) -> str:
    return f"{dag.day}-{dag.month}-{dag.year}"


@transaction.atomic
def withdraw_artikel(
    *, artikel: Kennisartikel, reden: str, by: Medewerker, at: datetime
) -> Kennisartikel:
    """Take an article away from search and from the public, with the reason. Its page and versions
    stay readable: contacts refer to them. Raises ArtikelIngetrokken.
    """
    artikel = _lock(artikel)
    if not artikel.is_actief:
        raise ArtikelIngetrokken
    artikel.is_actief = False
    artikel.ingetrokken_op, artikel.ingetrokken_door = at, by
    artikel.reden_ingetrokken = reden.strip()
    artikel.save(
        update_fields=["is_actief", "ingetrokken_op", "ingetrokken_door", "reden_ingetrokken"]
    )
    log_artikel(
        artikel=artikel, soort=ArtikelGebeurtenis.Soort.INGETROKKEN, by=by, at=at, tekst=reden,
        versie=artikel.huidige_versie,
    )  # fmt: skip
    return artikel


@transaction.atomic
def restore_artikel(*, artikel: Kennisartikel, by: Medewerker, at: datetime) -> Kennisartikel:
    """Undo a withdrawal. Raises ArtikelNietIngetrokken."""
    artikel = _lock(artikel)
    if artikel.is_actief:
        raise ArtikelNietIngetrokken
    artikel.is_actief = True
    artikel.ingetrokken_op = artikel.ingetrokken_door = None
    artikel.reden_ingetrokken = ""
    artikel.save(
        update_fields=["is_actief", "ingetrokken_op", "ingetrokken_door", "reden_ingetrokken"]
    )
    log_artikel(
        artikel=artikel, soort=ArtikelGebeurtenis.Soort.HERSTELD, by=by, at=at,
        versie=artikel.huidige_versie,
    )  # fmt: skip
    return artikel


@transaction.atomic
def put_back_versie(
    *, versie: ArtikelVersie, reden: str, by: Medewerker, at: datetime
) -> ArtikelVersie:
    """Publish an earlier text again, at once and without approval: the owner is told by mail.

    Raises ArtikelIngetrokken, VersieIsHuidig.
    """
    artikel = _lock(versie.artikel)
    if not artikel.is_actief:
        raise ArtikelIngetrokken
    if artikel.huidige_versie_id == versie.pk:
        raise VersieIsHuidig
    nieuw = publish_versie(
        artikel=artikel,
        titel=versie.titel,
        kort_antwoord=versie.kort_antwoord,
        uitleg_html=versie.uitleg_html,
        vraag_door_html=versie.vraag_door_html,
        werkinstructie_html=versie.werkinstructie_html,
        contact=contact_of(versie),
        by=by,
        at=at,
    )
    log_artikel(
        artikel=artikel,
        soort=ArtikelGebeurtenis.Soort.TERUGGEZET,
        by=by,
        at=at,
        tekst=f"Tekst van versie {versie.nummer}. {reden.strip()}",
        versie=nieuw,
    )
    tell_owner(artikel=artikel, versie=nieuw, at=at)
    return nieuw
