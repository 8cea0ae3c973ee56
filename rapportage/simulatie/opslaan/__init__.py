"""Two ways to store the same events: as the application does it, and in bulk."""

from rapportage.simulatie.opslaan.via_copy import CopySchrijver
from rapportage.simulatie.opslaan.via_services import ServiceSchrijver

__all__ = ["CopySchrijver", "ServiceSchrijver"]
