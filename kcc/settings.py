"""Settings of the application. What differs per municipality comes from the environment.

KCC_OMGEVING says where we run: ``demo`` (the default: one machine, loopback only), ``test`` or
``productie``. Production refuses to start with DEBUG, without a secret of its own, or with the demo
accounts in the database (see kcc.productie).
"""

import os
from email.utils import formataddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from kombu import Queue

from kcc import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
OMGEVING = os.environ.get("KCC_OMGEVING", "demo")
if OMGEVING not in {"demo", "test", "productie"}:
    raise ImproperlyConfigured(f"KCC_OMGEVING is demo, test of productie, niet {OMGEVING!r}.")
PRODUCTIE = OMGEVING == "productie"
DEMO = OMGEVING == "demo"
DEBUG = os.environ.get("KCC_DEBUG") == "1"
DATA_DIR = embedded.data_dir()

# Known to everyone, so good for nothing but a demo on loopback and the tests.
ONVEILIG_GEHEIM = "alleen-voor-demo-en-test-en-nooit-voor-productie-0000000000000000"
SECRET_KEY = os.environ.get("KCC_SECRET_KEY") or ONVEILIG_GEHEIM
if PRODUCTIE:
    if DEBUG:
        raise ImproperlyConfigured("Productie start niet met KCC_DEBUG=1.")
    if SECRET_KEY == ONVEILIG_GEHEIM or len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        raise ImproperlyConfigured(
            "Productie start niet zonder eigen KCC_SECRET_KEY van minstens 50 willekeurige tekens."
        )

BASE_URL = os.environ.get("KCC_BASE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = [h for h in os.environ.get("KCC_ALLOWED_HOSTS", "").split(",") if h]
if not PRODUCTIE:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if PRODUCTIE else []

GEMEENTE_NAAM = os.environ.get("KCC_GEMEENTE", "Voorbeeldstad")
# What the national list of governments (OWMS) calls us; stands in the feed of our products.
GEMEENTE_OWMS = os.environ.get("KCC_GEMEENTE_OWMS") or (
    f"http://standaarden.overheid.nl/owms/terms/{GEMEENTE_NAAM.replace(' ', '_')}_(gemeente)"
)
# The municipality's design tokens: one file below static/. Swapping it swaps the house style.
KCC_THEMA = os.environ.get("KCC_THEMA", "thema/voorbeeldstad.css")
UPL_ADRES = os.environ.get(
    "KCC_UPL_ADRES", "https://standaarden.overheid.nl/owms/oquery/UPL-actueel.csv"
)
# Hosts of our own that kcc.ophalen may ask though they are internal, on any port.
OPHALEN_TOEGESTAAN = [
    host.strip()
    for host in os.environ.get("KCC_OPHALEN_TOEGESTAAN", "").lower().split(",")
    if host.strip()
]

# host:port of clamd, which looks at every attachment; empty: they are kept unscanned.
VIRUSSCAN = os.environ.get("KCC_VIRUSSCAN", "")

INSTALLED_APPS = [
    "kcc",
    "organisatie",
    "kennisbank",
    "contacts",
    "zaken",
    "rapportage",
    "kcc.beheer.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # templates/django/forms/ gives every field its NL Design System classes
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_htmx",
    "template_partials",
    "import_export",
]

MIDDLEWARE = [
    "kcc.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kcc.middleware.Zoekmachines",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "kcc.middleware.Foutmeldingen",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kcc.middleware.Zitting",
    "kcc.middleware.NietBewaren",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "kcc.urls"
WSGI_APPLICATION = "kcc.wsgi.application"
# What every web process gets ready as it starts; kcc itself knows no room.
KLAARZETTEN = ["kennisbank.search.warm.warm_up"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kcc.context.huisstijl",
            ],
        },
    },
]


WEB_QUERY_SECONDEN = 10  # less than the 15 after which htmx gives up (templates/base.html)


