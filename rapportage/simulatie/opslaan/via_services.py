"""Store what happened as the application itself does: one service after the other."""

from collections.abc import Sequence
from datetime import datetime

from contacts.models import Klantcontact, Partij
from contacts.services import (
    add_partij,
    close_klantcontact,
    hang_up,
    link_partij,
    save_concept,
    start_gesprek,
    use_bron,
)
from kennisbank.models import ArtikelVersie, Product
from organisatie.models import Afdeling, Medewerker
from rapportage.simulatie.bevolking import Bevolking
from rapportage.simulatie.gebeurd import Contact, Soort, Stap, Taak
from rapportage.simulatie.klok import moment
from zaken import services as zaken
from zaken.models import InterneTaak


class ServiceSchrijver:
    """Every event through its service, at the moment that it happened."""

    def __init__(self, *, bevolking: Bevolking) -> None:
        self._bevolking = bevolking
        self._medewerkers = Medewerker.objects.in_bulk()
        self._afdelingen = Afdeling.objects.in_bulk()
        self._producten = Product.objects.in_bulk()
        self._versies = ArtikelVersie.objects.select_related("artikel__product").in_bulk()
        self._bekend: dict[int, Partij] = {}

    def write(self, contacten: Sequence[Contact]) -> None:
        """Store these contacts with all that belongs to them."""
        for contact in contacten:
            self._contact(contact)

    def finish(self) -> None:
        """Nothing is left: each service marked its own hours."""

    def _contact(self, c: Contact) -> None:
        agent = self._medewerkers[c.agent]
        rij = start_gesprek(kanaal=c.kanaal, by=agent, at=moment(c.begin))
        if c.klant is not None:
            self._klant(rij, c.klant, by=agent, at=moment(c.gekozen))
        save_concept(
            klantcontact=rij,
            versie=None,
            velden={
                "onderwerp": c.onderwerp,
                "inhoud": c.inhoud,
                "reactie": c.reactie,
                "doelgroep": c.doelgroep,
                "product": self._producten[c.product] if c.product else None,
                "taal": c.taal,
            },
            at=moment(c.opgehangen),
        )
        if c.bron is not None:
            use_bron(
                klantcontact=rij,
                artikelversie=self._versies[c.bron.versie],
                is_gebruikt=c.bron.gebruikt,
                at=moment(c.bron.op),
            )
        hang_up(klantcontact=rij, at=moment(c.opgehangen))
        if c.taak is None:
            close_klantcontact(
                klantcontact=rij, gespreksresultaat=c.resultaat, by=agent, at=moment(c.afgerond)
            )
        else:
            self._taak(rij, c.taak, by=agent, at=moment(c.afgerond))

    def _klant(self, rij: Klantcontact, nr: int, *, by: Medewerker, at: datetime) -> None:
        if nr in self._bekend:
            link_partij(klantcontact=rij, partij=self._bekend[nr], by=by, at=at)
            return
        klant = self._bevolking.describe(nr)
        partij = add_partij(nieuw=klant.nieuw, klantcontact=rij, by=by, at=at)
        self._bekend[nr] = partij
        if klant.geheimhouding:
            # Said by the BRP and not by an agent, so there is no service for it.
            Partij.objects.filter(pk=partij.pk).update(indicatie_geheimhouding=True)

    def _taak(self, rij: Klantcontact, taak: Taak, *, by: Medewerker, at: datetime) -> None:
        wie = self._medewerkers[taak.toegewezen_aan] if taak.toegewezen_aan else None
        gemaakt = zaken.hand_off(
            klantcontact=rij,
            afdeling=self._afdelingen[taak.afdeling],
            gevraagde_handeling=taak.handeling,
            toelichting=taak.toelichting,
            toegewezen_aan=wie,
            by=by,
            at=at,
        )
        for stap in taak.stappen:
            self._step(gemaakt, stap)

    def _step(self, taak: InterneTaak, stap: Stap) -> None:
        by, at = self._medewerkers[stap.door], moment(stap.op)
        if stap.soort == Soort.GENOMEN:
            zaken.claim_interne_taak(taak=taak, by=by, at=at)
        elif stap.soort == Soort.LOSGELATEN:
            zaken.release_interne_taak(taak=taak, by=by, at=at)
        elif stap.soort == Soort.CONTACTPOGING:
            zaken.log_contactpoging(
                taak=taak, resultaat=stap.code, notitie=stap.tekst, by=by, at=at
            )
        elif stap.soort == Soort.ANTWOORD:
            zaken.save_antwoord(taak=taak, antwoord=stap.tekst, by=by, at=at)
        elif stap.soort == Soort.TERUGGEGEVEN:
            zaken.return_interne_taak(
                taak=taak, reden=stap.code, toelichting=stap.tekst, by=by, at=at
            )
        elif stap.soort == Soort.DOORGESTUURD:
            zaken.forward_interne_taak(
                taak=taak, afdeling=self._afdelingen[stap.afdeling], reden=stap.tekst, by=by, at=at
            )
        else:
            zaken.finish_interne_taak(
                taak=taak, antwoord=stap.tekst, terugkoppeling=stap.code, by=by, at=at
            )
