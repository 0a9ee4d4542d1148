"""Settings of a Folkmoot site, read from environment variables.

Every variable is described in `docs/reference/settings.md`; a test keeps that page complete.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from folkmoot.config.email_url import email_settings

PACKAGE = Path(__file__).resolve().parent.parent


def _flag(name: str, default: bool) -> bool:
    text = os.environ.get(name, "").strip().lower()
    return default if not text else text in {"1", "true", "yes", "on"}


def _words(name: str, default: str) -> list[str]:
    return [word for word in os.environ.get(name, default).split(",") if word]


def _secret_key(var: Path) -> str:
    """Return the site's secret: the one set, else one made once and kept beside the database."""
    if key := os.environ.get("FOLKMOOT_SECRET_KEY"):
        return key
    kept = var / "secret-key"
    try:
        if not kept.exists():
            var.mkdir(parents=True, exist_ok=True)
            try:
                descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                pass
            else:
                with os.fdopen(descriptor, "w") as file:
                    file.write(secrets.token_urlsafe(50))
        return kept.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {var} cannot be written ({error.strerror}): "
            "set FOLKMOOT_VAR to a folder that can, or FOLKMOOT_SECRET_KEY to a long random text."
        ) from error


VAR = Path(os.environ.get("FOLKMOOT_VAR", "var")).resolve()
SECRET_KEY = _secret_key(VAR)
DEBUG = _flag("FOLKMOOT_DEBUG", False)
HTTPS = _flag("FOLKMOOT_HTTPS", False)
ALLOWED_HOSTS = _words("FOLKMOOT_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = _words("FOLKMOOT_TRUSTED_ORIGINS", "")

# The instant at which the site believes to stand when it starts; empty means the real clock.
FOLKMOOT_AT = os.environ.get("FOLKMOOT_AT", "")
# True where the site shows generated answers; a notice then stands on every page.
FOLKMOOT_DEMONSTRATION = _flag("FOLKMOOT_DEMONSTRATION", False)
# Whether what is kept for a time only is erased each day once its time is over.
FOLKMOOT_ERASE_DUE = _flag("FOLKMOOT_ERASE_DUE", default=True)
# Whose public holidays an editor is warned of: a country, perhaps with its part; empty for none.
FOLKMOOT_HOLIDAYS = os.environ.get("FOLKMOOT_HOLIDAYS", "GB-ENG")

# How many proxies stand before the site and say who sent a request, and in which networks they are.
FOLKMOOT_PROXIES = int(os.environ.get("FOLKMOOT_PROXIES", "0"))
FOLKMOOT_PROXY_NETWORKS = _words(
    "FOLKMOOT_PROXY_NETWORKS",
    "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7",
)
# How many times the usual allowance one connection has of posts and responses; 0 sets no limit.
FOLKMOOT_ALLOWANCE = float(os.environ.get("FOLKMOOT_ALLOWANCE", "1"))

INSTALLED_APPS = [
    "folkmoot.accounts",
    "folkmoot.publishing",
    "folkmoot.plans",
    "folkmoot.consultations",
    "folkmoot.responses",
    "folkmoot.workshops",
    "folkmoot.themes",
    "folkmoot.performance",
    "folkmoot.decisions",
    "folkmoot.reports",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
    "axes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "folkmoot.publishing.middleware.PublicCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "folkmoot.publishing.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "folkmoot.responses.middleware.SurveyTokenMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    # Last: it runs the view.
    "folkmoot.publishing.middleware.AdminTransactionMiddleware",
]

ROOT_URLCONF = "folkmoot.config.urls"
WSGI_APPLICATION = "folkmoot.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["folkmoot.publishing.templatetags.folkmoot"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "folkmoot.publishing.context.site",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR / 'folkmoot.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # An acknowledged response must survive a power cut, hence synchronous=FULL; writers queue at
    # BEGIN instead of failing half-way, hence IMMEDIATE.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000;"
        ),
    }

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "folkmoot",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}
# Pages that change with the clock are kept for less; see publishing.middleware.
PUBLIC_CACHE_SECONDS = int(os.environ.get("FOLKMOOT_CACHE_SECONDS", "60"))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
LOGIN_URL = "wagtailadmin_login"
CSRF_FAILURE_VIEW = "folkmoot.publishing.views.unreadable"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English")]
TIME_ZONE = os.environ.get("FOLKMOOT_TIME_ZONE", "Europe/London")
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "folkmoot.publishing.files.storage.NamedByContent"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG

WAGTAIL_SITE_NAME = "Folkmoot"
WAGTAILADMIN_BASE_URL = os.environ.get("FOLKMOOT_BASE_URL", "http://127.0.0.1:8000")
# What a file may be by content; a test holds this list to publishing.files.kinds.
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt", "vtt"),
    *("mp4", "webm", "mp3", "m4a", "ogg", "wav"),
]
WAGTAILDOCS_DOCUMENT_MODEL = "publishing.UploadedFile"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "folkmoot.publishing.files.forms.UploadedFileForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = int(os.environ.get("FOLKMOOT_UPLOAD_MB", "50")) * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# PostgreSQL knows the grammar of this language; SQLite takes no notice (see publishing.search).
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "english"}
}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = True
# Whatever time is typed in the admin is the body's own, as the public reads it.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]

# A demonstration writes to nobody: it prints its e-mails.
globals().update(
    email_settings("" if FOLKMOOT_DEMONSTRATION else os.environ.get("FOLKMOOT_EMAIL_URL", ""))
)
DEFAULT_FROM_EMAIL = os.environ.get("FOLKMOOT_FROM_EMAIL", "folkmoot@localhost")

# Public pages and sign-in: nothing inline, nothing evaluated, nobody else's host.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
# Wagtail's editor writes styles and scripts into its own pages: staff only.
ADMIN_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, "'unsafe-inline'", "'unsafe-eval'"],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
    }
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Gone with the browser: who has this cookie, from a form, is shown pages that are made afresh.
CSRF_COOKIE_AGE = None
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# A survey page holds long answers: of one that is too long, up to a megabyte in any script comes
# back with what is wrong with it. A post larger than this is refused with a sentence.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("FOLKMOOT_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
