"""Django's settings. Everything that differs between sites comes from `config` and `environment`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from standfirst import kit
from standfirst.kit.sitefolder import SiteFolder
from standfirst.project import config as site_config
from standfirst.project import environment

_env = environment.read()
STANDFIRST_SITE = SiteFolder(_env.site)
STANDFIRST = site_config.load(STANDFIRST_SITE)
STANDFIRST_ROLE = _env.role

SECRET_KEY = site_config.signing_key(STANDFIRST_SITE)
STANDFIRST_SPOOL_KEY = site_config.spool_key(STANDFIRST_SITE) if STANDFIRST_ROLE == "task" else ""
STANDFIRST_VAPID_KEY = site_config.vapid_key(STANDFIRST_SITE) if STANDFIRST_ROLE == "task" else ""
STANDFIRST_CDN_TOKEN = site_config.cdn_token(STANDFIRST_SITE) if STANDFIRST_ROLE == "task" else ""
DEBUG = _env.debug
_hosts = {urlsplit(STANDFIRST.base_url).hostname, urlsplit(STANDFIRST.desk_url).hostname}
ALLOWED_HOSTS = sorted({host for host in _hosts if host} | {"localhost", "127.0.0.1", "[::1]"})
_own_url = STANDFIRST.base_url if STANDFIRST_ROLE == "public" else STANDFIRST.desk_url
CSRF_TRUSTED_ORIGINS = ["://".join(urlsplit(_own_url)[:2])]  # a front that ends TLS asks us by http

INSTALLED_APPS = [
    "standfirst.project",
    "standfirst.theme",
    "standfirst.migration",
    "standfirst.archive",
    "standfirst.syndication",
    "standfirst.wire",
    "standfirst.stories",
    "standfirst.readers",
    "standfirst.editions",
    "standfirst.bake",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "standfirst.readers.apps.DeskUsersConfig",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "standfirst.project.forwarded.ForwardedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "standfirst.stories.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

if STANDFIRST_ROLE == "desk":
    MIDDLEWARE += ["standfirst.stories.middleware.DeskMiddleware"]

ROOT_URLCONF = "standfirst.project.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


def _databases() -> dict[str, dict[str, Any]]:
    """SQLite: main data and bake index in separate files, so that baking never waits for an editor.

    Desk requests are atomic on the main database. Postgres: one database for both.
    """
    if STANDFIRST.database_url:
        url = urlsplit(STANDFIRST.database_url)
        return {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": url.path.lstrip("/"),
                "USER": url.username or "",
                "PASSWORD": url.password or "",
                "HOST": url.hostname or "",
                "PORT": str(url.port or ""),
                "ATOMIC_REQUESTS": True,
            }
        }
    sqlite = {
        "ENGINE": "django.db.backends.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA wal_autocheckpoint=4000;",  # bakers do it sooner, while nobody waits
        },
    }
    return {
        "default": {**sqlite, "NAME": str(STANDFIRST_SITE.main_db), "ATOMIC_REQUESTS": True},
        "bake": {**sqlite, "NAME": str(STANDFIRST_SITE.bake_db)},
    }


DATABASES = _databases()
DATABASE_ROUTERS = ["standfirst.bake.router.BakeRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "readers.User"
AUTHENTICATION_BACKENDS = ["standfirst.readers.backends.StaffBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# A cookie set on one port of a host goes to every port of it: each role has names of its own.
SESSION_COOKIE_NAME = f"standfirst_{STANDFIRST_ROLE}_session"
CSRF_COOKIE_NAME = f"standfirst_{STANDFIRST_ROLE}_csrf"
SESSION_COOKIE_PATH = "/-/" if STANDFIRST_ROLE == "public" else "/"
CSRF_COOKIE_PATH = SESSION_COOKIE_PATH
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _own_url.startswith("https:")
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False  # Wagtail's editor reads it
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview panel is a frame of the desk
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

LANGUAGE_CODE = "en"  # of the code; what the desk speaks is decided in standfirst.stories.languages
LANGUAGES = [("en", "English"), ("uk", "Українська"), ("ar", "العربية")]
_rooms = Path(kit.__file__).parents[1]
LOCALE_PATHS = [
    str(_rooms / "stories" / "wagtail" / "locale"),  # what we say in Wagtail's place
    str(_rooms / "kit" / "locale"),  # kit is no Django app: its words are found so
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = str(STANDFIRST_SITE.root / "cache" / "static.new")  # renamed once whole, see processes
MEDIA_ROOT = str(STANDFIRST_SITE.uploads)
MEDIA_URL = "/uploads/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a long story in blocks

WAGTAIL_SITE_NAME = "Standfirst"
WAGTAILADMIN_BASE_URL = STANDFIRST.desk_url
WAGTAILIMAGES_IMAGE_MODEL = "stories.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "standfirst.stories.pictures.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 50_000_000  # bytes; the gate in standfirst.kit.images is stricter by format
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 80_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "stories.File"
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[object] = []  # nothing is fetched past standfirst.kit.fetch
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False  # until mail has its room; an administrator sets a new one
WAGTAIL_AUTOSAVE_INTERVAL = 2000  # milliseconds
WAGTAILADMIN_USER_LOGIN_FORM = "standfirst.readers.forms.SignInForm"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {name: {"level": "WARNING"} for name in ("wagtail", "django_tasks", "PIL")},
    "root": {"handlers": ["console"], "level": "INFO" if STANDFIRST_ROLE == "task" else "WARNING"},
}

# USERNAME_FIELD is unique per kind of account; StaffBackend looks among staff only.
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004"]
