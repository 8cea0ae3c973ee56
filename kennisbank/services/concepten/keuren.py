"""Approving a draft, and publishing it: at once, at its moment, or without approval."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.timezone import localdate, localtime

from kennisbank.models import (
    ArtikelGebeurtenis,
    ArtikelSoort,
    Concept,
    ConceptStand,
    Kennisartikel,
)
from kennisbank.opmaak import markdown_to_html
from kennisbank.services.artikelen import ArtikelIngetrokken, log_artikel
from kennisbank.services.berichten import tell_editor, tell_owner, tell_proposer
from kennisbank.services.concepten.basis import (
    BEWERKBAAR,
    KENMERKEN,
    LOGSOORT,
    back_to_editing,
    lock_concept,
    log_stap,
    missing,
    must_be,
    must_be_ready,
    must_fit,
    must_own,
    store,
)
from kennisbank.services.concepten.fouten import (
    ConceptFout,
    ConceptOnvolledig,
    MomentVoorbij,
    VierOgen,
)
from kennisbank.services.meldingen import answer_melding
from kennisbank.services.versies import Contact, publish_versie
from organisatie.models import Medewerker

HERZIEN_NA = timedelta(days=365)  # when nobody chose a day


@transaction.atomic
def approve_concept(
    *,
    concept: Concept,
    versie: int,
    by: Medewerker,
    at: datetime,
    publiceren_op: datetime | None = None,
) -> Concept:
    """The owner agrees: publish at once, or at ``publiceren_op``. ``versie`` is what he has read.

    Raises ConceptNietOpen, ConceptAndersBewaard, NietUwAfdeling, VierOgen, MomentVoorbij, and what
    stops a publication: ConceptVerouderd, ConceptOnvolledig, ArtikelIngetrokken.
    """
    concept = lock_concept(concept)
    must_be(concept, ConceptStand.GOEDKEURING, versie=versie)
    must_own(concept, by)
    if concept.gewijzigd_door_id == by.pk:
        raise VierOgen
    concept.goedgekeurd_door, concept.goedgekeurd_op = by, at
    log_stap(concept, LOGSOORT.GOEDGEKEURD, by, at)
    if publiceren_op is None:
        return _publish(concept, by=by, at=at)
    if publiceren_op <= at:
        raise MomentVoorbij
    must_fit(concept)
    concept.stand, concept.publiceren_op = ConceptStand.GEPLAND, publiceren_op
    log_stap(concept, LOGSOORT.GEPLAND, by, at, f"{localtime(publiceren_op):%d-%m-%Y om %H:%M} uur")
    tell_proposer(
        concept=concept, by=by, at=at,
        zin="De tekst die u voorstelde is goedgekeurd en gepland. U ziet hier wanneer:",
    )  # fmt: skip
    return store(concept)


@transaction.atomic
def return_concept(*, concept: Concept, reden: str, by: Medewerker, at: datetime) -> Concept:
    """The owner sends it back to the editor, with the reason. Raises ConceptNietOpen,
    NietUwAfdeling.
    """
    concept = lock_concept(concept)
    must_be(concept, ConceptStand.GOEDKEURING)
    must_own(concept, by)
    back_to_editing(concept)
    concept = store(concept)
    log_stap(concept, LOGSOORT.TERUG, by, at, reden)
    tell_editor(
        concept=concept, at=at, soort="terug",
        zin="De eigenaar stuurde een tekst terug die u ter goedkeuring gaf. De reden leest u hier:",
    )  # fmt: skip
    return concept


@transaction.atomic
def publish_urgent(
    *, concept: Concept, versie: int, reden: str, by: Medewerker, at: datetime
) -> Concept:
    """Put right what is wrong, at once: a wrong answer cannot wait for whoever is on holiday. The
    reason is in the history, and the owner is told by mail.

    Raises ConceptNietOpen, ConceptAndersBewaard, ConceptVerouderd, ConceptOnvolledig,
    TekstOngewijzigd, ArtikelIngetrokken.
    """
    concept = lock_concept(concept)
    must_be(concept, *BEWERKBAAR, ConceptStand.GOEDKEURING, ConceptStand.GEPLAND, versie=versie)
    must_be_ready(concept)
    concept.goedgekeurd_door = concept.goedgekeurd_op = concept.publiceren_op = None
    log_stap(concept, LOGSOORT.RECHTGEZET, by, at, reden)
    concept = _publish(concept, by=by, at=at)
    artikel, nieuw = concept.artikel, concept.gepubliceerde_versie
    assert artikel is not None and nieuw is not None  # noqa: S101 - it was just published
    log_artikel(
        artikel=artikel, soort=ArtikelGebeurtenis.Soort.RECHTGEZET, by=by, at=at, tekst=reden,
        versie=nieuw,
    )  # fmt: skip
    tell_owner(artikel=artikel, versie=nieuw, at=at)
    return concept


@transaction.atomic
def publish_due_concept(*, concept: Concept, at: datetime) -> bool:
    """Publish a planned draft whose moment has come. Twice is once; False when there is nothing to
    do. What can no longer be published goes back to the editor, with the reason.
    """
    concept = lock_concept(concept)
    if concept.stand != ConceptStand.GEPLAND:
        return False
    if concept.publiceren_op is None or concept.publiceren_op > at:
        return False
    try:
        with transaction.atomic():
            _publish(concept, by=None, at=at)
    except (ConceptFout, ArtikelIngetrokken) as exc:
        concept = lock_concept(concept)
        back_to_editing(concept)
        concept = store(concept)
        log_stap(concept, LOGSOORT.TERUG, None, at, f"Niet gepubliceerd. {exc}")
        tell_editor(
            concept=concept, at=at, soort="niet-gepubliceerd",
            zin="Een geplande tekst kon niet worden gepubliceerd. De reden leest u hier:",
        )  # fmt: skip
        return False
    return True


def due_concepten(at: datetime) -> QuerySet[Concept]:
    """Planned drafts whose moment has come, the earliest first; also those of an outage."""
    return Concept.objects.filter(stand=ConceptStand.GEPLAND, publiceren_op__lte=at).order_by(
        "publiceren_op", "pk"
    )


def _publish(concept: Concept, *, by: Medewerker | None, at: datetime) -> Concept:
    """Make the version, give the article its kenmerken, and tell who waited for it."""
    must_fit(concept)
    if fouten := missing(concept):
        raise ConceptOnvolledig(fouten)
    artikel = _apply_kenmerken(concept, at)
    versie = publish_versie(
        artikel=artikel,
        titel=concept.titel,
        kort_antwoord=concept.kort_antwoord.replace("\r\n", "\n"),
        uitleg_html=markdown_to_html(concept.uitleg),
        vraag_door_html=markdown_to_html(concept.vraag_door),
        werkinstructie_html=markdown_to_html(concept.werkinstructie),
        contact=_contact(concept),
        by=concept.gewijzigd_door,
        goedgekeurd_door=concept.goedgekeurd_door,
        at=at,
    )
    artikel.huidige_versie = versie
    concept.artikel, concept.gepubliceerde_versie = artikel, versie
    concept.stand = ConceptStand.GEPUBLICEERD
    concept = store(concept)
    log_stap(concept, LOGSOORT.GEPUBLICEERD, by, at, f"Versie {versie.nummer}")
    tell_proposer(
        concept=concept, by=by, at=at,
        zin="De tekst die u voorstelde staat nu in de kennisbank. Dank u wel. U vindt hem hier:",
    )  # fmt: skip
    for melding in concept.meldingen.to_do():
        answer_melding(
            melding=melding,
            antwoord=f"Het artikel is aangepast: “{versie.titel}”, versie {versie.nummer}.",
            by=by or concept.goedgekeurd_door or concept.gewijzigd_door,
            at=at,
        )
    return concept


def _contact(concept: Concept) -> Contact:
    if concept.soort != ArtikelSoort.WIE_DOET_WAT:
        return {"contactpersoon": None, "vervanger": None, "telefoonnummer": ""}
    return {
        "contactpersoon": concept.contactpersoon,
        "vervanger": concept.vervanger,
        "telefoonnummer": concept.telefoonnummer,
    }


def _apply_kenmerken(concept: Concept, at: datetime) -> Kennisartikel:
    """The draft's article with the draft's kenmerken; a new one when it has none."""
    artikel = concept.artikel or Kennisartikel(slug=free_slug(concept.titel))
    for naam in KENMERKEN:
        setattr(artikel, naam, getattr(concept, naam))
    if concept.soort != ArtikelSoort.NIEUWS:  # what the form hid counts for nothing
        artikel.geldig_van = artikel.geldig_tot = None
        artikel.is_belangrijk = False
    artikel.herzien_op = concept.herzien_op or localdate(at) + HERZIEN_NA
    artikel.redacteur = concept.redacteur or artikel.redacteur
    if artikel._state.adding:
        artikel.save()
    else:
        artikel.save(update_fields=[*KENMERKEN, "redacteur"])
    artikel.andere_producten.set(concept.andere_producten.all())
    artikel.zie_ook.set(concept.zie_ook.exclude(pk=artikel.pk))
    is_nieuws = concept.soort == ArtikelSoort.NIEUWS
    artikel.voor_groepen.set(concept.voor_groepen.all() if is_nieuws else [])
    return artikel


def free_slug(titel: str) -> str:
    """An address part of this title that no article has."""
    basis = slugify(titel)[:100].strip("-") or "artikel"
    bezet = set(Kennisartikel.objects.filter(slug__startswith=basis).values_list("slug", flat=True))
    kandidaat, nummer = basis, 1
    while kandidaat in bezet:
        nummer += 1
        kandidaat = f"{basis}-{nummer}"
    return kandidaat
