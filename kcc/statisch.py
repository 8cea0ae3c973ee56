"""Where static files are kept: hashed names, compressed once, cached for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Opslag(CompressedManifestStaticFilesStorage):
    """Hashed names inside ES modules too, so that an import never meets an older version."""

    support_js_module_import_aggregation = True
    # A page in the making may name a file that is not there yet; it then gets the plain name.
    manifest_strict = True
