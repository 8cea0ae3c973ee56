"""Writes about conversations and the questions in them."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from contacts.models import Bron, Gesprek, Gespreksresultaat, Klantcontact
from contacts.numbers import next_nummer, speakable
from kcc.services import mark_hours_dirty
from kennisbank.models import ArtikelVersie, Gebruik
from kennisbank.services import log_gebruik
from organisatie.models import Medewerker

# After this many days a new question counts as a new one (FCR-C). rapportage uses the same number.
HERHAAL_DAGEN = 7
HEROPEN_BINNEN = timedelta(minutes=2)

CONCEPTVELDEN = ("onderwerp", "inhoud", "reactie", "doelgroep", "product", "taal", "concept")
# Where the concept keeps what stands in a panel that another room serves.
PANEEL = "paneel"


class KlantcontactAlreadyClosed(Exception):
    """The contact was closed in the meantime."""

    def __init__(self, nummer: str) -> None:
        super().__init__(
            f"Dit contact ({speakable(nummer)}) is al afgerond. Uw tekst is niet opgeslagen."
        )


class GesprekAlreadyClosed(Exception):
    """The conversation was finished or cancelled in the meantime."""

    def __init__(self) -> None:
        super().__init__("Dit gesprek is al afgerond of geannuleerd.")


class KlantcontactIncomplete(Exception):
    """Something is missing that a closed contact needs; ``veld`` names the field."""

    def __init__(self, veld: str, melding: str) -> None:
        super().__init__(melding)
        self.veld = veld


class ConceptChangedElsewhere(Exception):
    """Another tab saved this contact after this one had read it."""

    def __init__(self) -> None:
        super().__init__(
            "Dit contact is ook open in een ander tabblad en daar gewijzigd. "
            "Wat u hier typte staat er nog: neem het over en laad deze pagina daarna opnieuw."
        )


class TooLateToReopen(Exception):
    """A closed contact is undone within two minutes, by who closed it, or not at all."""

    def __init__(self) -> None:
        super().__init__("Dit contact kan niet meer worden heropend.")


@transaction.atomic
def start_gesprek(*, kanaal: str, by: Medewerker, at: datetime) -> Klantcontact:
    """Open a conversation with its first question. From here on everything typed is kept."""
    gesprek = Gesprek.objects.create(kanaal=kanaal, medewerker=by, gestart_op=at)
    return Klantcontact.objects.create(
        nummer=next_nummer("K"),
        gesprek=gesprek,
        kanaal=kanaal,
        medewerker=by,
        plaatsgevonden_op=at,
        opgeslagen_op=at,
    )


def must_be_open(*, klantcontact: Klantcontact) -> None:
    """Raises KlantcontactAlreadyClosed, GesprekAlreadyClosed. For a look-up too: a person's data
    is shown for a question that is being answered, not for one that was.
    """
    if klantcontact.is_afgerond:
        raise KlantcontactAlreadyClosed(klantcontact.nummer)
    if not klantcontact.gesprek.is_open:
        raise GesprekAlreadyClosed


def _lock(klantcontact: Klantcontact) -> Klantcontact:
    """Lock gesprek and klantcontact, in that order, and read them again."""
    gesprek = Gesprek.objects.select_for_update().get(pk=klantcontact.gesprek_id)
    vers = Klantcontact.objects.select_for_update().get(pk=klantcontact.pk)
    vers.gesprek = gesprek
    must_be_open(klantcontact=vers)
    return vers


@transaction.atomic
def save_concept(
    *,
    klantcontact: Klantcontact,
    versie: int | None,
    velden: dict[str, Any],
    kanaal: str = "",
    at: datetime,
) -> Klantcontact:
    """Keep what was typed. ``velden`` holds any of CONCEPTVELDEN; ``versie`` is what the screen had
    read, or None where no screen is involved.

    Raises ConceptChangedElsewhere, KlantcontactAlreadyClosed, GesprekAlreadyClosed.
    """
    vers = _lock(klantcontact)
    if versie is not None and versie != vers.versie:
        raise ConceptChangedElsewhere
    if PANEEL in vers.concept and "concept" in velden:  # the form does not know what is in it
        velden = {**velden, "concept": {**velden["concept"], PANEEL: vers.concept[PANEEL]}}
    for naam in velden:
        if naam not in CONCEPTVELDEN:
            raise ValueError(naam)
        setattr(vers, naam, velden[naam])
    if "product" in velden:
        vers.afdeling_id = vers.product.afdeling_id if vers.product else None
    if kanaal and kanaal != vers.kanaal:
        vers.kanaal = vers.gesprek.kanaal = kanaal
        vers.gesprek.save(update_fields=["kanaal"])
    vers.versie += 1
    vers.opgeslagen_op = at
    vers.save(update_fields=[*velden, "afdeling", "kanaal", "versie", "opgeslagen_op"])
    return vers


@transaction.atomic
def save_panel(
    *, klantcontact: Klantcontact, waarden: dict[str, str], at: datetime
) -> Klantcontact:
    """Keep what was typed in a panel beside the form, such as that of a hand-off. It is added to
    what is there, and it does not move ``versie``: the form itself has not changed.

    Raises KlantcontactAlreadyClosed, GesprekAlreadyClosed.
    """
    vers = _lock(klantcontact)
    vers.concept = {**vers.concept, PANEEL: {**vers.concept.get(PANEEL, {}), **waarden}}
    vers.opgeslagen_op = at
    vers.save(update_fields=["concept", "opgeslagen_op"])
    return vers


@transaction.atomic
def use_bron(
    *, klantcontact: Klantcontact, artikelversie: ArtikelVersie, is_gebruikt: bool, at: datetime
) -> None:
    """Remember that this text was open, and whether its answer was used. Used stays used.

    The product of the article becomes the product of the question where none was chosen yet, and a
    used answer becomes the answer where none was typed.
    """
    vers = _lock(klantcontact)
    bron, is_nieuw = Bron.objects.get_or_create(
        klantcontact=vers, artikelversie=artikelversie, defaults={"geopend_op": at}
    )
    if is_nieuw:  # opened twice for one question counts once
        log_gebruik(artikelversie=artikelversie, soort=Gebruik.Soort.GEOPEND, at=at)
    if is_gebruikt and not bron.is_gebruikt:
        bron.is_gebruikt = True
        bron.save(update_fields=["is_gebruikt"])
        log_gebruik(artikelversie=artikelversie, soort=Gebruik.Soort.GEBRUIKT, at=at)
    product = artikelversie.artikel.product
    if product is not None and vers.product_id is None and not vers.concept.get("product"):
        vers.product, vers.afdeling_id = product, product.afdeling_id
    if is_gebruikt and not vers.reactie:
        vers.reactie = artikelversie.kort_antwoord
    vers.versie += 1
    vers.save(update_fields=["product", "afdeling", "reactie", "versie"])


@transaction.atomic
def hang_up(*, klantcontact: Klantcontact, at: datetime) -> None:
    """The talk is over, the wrap-up begins. A second time changes nothing."""
    vers = _lock(klantcontact)
    if vers.gesprek.opgehangen_op is None:
        vers.gesprek.opgehangen_op = max(at, vers.gesprek.gestart_op)
        vers.gesprek.save(update_fields=["opgehangen_op"])


def _figure_moments(klantcontact: Klantcontact) -> list[datetime]:
    """The moments whose hours this contact changes: its own, those of the other contacts of the
    gesprek (the last one closed carries the times of the gesprek), and those of earlier contacts
    that it makes a repeated question of (FCR-C).
    """
    momenten = [klantcontact.plaatsgevonden_op]
    momenten += (
        Klantcontact.objects.closed()
        .filter(gesprek=klantcontact.gesprek_id)
        .exclude(pk=klantcontact.pk)
        .values_list("plaatsgevonden_op", flat=True)
    )
    if klantcontact.partij_id and klantcontact.product_id:
        momenten += (
            Klantcontact.objects.closed()
            .filter(
                partij=klantcontact.partij_id,
                product=klantcontact.product_id,
                plaatsgevonden_op__lt=klantcontact.plaatsgevonden_op,
                plaatsgevonden_op__gte=klantcontact.plaatsgevonden_op
                - timedelta(days=HERHAAL_DAGEN),
            )
            .values_list("plaatsgevonden_op", flat=True)
        )
    return momenten


@transaction.atomic
def close_klantcontact(
    *, klantcontact: Klantcontact, gespreksresultaat: str, by: Medewerker, at: datetime
) -> Klantcontact:
    """Close the question with its result, and the conversation with it when it was the last.

    Raises KlantcontactAlreadyClosed, GesprekAlreadyClosed, KlantcontactIncomplete.
    """
    vers = _lock(klantcontact)
    if gespreksresultaat not in Gespreksresultaat.values:
        raise KlantcontactIncomplete("gespreksresultaat", "Kies hoe het gesprek afliep.")
    if not vers.onderwerp.strip() and gespreksresultaat != Gespreksresultaat.VERBROKEN:
        raise KlantcontactIncomplete(
            "onderwerp", "Schrijf in een paar woorden op wat de vraag was."
        )
    if vers.concept.get("product"):
        raise KlantcontactIncomplete(
            "product_naam",
            "Dit product staat niet in de lijst. Kies er een, of maak het veld leeg.",
        )
    if vers.concept.get("onderwerp"):
        raise KlantcontactIncomplete("onderwerp", "De vraag is te lang: hoogstens 200 tekens.")
    vers.gespreksresultaat = gespreksresultaat
    vers.afgerond_op = vers.opgeslagen_op = max(at, vers.plaatsgevonden_op)
    vers.is_anoniem = vers.partij_id is None
    vers.concept = {}
    vers.versie += 1
    vers.save(
        update_fields=[
            "gespreksresultaat", "afgerond_op", "opgeslagen_op", "is_anoniem", "concept", "versie",
        ]
    )  # fmt: skip
    if not vers.gesprek.klantcontacten.filter(afgerond_op__isnull=True).exists():
        _finish_gesprek(vers.gesprek, at=vers.afgerond_op)
    mark_hours_dirty(moments=_figure_moments(vers))
    return vers


def _finish_gesprek(gesprek: Gesprek, *, at: datetime) -> None:
    gesprek.opgehangen_op = gesprek.opgehangen_op or at
    gesprek.afgerond_op = max(at, gesprek.opgehangen_op)
    gesprek.save(update_fields=["opgehangen_op", "afgerond_op"])


@transaction.atomic
def reopen_klantcontact(
    *, klantcontact: Klantcontact, by: Medewerker, at: datetime
) -> Klantcontact:
    """Undo a close: the contact is a concept again. A hand-off is not undone this way.

    Raises TooLateToReopen.
    """
    gesprek = Gesprek.objects.select_for_update().get(pk=klantcontact.gesprek_id)
    vers = Klantcontact.objects.select_for_update().get(pk=klantcontact.pk)
    if (
        vers.afgerond_op is None
        or vers.medewerker_id != by.pk
        or vers.gespreksresultaat == Gespreksresultaat.OVERGEDRAGEN
        or at - vers.afgerond_op > HEROPEN_BINNEN
    ):
        raise TooLateToReopen
    mark_hours_dirty(moments=_figure_moments(vers))
    vers.afgerond_op, vers.gespreksresultaat, vers.is_anoniem = None, "", False
    vers.versie += 1
    vers.save(update_fields=["afgerond_op", "gespreksresultaat", "is_anoniem", "versie"])
    gesprek.afgerond_op = None
    gesprek.save(update_fields=["afgerond_op"])
    return vers


@transaction.atomic
def cancel_gesprek(*, klantcontact: Klantcontact, at: datetime) -> None:
    """Nothing to register after all: a wrong number, a slip. The concept stays, uncounted."""
    vers = _lock(klantcontact)
    vers.gesprek.geannuleerd_op = at
    vers.gesprek.save(update_fields=["geannuleerd_op"])
