"""What a file is, read from its content; and a name that can do no harm."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

import filetype

MAX_NAAM = 100
# More entries than this in an office file, and it is not one.
MAX_ONDERDELEN = 5_000


class BestandGeweigerd(Exception):
    """Not one of the kinds that we take; the message is Dutch and fit for the screen."""


@dataclass(frozen=True)
class Soort:
    """A kind of file that we take."""

    mediatype: str
    extensie: str


_OOXML = "application/vnd.openxmlformats-officedocument."
PDF = Soort("application/pdf", "pdf")
PNG = Soort("image/png", "png")
JPEG = Soort("image/jpeg", "jpg")
WEBP = Soort("image/webp", "webp")
HEIC = Soort("image/heic", "heic")
DOCX = Soort(f"{_OOXML}wordprocessingml.document", "docx")
XLSX = Soort(f"{_OOXML}spreadsheetml.sheet", "xlsx")
ODT = Soort("application/vnd.oasis.opendocument.text", "odt")
TXT = Soort("text/plain", "txt")
EML = Soort("message/rfc822", "eml")

MET_KENMERK = {soort.mediatype: soort for soort in (PDF, PNG, JPEG, WEBP, HEIC)}
KEUZE = "Kies een pdf, foto (png, jpg, webp, heic), docx, xlsx, odt, txt of eml."
# Text that a browser could take for a page or a drawing.
OPMAAK = re.compile(r"<\s*(!doctype|html|head|body|script|svg|iframe|\?xml|\?php)", re.IGNORECASE)
BRIEFHOOFD = re.compile(r"[A-Za-z][A-Za-z0-9-]*:[ \t]")
VREEMD = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def recognise(inhoud: bytes, *, naam: str) -> Soort:
    """The kind of file that this content is. ``naam`` only chooses between txt and eml.

    Raises BestandGeweigerd for anything that is not on the list, whatever its name says.
    """
    if inhoud[:4] == b"PK\x03\x04":
        return _office(inhoud)
    if soort := MET_KENMERK.get(filetype.guess_mime(inhoud) or ""):
        return soort
    return _text(inhoud, naam)


def _office(inhoud: bytes) -> Soort:
    """A zip that is a document without macros. Its parts are listed, never unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
            namen = [deel.filename for deel in zip_.infolist()]
            eerste = zip_.infolist()[0] if namen else None
            is_odt = (
                eerste is not None
                and eerste.filename == "mimetype"
                and eerste.file_size < 100
                and zip_.read(eerste) == ODT.mediatype.encode()
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        raise BestandGeweigerd(f"Dit bestand is kapot. {KEUZE}") from None
    if len(namen) > MAX_ONDERDELEN:
        raise BestandGeweigerd(f"Dit bestand kunnen we niet aannemen. {KEUZE}")
    klein = {naam.lower() for naam in namen}
    if any(naam.endswith("vbaproject.bin") or naam.startswith("basic/") for naam in klein):
        raise BestandGeweigerd("In dit bestand zitten macro's. Sla het op zonder macro's.")
    if is_odt and "content.xml" in klein:
        return ODT
    if "[content_types].xml" in klein:
        if "word/document.xml" in klein:
            return DOCX
        if "xl/workbook.xml" in klein:
            return XLSX
    raise BestandGeweigerd(f"Dit soort bestand nemen we niet aan. {KEUZE}")


def _text(inhoud: bytes, naam: str) -> Soort:
    extensie = naam.rpartition(".")[2].lower()
    soort = {"txt": TXT, "eml": EML}.get(extensie)
    if soort is None or filetype.guess(inhoud) is not None:
        raise BestandGeweigerd(f"Dit soort bestand nemen we niet aan. {KEUZE}")
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        tekst = inhoud.decode("cp1252", errors="replace")
    if any(teken < " " and teken not in "\t\n\r\f" for teken in tekst):
        raise BestandGeweigerd(f"Dit is geen tekst. {KEUZE}")
    if soort is EML:
        if not BRIEFHOOFD.match(tekst):
            raise BestandGeweigerd(f"Dit is geen e-mailbericht. {KEUZE}")
    elif OPMAAK.search(tekst[:4096]):
        raise BestandGeweigerd(f"Dit is een webpagina of tekening en geen tekst. {KEUZE}")
    return soort


def clean_name(naam: str, soort: Soort) -> str:
    """A name without a path, without signs that hide or turn text around, and with the one
    extension that fits the content: ``../rekening.php.pdf`` becomes ``rekening_php.pdf``.
    """
    kaal = re.split(r"[/\\]", naam)[-1]
    kaal = unicodedata.normalize("NFC", kaal)
    kaal = "".join(" " if t in "\r\n\t" else t for t in kaal if t in "\r\n\t" or _shown(t))
    stam = kaal.rpartition(".")[0] or kaal
    stam = re.sub(r'[<>:"|?*;%&$`\'{}\[\]]+', "", stam)
    stam = re.sub(r"[\s.]+", lambda m: " " if m[0].isspace() else "_", stam).strip(" _-")
    return f"{stam[:MAX_NAAM].strip() or 'bijlage'}.{soort.extensie}"


def _shown(teken: str) -> bool:
    return unicodedata.category(teken) not in VREEMD
