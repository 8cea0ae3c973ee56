"""A draft from its beginning until it is sent for approval."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from kennisbank.models import (
    ArtikelSoort,
    ArtikelVersie,
    Concept,
    ConceptStand,
    Kennisartikel,
)
from kennisbank.services.artikelen import ArtikelIngetrokken
from kennisbank.services.berichten import tell_approvers, tell_proposer
from kennisbank.services.concepten.basis import (
    BEWERKBAAR,
    LIJSTEN,
    LOGSOORT,
    VELDEN,
    back_to_editing,
    fields_of,
    lock_concept,
    log_stap,
    must_be,
    must_be_ready,
    store,
)
from kennisbank.services.concepten.fouten import (
    ConceptAndersBewaard,
    ConceptBestaatAl,
    ConceptNietOpen,
)
from organisatie.models import Medewerker


@transaction.atomic
def propose_concept(
    *,
    by: Medewerker,
    at: datetime,
    artikel: Kennisartikel | None = None,
    toelichting: str = "",
    versie: ArtikelVersie | None = None,
    **velden: Any,
) -> Concept:
    """A new draft: of ``artikel``, begun with its current text (or that of ``versie``), or of an
    article that is to come. ``velden`` overrule that text and those kenmerken.

    Of an editor it is in bewerking at once, of anybody else a voorstel. Raises ConceptBestaatAl,
    ArtikelIngetrokken.
    """
    start: dict[str, Any] = {"soort": ArtikelSoort.VAC}
    lijsten: dict[str, Iterable[Any]] = {}
    if artikel is not None:
        # Under lock, so that of two who begin at once the second finds the first one's draft.
        artikel = Kennisartikel.objects.select_for_update().get(pk=artikel.pk)
        if not artikel.is_actief:
            raise ArtikelIngetrokken
        if (bestaand := Concept.objects.open().filter(artikel=artikel).first()) is not None:
            raise ConceptBestaatAl(bestaand)
        start = fields_of(artikel, versie or artikel.huidige_versie)
        lijsten = {naam: getattr(artikel, naam).all() for naam in LIJSTEN}
    lijsten |= {naam: velden.pop(naam) for naam in LIJSTEN if naam in velden}
    is_redacteur = by.has_perm("kennisbank.change_kennisartikel")
    concept = Concept.objects.create(
        **start | velden,
        artikel=artikel,
        basis=artikel.huidige_versie.nummer if artikel and artikel.huidige_versie else 0,
        stand=ConceptStand.BEWERKING if is_redacteur else ConceptStand.VOORSTEL,
        toelichting=toelichting.strip(),
        redacteur=by if is_redacteur else None,
        ingediend_door=by,
        ingediend_op=at,
        gewijzigd_door=by,
        gewijzigd_op=at,
    )
    for naam, records in lijsten.items():
        getattr(concept, naam).set(records)
    log_stap(
        concept, LOGSOORT.BEGONNEN if is_redacteur else LOGSOORT.VOORGESTELD, by, at, toelichting
    )
    return concept


@transaction.atomic
def open_concept(*, artikel: Kennisartikel, by: Medewerker, at: datetime) -> Concept:
    """The draft of this article that is on its way, or a new one. Raises ArtikelIngetrokken."""
    try:
        with transaction.atomic():
            return propose_concept(artikel=artikel, by=by, at=at)
    except ConceptBestaatAl as exc:
        return exc.concept


@transaction.atomic
def save_concept(
    *,
    concept: Concept,
    versie: int,
    velden: Mapping[str, Any],
    by: Medewerker,
    at: datetime,
    basis: int | None = None,
) -> Concept:
    """Keep what an editor typed; ``versie`` is what his screen had read.

    ``velden`` holds any of VELDEN and LIJSTEN; ``basis`` says which version of the article he has
    worked in. Raises ConceptAndersBewaard, ConceptNietOpen.
    """
    concept = lock_concept(concept)
    if concept.stand not in BEWERKBAAR:
        raise ConceptNietOpen(concept)
    if concept.versie != versie:
        raise ConceptAndersBewaard(concept)
    if concept.stand == ConceptStand.VOORSTEL:
        _take(concept, by, at)
    anders = [n for n in VELDEN if n in velden and getattr(concept, n) != velden[n]]
    for naam in anders:
        setattr(concept, naam, velden[naam])
    for naam in (n for n in LIJSTEN if n in velden):
        nieuw = {record.pk for record in velden[naam]}
        if nieuw != set(getattr(concept, naam).values_list("pk", flat=True)):
            getattr(concept, naam).set(velden[naam])
            anders.append(naam)
    if basis is not None:
        concept.basis = basis
    if anders:
        # Saving what has not changed makes nobody its writer (four eyes), nor a line of history.
        concept.gewijzigd_door, concept.gewijzigd_op = by, at
        laatste = concept.gebeurtenissen.order_by("-op", "-pk").first()
        if laatste is None or (laatste.soort, laatste.door_id) != (LOGSOORT.BEWERKT, by.pk):
            log_stap(concept, LOGSOORT.BEWERKT, by, at)
    return store(concept)


def _take(concept: Concept, by: Medewerker, at: datetime) -> None:
    concept.stand, concept.redacteur = ConceptStand.BEWERKING, by
    log_stap(concept, LOGSOORT.BEGONNEN, by, at)


@transaction.atomic
def take_up_concept(*, concept: Concept, by: Medewerker, at: datetime) -> Concept:
    """An editor goes on with a proposal, or takes over from a colleague. Raises ConceptNietOpen."""
    concept = lock_concept(concept)
    if concept.stand not in BEWERKBAAR:
        raise ConceptNietOpen(concept)
    if concept.stand == ConceptStand.VOORSTEL or concept.redacteur_id != by.pk:
        _take(concept, by, at)
    return store(concept)


@transaction.atomic
def send_for_approval(*, concept: Concept, versie: int, by: Medewerker, at: datetime) -> Concept:
    """Ask the department that owns it, by mail. Raises ConceptNietOpen, ConceptAndersBewaard,
    ConceptVerouderd, ConceptOnvolledig, TekstOngewijzigd.
    """
    concept = lock_concept(concept)
    must_be(concept, *BEWERKBAAR, versie=versie)
    must_be_ready(concept)
    concept.stand = ConceptStand.GOEDKEURING
    concept.redacteur = concept.redacteur or by
    concept = store(concept)
    log_stap(concept, LOGSOORT.TER_GOEDKEURING, by, at)
    tell_approvers(concept=concept, at=at)
    return concept


@transaction.atomic
def recall_concept(*, concept: Concept, by: Medewerker, at: datetime) -> Concept:
    """Take a draft back from approval, or off the planning, to go on editing. Raises
    ConceptNietOpen.
    """
    concept = lock_concept(concept)
    must_be(concept, ConceptStand.GOEDKEURING, ConceptStand.GEPLAND)
    back_to_editing(concept)
    log_stap(concept, LOGSOORT.TERUGGEHAALD, by, at)
    return store(concept)


@transaction.atomic
def reject_concept(*, concept: Concept, reden: str, by: Medewerker, at: datetime) -> Concept:
    """Do not take over a proposal; the one who made it is told why. Raises ConceptNietOpen."""
    concept = lock_concept(concept)
    must_be(concept, *BEWERKBAAR)
    concept.stand, concept.reden_afwijzing = ConceptStand.AFGEWEZEN, reden.strip()
    log_stap(concept, LOGSOORT.AFGEWEZEN, by, at, reden)
    tell_proposer(
        concept=concept, by=by, at=at,
        zin="Uw voorstel voor de kennisbank is niet overgenomen. De reden leest u hier:",
    )  # fmt: skip
    return store(concept)
