"""Finding a partij by whatever a caller gives: a number, a name, an address."""

import re

from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value

from contacts.models import Klantcontact, Normaliseer, Partij, PartijIdentificator
from contacts.numbers import parse_nummer
from contacts.validators import clean_bsn, clean_kvk, clean_postcode, clean_telefoonnummer
from organisatie.models import Medewerker

_ADRES = re.compile(
    r"([1-9][0-9]{3} ?[A-Za-z]{2})[ ,]*(?:huisnummer|nr\.?)? *([0-9]{1,5})\s*([A-Za-z]?)"
)
LIMIET = 8


def find_partijen(tekst: str, *, medewerker: Medewerker) -> list[Partij]:
    """At most eight people or organisations that fit what was typed, with their addresses.

    Understands a phone number, e-mail, BSN, KVK-nummer, postcode with huisnummer, the number of an
    earlier klantcontact, and names (without diacritics, any order, small typing errors). A text too
    short to say something gives nothing.
    """
    tekst = tekst.strip()
    if len(tekst) < 3 or "\x00" in tekst:
        return []
    zichtbaar = Partij.objects.visible_to(medewerker).prefetch_related(
        "digitale_adressen", "identificatoren"
    )
    voorwaarde = _by_number(tekst)
    if voorwaarde is not None:
        return list(zichtbaar.filter(voorwaarde).order_by("zoeknaam", "pk")[:LIMIET])
    return _by_name(tekst, zichtbaar)


def _by_number(tekst: str) -> Q | None:
    """A condition for anything that is not a name, or None."""
    if "@" in tekst:
        return Q(digitale_adressen__adres=tekst.lower())
    nummer = parse_nummer(tekst)
    if nummer is not None:
        contact = Klantcontact.objects.filter(nummer=nummer, afgerond_op__isnull=False)
        return Q(pk__in=contact.values("partij"))
    adres = _ADRES.fullmatch(tekst)
    if adres is not None:
        try:
            voorwaarde = Q(postcode=clean_postcode(adres[1]), huisnummer=int(adres[2]))
        except ValidationError:
            return None
        return voorwaarde & Q(huisletter__iexact=adres[3]) if adres[3] else voorwaarde
    if not re.fullmatch(r"[0-9+()\s.\-]{6,20}", tekst):
        return None
    return _by_digits(tekst)


def _by_digits(tekst: str) -> Q:
    """Nine digits can be a BSN or a phone number without its zero: look for both."""
    voorwaarde = Q(pk__in=[])
    for soort, schoon in (
        (PartijIdentificator.Soort.BSN, clean_bsn),
        (PartijIdentificator.Soort.KVK, clean_kvk),
    ):
        try:
            nummer = schoon(tekst)
        except ValidationError:
            continue
        rij = PartijIdentificator.objects.filter(code_soort_object_id=soort, object_id=nummer)
        voorwaarde |= Q(pk__in=rij.values("partij"))
    try:
        negen = clean_telefoonnummer(tekst)[-9:]
    except ValidationError:
        return voorwaarde
    # A subquery on the index of the last nine digits, not an OR over a join.
    telefoon = Partij.objects.filter(
        digitale_adressen__laatste_negen=negen, digitale_adressen__soort="telefoonnummer"
    )
    return voorwaarde | Q(pk__in=telefoon.values("pk"))


def _by_name(tekst: str, zichtbaar: models.QuerySet[Partij]) -> list[Partij]:
    woorden = tekst.split()[:6]
    precies = zichtbaar
    for woord in woorden:
        # Through the same SQL function as the index, so that é and e meet.
        precies = precies.filter(
            zoeknaam__contains=Normaliseer(Value(woord), output_field=models.TextField())
        )
    gevonden = list(precies.order_by("zoeknaam", "pk")[:LIMIET])
    if gevonden:
        return gevonden
    gezocht = Normaliseer(Value(" ".join(woorden)), output_field=models.TextField())
    return list(
        zichtbaar.filter(zoeknaam__trigram_word_similar=gezocht)
        .annotate(lijkt=TrigramWordSimilarity(gezocht, F("zoeknaam")))  # type: ignore[arg-type]
        .order_by("-lijkt", "pk")[:LIMIET]
    )