def _database(url: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL URL; a socket directory stands percent-encoded as host."""
    delen = urlsplit(url)
    host = unquote(delen.netloc.rpartition("@")[2].rpartition(":")[0] or delen.hostname or "")
    poort = delen.netloc.rpartition("@")[2].rpartition(":")[2]
    if not poort.isdigit():
        host, poort = unquote(delen.netloc.rpartition("@")[2]), ""
    opties: dict[str, Any] = dict(parse_qsl(delen.query))
    host = opties.pop("host", host)
    poort = opties.pop("port", poort)
    database: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(delen.path.lstrip("/")),
        "USER": unquote(delen.username or ""),
        "PASSWORD": unquote(delen.password or ""),
        "HOST": host,
        "PORT": poort,
        "OPTIONS": {
            "application_name": "kcc",
            # How alike a misspelt name must be to be found (vreis maria, bakekr). PostgreSQL's own
            # 0.6 misses two letters that changed places.
            "options": "-c pg_trgm.word_similarity_threshold=0.4",
        },
        "CONN_HEALTH_CHECKS": True,
    }
    if os.environ.get("KCC_DB_POOL") == "1":
        # Nobody waits longer than this for a page, so the database need not either: one odd search
        # must not hold a thread of everybody's web server. Jobs and commands take their time.
        database["OPTIONS"]["options"] += f" -c statement_timeout={WEB_QUERY_SECONDEN}s"
        # Only the web server pools: its threads come and go. A worker process keeps one connection.
        # It gives up on a database that is away as soon as the request does: by itself it would
        # wait longer and longer between two tries, and sit there after the database is back.
        database["OPTIONS"]["pool"] = {
            "min_size": 2,
            "max_size": 16,
            "timeout": 5,
            "reconnect_timeout": 5,
        }
    else:
        database["CONN_MAX_AGE"] = 60
    database["OPTIONS"] |= opties
    return database


DATABASES = {
    "default": _database(os.environ.get("DATABASE_URL") or embedded.database_url(DATA_DIR))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisatie.Medewerker"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "organisatie.backends.MedewerkerBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("gebruikersnaam", "voornaam", "achternaam", "email")},
    },
    {
        "NAME": "organisatie.wachtwoorden.MinimaleLengte",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "inloggen"
LOGIN_REDIRECT_URL = "start"

# Lock the pair of name and address: a stranger elsewhere cannot lock a colleague out.
AXES_FAILURE_LIMIT = 5
AXES_USERNAME_FORM_FIELD = "username"  # what the login form calls it, not our model
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "kcc.herkomst.client_ip"
AXES_LOCKOUT_CALLABLE = "kcc.views.geblokkeerd"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username"]

SESSION_COOKIE_AGE = 60 * 60  # seconds idle; kcc.middleware.Zitting moves it along
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kcc.views.csrf_fout"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTIE
SECURE_SSL_REDIRECT = PRODUCTIE
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]  # the orchestrator asks over plain HTTP from inside
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if PRODUCTIE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTIE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# One proxy of our own stands before us, and nobody can go around it: its headers are believed.
ACHTER_PROXY = os.environ.get("KCC_ACHTER_PROXY") == "1"
if ACHTER_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# What everybody may read lives under these: no session is looked at, and caches may keep it.
OPENBARE_PADEN = ("/antwoorden/", "/api/kennisbank/")
# Searches and API calls of one address in a minute; 0 is without end.
OPENBAAR_PER_MINUUT = int(os.environ.get("KCC_OPENBAAR_PER_MINUUT", "300"))

# A text that is too long must come back to the screen with a sentence, so it has to get in first.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
MAX_VERZOEK_BYTES = 2 * DATA_UPLOAD_MAX_MEMORY_SIZE  # files and all; see kcc.middleware
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = os.environ.get("KCC_STATIC_ROOT") or DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if OMGEVING == "test" or DEBUG
        else "kcc.statisch.Opslag"
    },
}
WHITENOISE_USE_FINDERS = OMGEVING == "test" or DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA_DIR / "bestanden"

# Mail. Without a server nothing is sent: it waits, and /gezond/ and the beheerder see that.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("KCC_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("KCC_SMTP_POORT") or 587)
EMAIL_HOST_USER = os.environ.get("KCC_SMTP_GEBRUIKER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KCC_SMTP_WACHTWOORD", "")
SMTP_TLS = os.environ.get("KCC_SMTP_TLS") or "starttls"
if SMTP_TLS not in {"starttls", "tls", "geen"}:
    raise ImproperlyConfigured(f"KCC_SMTP_TLS is starttls, tls of geen, niet {SMTP_TLS!r}.")
EMAIL_USE_TLS = SMTP_TLS == "starttls"
EMAIL_USE_SSL = SMTP_TLS == "tls"
EMAIL_TIMEOUT = 20  # seconds for each answer of the server
EMAIL_USE_LOCALTIME = True
# The host of the site: also in the Message-ID, which must be the same at a second attempt.
MAIL_DOMEIN = urlsplit(BASE_URL).hostname or "localhost"
DEFAULT_FROM_EMAIL = os.environ.get("KCC_AFZENDER") or formataddr(
    (f"KCC {GEMEENTE_NAAM}", f"noreply@{MAIL_DOMEIN}")
)
# After this long nobody is sending it any more: its worker died. Longer than any send takes.
BERICHT_BEZIG_SECONDEN = float(os.environ.get("KCC_BERICHT_BEZIG_SECONDEN") or 300)
BERICHT_WACHT_SECONDEN = float(os.environ.get("KCC_BERICHT_WACHT_SECONDEN") or 60)  # doubles

# Redis carries nudges only. Whatever must happen is a row in PostgreSQL, and beat sweeps.
CELERY_BROKER_URL = os.environ.get("REDIS_URL") or embedded.redis_url(DATA_DIR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    # A nudge is lost rather than waited for; a worker that lost Redis has a loop of its own.
    "max_retries": 0,
    "global_keyprefix": f"kcc-{OMGEVING}-",
}
CELERY_TASK_IGNORE_RESULT = True
# A nudge is gone once it is read: nothing to hand back, for the row is still there. A worker with
# a message in hand cannot hand it back to a Redis that just died, and Celery then ends the worker.
CELERY_TASK_QUEUES = [Queue("celery", no_ack=True)]
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 900
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "vuile-uren": {
        "task": "rapportage.tasks.herbereken_vuile_uren",
        "schedule": 5.0,
        # An old nudge says nothing a new one does not say.
        "options": {"expires": 5},
    },
    "berichten": {
        "task": "kcc.tasks.verzend_berichten",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "tellers": {"task": "zaken.tasks.vouw_tellers", "schedule": 60.0},
    "kijkers": {"task": "zaken.tasks.ruim_kijkers_op", "schedule": 600.0},
    "hartslag": {"task": "kcc.tasks.slaan", "schedule": 15.0, "options": {"expires": 15}},
    "gebruik": {"task": "kennisbank.tasks.tel_gebruik", "schedule": crontab(minute=23)},
    # At seven; the hours after it only if that one was missed, since it mails once a day.
    "herzien": {
        "task": "kennisbank.tasks.herinner_aan_herzien",
        "schedule": crontab(hour="7-11", minute=0),
    },
    "invoer": {
        "task": "kennisbank.tasks.veeg_invoer",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    # Each calendar has its own turn and its own time-out; see organisatie/tasks.py.
    "agendas": {
        "task": "organisatie.tasks.haal_agendas_op",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "publiceren": {
        "task": "kennisbank.tasks.publiceer_geplande",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # Every night, but each address once a week: a week's work does not fit in one run.
    "links": {"task": "kennisbank.tasks.controleer_links", "schedule": crontab(hour=4, minute=41)},
    "bewaking": {
        "task": "zaken.tasks.bewaak_termijnen",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # From half past seven; what comes after it does nothing unless the first one was missed.
    "dagberichten": {
        "task": "zaken.tasks.stuur_dagberichten",
        "schedule": crontab(hour="7-12", minute="*/5"),
        "options": {"expires": 300},
    },
    "opruimen": {"task": "kcc.tasks.ruim_zittingen_op", "schedule": crontab(hour=3, minute=17)},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "kcc.middleware.RequestIdFilter"}},
    "formatters": {
        "regel": {
            "class": "kcc.logboek.Regel",
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
        }
    },
    "handlers": {
        "uit": {
            "class": "logging.StreamHandler",
            "formatter": "regel",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["uit"], "level": "INFO" if OMGEVING != "test" else "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}, "import_export": {"level": "WARNING"}},
}

if OMGEVING == "test":
    OPENBAAR_PER_MINUUT = 0  # all tests come from one address
    # The real hasher takes 50 ms a login by design; a thousand test logins need not.
    PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.Argon2PasswordHasher",
    ]
IMPORT_EXPORT_USE_TRANSACTIONS = True
SILENCED_SYSTEM_CHECKS: list[str] = []
