"""Notes among ourselves, and the colleagues who are named in them."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from kcc.outbox import queue_mail
from organisatie.models import Medewerker
from zaken.models import InterneTaak, TaakGebeurtenis, Vermelding
from zaken.services.fouten import CannotMention, NotitieEmpty, TaakElsewhere
from zaken.services.stap import lock_visible, store_step


@transaction.atomic
def add_notitie(
    *,
    taak: InterneTaak,
    tekst: str,
    genoemd: Iterable[Medewerker],
    by: Medewerker,
    at: datetime,
) -> InterneTaak:
    """Add an internal note. Who is named finds the taak in his list, and gets a mail that says
    only that: the number and a link.

    A note takes nothing from anybody, so it is welcome from all who see the taak, and on a finished
    one too. Raises NotitieEmpty, CannotMention, TaakElsewhere, TaakGone.
    """
    (vers,) = lock_visible(taken=[taak], by=by)
    if not by.has_perm("zaken.change_internetaak"):
        raise TaakElsewhere(vers.afdeling)
    if not tekst.strip():
        raise NotitieEmpty
    wie = {medewerker.pk: medewerker for medewerker in genoemd if medewerker != by}
    for medewerker in wie.values():
        if not InterneTaak.objects.visible_to(medewerker).filter(pk=vers.pk).exists():
            raise CannotMention(medewerker)
    store_step(
        taak=vers, velden=[], soort=TaakGebeurtenis.Soort.NOTITIE, by=by, at=at, tekst=tekst.strip()
    )
    gebeurtenis = vers.gebeurtenissen.latest("pk")  # ours: the row of the taak is locked
    for medewerker in wie.values():
        Vermelding.objects.create(gebeurtenis=gebeurtenis, medewerker=medewerker)
        _tell(medewerker, vers, gebeurtenis, at)
    return vers


@transaction.atomic
def read_vermelding(*, vermelding: Vermelding, by: Medewerker, at: datetime) -> InterneTaak:
    """Note that ``by`` has seen where he was named; gives the taak. Twice is once."""
    Vermelding.objects.filter(pk=vermelding.pk, medewerker=by, gelezen_op__isnull=True).update(
        gelezen_op=at
    )
    return vermelding.gebeurtenis.taak


def _tell(wie: Medewerker, taak: InterneTaak, gebeurtenis: TaakGebeurtenis, at: datetime) -> None:
    if not wie.email:
        return
    link = f"{settings.BASE_URL}{reverse('zaken:taak', args=[taak.uuid])}"
    try:
        with transaction.atomic():
            queue_mail(
                aan=wie.email,
                onderwerp=f"U bent genoemd bij taak {taak.nummer}",
                tekst=f"Een collega noemde u in een notitie bij taak {taak.nummer}.\n\n{link}\n",
                sleutel=f"genoemd:{gebeurtenis.pk}:{wie.pk}",
                at=at,
            )
    except ValidationError:
        # An address that no mail can go to is for the beheerder; the list holds the mention.
        return
