"""Fields that the forms of this room share."""

from django import forms

LANGE_TEKST = 10_000
FOCUS = {"data-focus": True}  # where the work begins when the form unfolds


class Tekstvak(forms.Textarea):
    """A field for a story; it grows with the text."""

    def __init__(self, rijen: int, *, focus: bool = False) -> None:
        super().__init__({"rows": rijen, "data-groeit": True, "data-focus": focus})


def lange_tekst(
    label: str, *, nodig: str = "", rijen: int = 4, hulp: str = "", focus: bool = False
) -> forms.CharField:
    """A text field; ``nodig`` is the sentence when it stays empty, without it the field may."""
    return forms.CharField(
        label=label,
        required=bool(nodig),
        max_length=LANGE_TEKST,
        widget=Tekstvak(rijen, focus=focus),
        help_text=hulp,
        error_messages={
            "required": nodig,
            "max_length": "De tekst is te lang: hoogstens %(limit_value)d tekens, dit zijn er "
            "%(show_value)d.",
        },
    )
