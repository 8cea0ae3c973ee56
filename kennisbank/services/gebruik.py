"""What is opened, used and looked for: kept small, without anybody in it, and not for ever."""

import re
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from kennisbank.models import ArtikelVersie, Gebruik, Kennisartikel, Zoekactie
from kennisbank.search.woorden import normalise

TELT_MEE = timedelta(days=90)
BEWAAR_GEBRUIK = timedelta(days=400)
BEWAAR_ZOEKACTIES = timedelta(days=90)
MAX_VRAAG = 120

# What may point at a person: a postcode, a number plate, and four digits or more, also written in
# pieces (06 12 34 56 78, 12-03-1984). A digit or two (artikel 3, wijk 12) says nothing by itself.
_POSTCODE = re.compile(r"\b\d{4}\s?[a-z]{2}\b(?:\s+\d{1,5}\s?[a-z]?\b)?")
_KENTEKEN = re.compile(r"\b(?=[a-z-]*\d)[a-z0-9]{1,3}-[a-z0-9]{1,3}-[a-z0-9]{1,3}\b")
_CIJFERS = re.compile(r"\+?\d(?:[\s().,/+\-]*\d){3,}")


def clean_vraag(tekst: str, *, hoogstens: int = MAX_VRAAG) -> str:
    """What somebody looked for, in lower case without accents, and without what may point at a
    person: words with an @, number plates, and words with four digits or more. May be empty.
    """
    los = normalise(tekst.replace("\x00", " "))
    los = " ".join(woord for woord in los.split() if "@" not in woord)
    los = _CIJFERS.sub("\x00", _KENTEKEN.sub(" ", _POSTCODE.sub(" ", los)))
    # A word that a number stuck to (nl91abna…) goes with it.
    woorden = [
        woord
        for woord in los.split()
        if "\x00" not in woord and sum(teken.isdigit() for teken in woord) < 4
    ]
    return " ".join(woorden)[:hoogstens].strip()


@transaction.atomic(savepoint=False)  # one row: nothing to go halfway back to
def log_gebruik(*, artikelversie: ArtikelVersie, soort: str, at: datetime) -> None:
    """An article was opened or was the answer; ``soort`` is one of Gebruik.Soort."""
    Gebruik.objects.create(artikelversie=artikelversie, soort=soort, op=at)


@transaction.atomic
def log_zoekactie(*, vraag: str, aantal: int, at: datetime) -> Zoekactie | None:
    """Somebody was done searching, and this much was found. None when nothing of the question may
    be kept.
    """
    schoon = clean_vraag(vraag)
    if not re.search(r"[a-z]{2}", schoon):
        return None
    return Zoekactie.objects.create(vraag=schoon, aantal=aantal, op=at)


@transaction.atomic
def count_gebruik(*, at: datetime) -> int:
    """Count the uses of the last ninety days again into the articles. Returns how many changed."""
    geteld = dict(
        Gebruik.objects.filter(soort=Gebruik.Soort.GEBRUIKT, op__gt=at - TELT_MEE)
        .values_list("artikelversie__artikel")
        .annotate(Count("pk"))
    )
    anders = [
        stuk
        for stuk in Kennisartikel.objects.only("pk", "gebruikt").order_by("pk")
        if stuk.gebruikt != geteld.get(stuk.pk, 0)
    ]
    for stuk in anders:
        stuk.gebruikt = geteld.get(stuk.pk, 0)
    Kennisartikel.objects.bulk_update(anders, ["gebruikt"], batch_size=500)
    return len(anders)


@transaction.atomic
def forget_old(*, at: datetime) -> None:
    """Remove uses and searches that are older than we need them."""
    Gebruik.objects.filter(op__lt=at - BEWAAR_GEBRUIK).delete()
    Zoekactie.objects.filter(op__lt=at - BEWAAR_ZOEKACTIES).delete()
