"""Reminders to who owns an article, before and after the day on which it must be looked at."""

from collections import defaultdict
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from kcc.outbox import queue_mail
from kennisbank.models import Kennisartikel

DAGEN_VOORAF = 30
DAGEN_TUSSEN = 7  # between two reminders of what is overdue


def is_reminder_day(herzien_op: date, vandaag: date) -> bool:
    """Thirty days before, on the day itself, and every week after it."""
    over = (vandaag - herzien_op).days
    return over == -DAGEN_VOORAF or (over >= 0 and over % DAGEN_TUSSEN == 0)


@transaction.atomic
def remind_owners(*, vandaag: date, at: datetime) -> int:
    """Queue one mail per owner with all of his articles of this day; returns how many mails.

    The owner is the department, at its address; without one it is the editor of the article. The
    key carries the day, so that a second run on the same day sends nothing again.
    """
    per_eigenaar: dict[tuple[str, str], list[Kennisartikel]] = defaultdict(list)
    stukken = (
        Kennisartikel.objects.with_page()
        .select_related("redacteur")
        .to_review(vandaag)
        .filter(huidige_versie__isnull=False, is_actief=True)
    )
    for stuk in stukken:
        if not is_reminder_day(stuk.herzien_op, vandaag):
            continue
        if stuk.afdeling.email:
            per_eigenaar[(f"afdeling-{stuk.afdeling_id}", stuk.afdeling.email)].append(stuk)
        elif stuk.redacteur is not None and stuk.redacteur.is_active and stuk.redacteur.email:
            wie = (f"medewerker-{stuk.redacteur_id}", stuk.redacteur.email)
            per_eigenaar[wie].append(stuk)
    for (eigenaar, adres), van_hem in per_eigenaar.items():
        queue_mail(
            aan=adres,
            onderwerp=f"Nakijken: {len(van_hem)} {_noun(len(van_hem))} in de kennisbank",
            tekst=_text(van_hem, vandaag),
            sleutel=f"herzien:{vandaag.isoformat()}:{eigenaar}",
            at=at,
        )
    return len(per_eigenaar)


def _noun(aantal: int) -> str:
    return "artikel" if aantal == 1 else "artikelen"


def _text(stukken: list[Kennisartikel], vandaag: date) -> str:
    regels = [
        "Goedendag,",
        "",
        "Wilt u deze teksten in de kennisbank nakijken? Klopt een tekst nog, of moet er iets "
        "anders? Geef het door aan de redactie, of doe zelf een voorstel op de pagina van het "
        "artikel.",
        "",
    ]
    for stuk in stukken:
        assert stuk.huidige_versie is not None  # noqa: S101 - filtered above
        dagen = (vandaag - stuk.herzien_op).days
        wanneer = f"{stuk.herzien_op.day}-{stuk.herzien_op.month}-{stuk.herzien_op.year}"
        stand = f"{dagen} dagen te laat" if dagen > 0 else "vandaag" if not dagen else "binnenkort"
        adres = reverse("kennisbank:artikel", args=[stuk.uuid])
        regels += [
            f"- {stuk.huidige_versie.titel}",
            f"  nakijken voor {wanneer} ({stand})",
            f"  {settings.BASE_URL}{adres}",
            "",
        ]
    return "\n".join(regels).rstrip() + "\n"
