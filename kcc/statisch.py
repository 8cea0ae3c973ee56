"""Where static files are kept: hashed names, compressed once, cached for ever."""

import re
from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Opslag(CompressedManifestStaticFilesStorage):
    """Hashed names inside ES modules too, so that an import never meets an older version."""

    support_js_module_import_aggregation = True
    # A page that names a file which is not there is a mistake, and fails at once.
    manifest_strict = True

    def url_converter(
        self, name: str, hashed_files: dict[str, Any], template: str | None = None
    ) -> Callable[[re.Match[str]], str]:
        """What replaces an address inside ``name``: see the base class."""
        # Scripts of packages are no modules of ours: django-htmx has an import in a comment, of a
        # file that it does not ship. And css/ holds what gebouwd/kcc.css is made of: no page names
        # it, and its addresses are right only there.
        if (name.endswith(".js") and not name.startswith("js/")) or name.startswith("css/"):
            return lambda found: found[0]
        converter: Callable[[re.Match[str]], str] = super().url_converter(
            name, hashed_files, template
        )
        return converter
