"""Input of the kennisbank, by what it is about."""

from kennisbank.forms.artikelen import ArtikelForm
from kennisbank.forms.producten import ImportForm, ProductForm

__all__ = ["ArtikelForm", "ImportForm", "ProductForm"]
