"""What a password must be."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class MinimaleLengte(MinimumLengthValidator):
    """Django's own rule, in Dutch: its translation does not know the sentence that it uses."""

    def get_error_message(self) -> str:
        """For the screen."""
        return f"Dit wachtwoord is te kort. Gebruik minstens {self.min_length} tekens."
