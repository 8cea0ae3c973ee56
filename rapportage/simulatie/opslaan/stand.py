"""How a taak stands after its steps, by the rules of zaken.services."""

from dataclasses import dataclass

from rapportage.simulatie.gebeurd import Soort, Stap, Taak
from zaken.models import PogingResultaat, RedenTerug, TaakStatus, Terugkoppeling


@dataclass(slots=True)
class Stand:
    """The columns of an InterneTaak that steps change."""

    afdeling: int
    toegewezen_aan: int | None
    toegewezen_op: int | None
    status: str = TaakStatus.NIEUW
    terug_van: int | None = None
    reden_terug: str = ""
    pogingen: int = 0
    antwoord: str = ""
    terugkoppeling: str = ""
    afgehandeld_op: int | None = None
    afgehandeld_door: int | None = None

    def apply(self, stap: Stap, *, kcc: int) -> tuple[int | None, str]:
        """Take one step; gives the department and the text of its gebeurtenis."""
        if stap.soort == Soort.GENOMEN:
            self.toegewezen_aan, self.toegewezen_op = stap.door, stap.op
            self.status = TaakStatus.IN_BEHANDELING
            return None, ""
        if stap.soort == Soort.LOSGELATEN:
            self._let_go()
            return None, ""
        if stap.soort == Soort.CONTACTPOGING:
            self.pogingen += 1
            return None, f"{PogingResultaat(stap.code).label}. {stap.tekst}".strip()
        if stap.soort == Soort.ANTWOORD:
            self.antwoord = stap.tekst
            return None, stap.tekst
        if stap.soort == Soort.TERUGGEGEVEN:
            self.terug_van, self.reden_terug, self.afdeling = self.afdeling, stap.code, kcc
            self._let_go()
            return kcc, f"{RedenTerug(stap.code).label}. {stap.tekst}"
        if stap.soort == Soort.DOORGESTUURD:
            self.terug_van, self.reden_terug, self.afdeling = None, "", stap.afdeling
            self._let_go()
            return stap.afdeling, stap.tekst
        self.antwoord, self.terugkoppeling = stap.tekst, stap.code
        self.status = TaakStatus.AFGEHANDELD
        self.afgehandeld_op, self.afgehandeld_door = stap.op, stap.door
        return None, f"Terugkoppeling: {Terugkoppeling(stap.code).label}."

    def _let_go(self) -> None:
        self.toegewezen_aan = self.toegewezen_op = None
        self.status = TaakStatus.NIEUW


def start_stand(taak: Taak, op: int) -> Stand:
    """As the hand-off leaves it."""
    return Stand(taak.afdeling, taak.toegewezen_aan, op if taak.toegewezen_aan else None)
