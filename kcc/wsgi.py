"""The web application, as a web server loads it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kcc.settings")
application = get_wsgi_application()

from kcc import productie  # noqa: E402 - needs the loaded apps

productie.check_start()
productie.warm_up()
