"""Which norm holds: on that day, for that kanaal and that afdeling."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from rapportage.cijfers import Waarde
from rapportage.kpis import Richting
from rapportage.models import Norm


class Normen:
    """All norms, looked up in memory: a page asks for dozens."""

    def __init__(self, normen: Iterable[Norm]) -> None:
        self._per_kpi: dict[str, list[Norm]] = {}
        for norm in normen:
            self._per_kpi.setdefault(norm.kpi, []).append(norm)

    def op(
        self, kpi: str, dag: date, *, kanaal: str = "", afdeling_id: int | None = None
    ) -> Norm | None:
        """The norm that holds on ``dag``, the most specific first.

        One for both this kanaal and this afdeling goes before one for the afdeling, that before one
        for the kanaal, and that before the general one; of two alike the one that began last.
        """
        passend = [
            norm
            for norm in self._per_kpi.get(kpi, ())
            if norm.geldig_vanaf <= dag
            and (norm.geldig_tot is None or norm.geldig_tot >= dag)
            and norm.kanaal in ("", kanaal)
            and norm.afdeling_id in (None, afdeling_id)
        ]
        return max(passend, key=_voorrang, default=None)

    def van(self, kpi: str) -> list[Norm]:
        """All norms of a KPI, the newest first."""
        return sorted(
            self._per_kpi.get(kpi, ()), key=lambda norm: (norm.geldig_vanaf, norm.pk), reverse=True
        )


def load_normen() -> Normen:
    """All norms; one query."""
    return Normen(Norm.objects.select_related("afdeling"))


def is_gehaald(waarde: Waarde, norm: Norm) -> bool:
    """Whether the exact figure, not the rounded one on screen, meets the norm."""
    doel = Fraction(norm.doelwaarde)
    if waarde.kpi.richting is Richting.LAGER:
        return waarde.getal <= doel
    return waarde.getal >= doel


def _voorrang(norm: Norm) -> tuple[bool, bool, date]:
    return (norm.afdeling_id is not None, norm.kanaal != "", norm.geldig_vanaf)
