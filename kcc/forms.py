"""The login form."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class InlogForm(AuthenticationForm):
    """Name and password, with one sentence for every way in which they can be wrong."""

    error_messages = {
        "invalid_login": "De naam of het wachtwoord klopt niet. Let op hoofdletters.",
        "inactive": "De naam of het wachtwoord klopt niet. Let op hoofdletters.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Naam"
        self.fields["username"].widget.attrs.update(autofocus=True, autocapitalize="none")
        self.fields["password"].label = "Wachtwoord"
        for veld in self.fields.values():
            if isinstance(veld, forms.CharField):
                veld.error_messages["required"] = f"Vul uw {str(veld.label).lower()} in."
