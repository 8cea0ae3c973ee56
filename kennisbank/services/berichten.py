"""Mails about articles and drafts: that there is something, and where; never what it says."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from kcc.outbox import queue_mail
from kennisbank.models import ArtikelVersie, Concept, Kennisartikel
from organisatie.models import Medewerker


def approvers_of(afdeling_id: int) -> list[Medewerker]:
    """Who works there, and may approve for it."""
    collegas = Medewerker.objects.filter(afdelingen=afdeling_id, is_active=True).order_by("pk")
    return [m for m in collegas if m.has_perm("kennisbank.approve_kennisartikel")]


def tell_approvers(*, concept: Concept, at: datetime) -> None:
    """A draft waits for approval; not to the one who wrote the last change, who may not."""
    for medewerker in approvers_of(concept.afdeling_id):
        if medewerker.pk != concept.gewijzigd_door_id:
            _mail(
                medewerker,
                "Er wacht een tekst op uw goedkeuring",
                "In de kennisbank wacht een tekst van uw afdeling op goedkeuring. Wilt u hem lezen "
                "en goedkeuren, of terugsturen met uw reden?",
                reverse("kennisbank:concept", args=[concept.uuid]),
                f"concept-goedkeuren:{concept.uuid}:{concept.versie}",
                at,
            )


def tell_editor(*, concept: Concept, at: datetime, zin: str, soort: str) -> None:
    """Something happened to a draft that the editor has to go on with."""
    if concept.redacteur is not None:
        _mail(
            concept.redacteur,
            "Een concept in de kennisbank vraagt uw aandacht",
            zin,
            reverse("kennisbank:concept", args=[concept.uuid]),
            f"concept-{soort}:{concept.uuid}:{concept.versie}",
            at,
        )


def tell_proposer(*, concept: Concept, by: Medewerker | None, at: datetime, zin: str) -> None:
    """What became of a proposal, to the one who made it, unless he did it himself."""
    if by is None or concept.ingediend_door_id != by.pk:
        _mail(
            concept.ingediend_door,
            "Er is nieuws over uw voorstel voor de kennisbank",
            zin,
            reverse("kennisbank:concept", args=[concept.uuid]),
            f"voorstel-{concept.stand}:{concept.uuid}",
            at,
        )


def tell_owner(*, artikel: Kennisartikel, versie: ArtikelVersie, at: datetime) -> None:
    """A text went out without the approval of the department that owns it."""
    onderwerp = "Een artikel van uw afdeling is zonder goedkeuring gewijzigd"
    zin = (
        "De redactie heeft een artikel van uw afdeling meteen gewijzigd, zonder goedkeuring "
        "vooraf. De reden staat bij de geschiedenis van het artikel. Wilt u nakijken of het nu "
        "klopt?"
    )
    pad = reverse("kennisbank:artikel", args=[artikel.uuid])
    sleutel = f"artikel-rechtgezet:{versie.uuid}"
    if artikel.afdeling.email:
        _queue(artikel.afdeling.email, onderwerp, zin, pad, f"{sleutel}:afdeling", at)
    for medewerker in approvers_of(artikel.afdeling_id):
        _mail(medewerker, onderwerp, zin, pad, sleutel, at)


def _mail(aan: Medewerker, onderwerp: str, zin: str, pad: str, sleutel: str, at: datetime) -> None:
    if aan.email and aan.is_active:
        _queue(aan.email, onderwerp, zin, pad, f"{sleutel}:{aan.uuid}", at)


def _queue(aan: str, onderwerp: str, zin: str, pad: str, sleutel: str, at: datetime) -> None:
    tekst = f"Goedendag,\n\n{zin}\n\n{settings.BASE_URL}{pad}\n"
    queue_mail(aan=aan, onderwerp=onderwerp, tekst=tekst, sleutel=sleutel, at=at)
