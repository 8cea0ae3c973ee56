"""From what a colleague reported to the text that it asks for."""

from datetime import datetime
from typing import Any

from django.db import transaction

from kennisbank.models import ArtikelSoort, Concept, Kennisartikel, Melding, MeldingStand
from kennisbank.services.concepten import propose_concept
from kennisbank.services.meldingen import (
    AfdelingOntbreekt,
    MeldingHeeftConcept,
    MeldingVanIemandAnders,
    lock_melding,
    store_melding,
)
from organisatie.models import Afdeling, Medewerker


@transaction.atomic
def draft_for_melding(
    *,
    melding: Melding,
    by: Medewerker,
    at: datetime,
    versie: int,
    titel: str = "",
    afdeling: Afdeling | None = None,
) -> Concept:
    """Make a draft out of a report, or join it to the draft that its article already has.

    A report without an article becomes a new article; ``titel`` and ``afdeling`` are for that.
    Raises MeldingGewijzigd, MeldingAfgehandeld, MeldingVanIemandAnders, MeldingHeeftConcept,
    AfdelingOntbreekt, ArtikelIngetrokken.
    """
    # The article first, as publishing its draft does; so neither waits for the other.
    if melding.artikel_id is not None:
        Kennisartikel.objects.select_for_update().get(pk=melding.artikel_id)
    vers = lock_melding(melding, versie)
    if vers.behandelaar is not None and vers.behandelaar_id != by.pk:
        raise MeldingVanIemandAnders(vers.behandelaar)
    if vers.concept is not None and vers.concept.is_open:
        raise MeldingHeeftConcept
    concept = None
    if vers.artikel is not None:
        concept = Concept.objects.open().filter(artikel=vers.artikel).first()
    if concept is None:
        kenmerken: dict[str, Any] = {}
        if vers.artikel is None:
            afdeling = afdeling or (vers.product.afdeling if vers.product else None)
            if afdeling is None:
                raise AfdelingOntbreekt
            kenmerken = {
                "titel": titel or vers.zoekvraag.capitalize() or "Nieuw artikel",
                "soort": ArtikelSoort.VAC,
                "product": vers.product,
                "afdeling": afdeling,
            }
        concept = propose_concept(
            artikel=vers.artikel, by=by, at=at, toelichting=_why(vers), **kenmerken
        )
    vers.concept, vers.behandelaar = concept, by
    vers.stand = MeldingStand.IN_BEHANDELING
    store_melding(vers, "concept", "behandelaar", "stand")
    return concept


def _why(melding: Melding) -> str:
    delen = [f"Melding van {melding.door}: {melding.get_soort_display()}."]
    if melding.toelichting:
        delen.append(melding.toelichting)
    if melding.zoekvraag:
        delen.append(f"Gezocht op: {melding.zoekvraag}")
    return "\n".join(delen)
