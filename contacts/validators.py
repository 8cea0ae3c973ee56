"""Checks and notations of the numbers that identify and reach people (DOMEIN: validation rules)."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.nl import bsn as stdnum_bsn

_POSTCODE = re.compile(r"^([1-9][0-9]{3}) ?([A-Z]{2})$")
_KVK = re.compile(r"^[0-9]{8}$")


def clean_bsn(tekst: str) -> str:
    """Nine digits that pass the elfproef; eight get a zero in front. Raises ValidationError."""
    cijfers = re.sub(r"[\s.\-]", "", tekst)
    if len(cijfers) == 8:
        cijfers = f"0{cijfers}"
    try:
        return str(stdnum_bsn.validate(cijfers))
    except StdnumError as exc:
        raise ValidationError("Dit is geen geldig BSN. Controleer de cijfers.") from exc


def clean_kvk(tekst: str) -> str:
    """Eight digits, leading zeros kept; KVK numbers have no check digit to reject on."""
    cijfers = re.sub(r"[\s.\-]", "", tekst)
    if not _KVK.match(cijfers):
        raise ValidationError("Een KVK-nummer heeft acht cijfers.")
    return cijfers


def clean_postcode(tekst: str) -> str:
    """``1234 AB``, from any notation. SA, SD and SS are not given out."""
    treffer = _POSTCODE.match(tekst.strip().upper())
    if treffer is None or treffer[2] in {"SA", "SD", "SS"}:
        raise ValidationError("Een postcode ziet eruit als 1234 AB.")
    return f"{treffer[1]} {treffer[2]}"


def clean_telefoonnummer(tekst: str) -> str:
    """E.164 of a Dutch or foreign number. Service numbers (0800, 14 0xx) belong to nobody."""
    try:
        nummer = phonenumbers.parse(tekst, "NL")
    except phonenumbers.NumberParseException as exc:
        raise ValidationError("Dit is geen telefoonnummer.") from exc
    if not phonenumbers.is_possible_number(nummer) or not phonenumbers.is_valid_number(nummer):
        raise ValidationError("Dit telefoonnummer bestaat niet. Controleer de cijfers.")
    soort = phonenumbers.number_type(nummer)
    kort = nummer.country_code == 31 and (nummer.national_number or 0) < 100_000_000  # 14 030
    if kort or soort in {
        phonenumbers.PhoneNumberType.TOLL_FREE,
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.SHARED_COST,
    }:
        raise ValidationError("Dit is een servicenummer, niet het nummer van een klant.")
    return phonenumbers.format_number(nummer, phonenumbers.PhoneNumberFormat.E164)


def show_telefoonnummer(e164: str) -> str:
    """As it is read in the Netherlands: 06 12345678; foreign numbers with their country code."""
    try:
        nummer = phonenumbers.parse(e164, "NL")
    except phonenumbers.NumberParseException:
        return e164
    notatie = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if nummer.country_code == 31
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(nummer, notatie)
