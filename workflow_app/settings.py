"""Settings; what differs between machines comes from the environment."""

import os
import sys
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="demo-key-for-127.0.0.1-only-change-it-before-production-0123456789")
# Keys of before: what was sealed under them stays readable.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DEMO = env.bool("DEMO", default=True)
SOURCE_URL = env("SOURCE_URL", default="https://github.com/shangxia/shangxia")

INSTALLED_APPS = [
    "channels",
    "django.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "viewflow.workflow",
    "workflow_app",
    "flows",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "workflow_app.pages.packed.Packed",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "workflow_app.pages.idling.EndingSessions",
    "workflow_app.pages.demanding.DemandingSecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "workflow_app.urls"
ASGI_APPLICATION = "workflow_app.asgi.application"
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
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# On PostgreSQL the owner of the tables migrates and grants; the application runs under a role of its own (grants.py).
AS_OWNER = sys.argv[1:2] in (["migrate"], ["grant"])
DATABASE_URL = env("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'shangxia.sqlite3'}"
APPLICATION_ROLE = env.db_url_config(DATABASE_URL).get("USER", "")
DATABASES = {"default": env.db_url_config((AS_OWNER and env("MIGRATE_DATABASE_URL", default="")) or DATABASE_URL)}
DATABASES["default"].setdefault("OPTIONS", {})
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL carries a corruption bug before SQLite 3.51.3, so the rollback journal is kept.
    DATABASES["default"]["OPTIONS"] |= {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["OPTIONS"] |= {"options": "-c lock_timeout=15000"}
    DATABASES["default"]["CONN_MAX_AGE"] = 60
# The door's reads are prepared once a connection. Switch off behind a pooler that changes connections between transactions.
PREPARE_STATEMENTS = env.bool("PREPARE_STATEMENTS", default=True)
REDIS_URL = env("REDIS_URL", default="")
# Seconds between two looks of a hub at the event rows. Redis, where there is one, wakes it in between.
LIVE_PAUSE = env.float("LIVE_PAUSE", default=0.4)

AUTH_USER_MODEL = "workflow_app.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
# One person's typing errors lock that account at that address: not the whole office behind it, and not the account everywhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "pages/locked_out.html"
AXES_VERBOSE = False
# Whoever has a seat or an administrator's office needs a second factor before anything else opens. Off in the demo, whose logins are public.
SECOND_FACTOR = env.bool("SECOND_FACTOR", default=not DEMO)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "workflow_app.pages.entrance.Factors"
MFA_TOTP_ISSUER = "干部职务调整办理系统"
MFA_TOTP_TOLERANCE = 1  # phones are up to half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts have no mail address here
# Browsers offer passkeys over HTTPS, or to a name like localhost; the address is checked by the library unless this is the demo.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
ACCOUNT_ADAPTER = "workflow_app.pages.entrance.Entrance"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Wrong codes of a second factor and wrong passwords asked for again; django-axes counts both, too, as it does at the entrance.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key", "reauthenticate": "20/5m/user"}
# The office's own directory of people (OpenID Connect); without an issuer there is no trace of one. The claim names the account.
OIDC_ISSUER = env("OIDC_ISSUER", default="")
OIDC_NAME = env("OIDC_NAME", default="统一身份认证")
OIDC_CLAIM = env("OIDC_CLAIM", default="preferred_username")
OIDC_APP = {
    "provider_id": "office", "name": OIDC_NAME, "client_id": env("OIDC_CLIENT_ID", default=""), "secret": env("OIDC_CLIENT_SECRET", default=""),
    "settings": {"server_url": OIDC_ISSUER},
}  # fmt: skip
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC_APP], "OAUTH_PKCE_ENABLED": True}} if OIDC_ISSUER else {}
SOCIALACCOUNT_ADAPTER = "workflow_app.pages.directory.Directory"
SOCIALACCOUNT_LOGIN_ON_GET = True
# Codes that were used and tries that were counted, for all processes alike.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "workflow_app_remembered"}}
SESSION_COOKIE_AGE = 8 * 3600
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=30 * 60)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
HTTPS = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "object-src": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# Without collected files (tests, development) they are found where they lie.
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "admin").exists()
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
# Command that reads a file from its standard input and answers 0 (clean) or 1 (infected), e.g. "clamdscan --no-summary -". Empty: none.
UPLOAD_SCANNER = env("UPLOAD_SCANNER", default="")

# Digest of records: "sha256" or "sm3".
RECORD_DIGEST = env("RECORD_DIGEST", default="sha256")
# Ed25519 key (PEM) that signs the heads of the sealed record; the demo makes its own.
SEAL_KEY = env("SEAL_KEY", default=str(VAR_DIR / "keys" / "seal.pem"))
# The one clock: tests and drills may fix it (ISO time), production must leave it empty.
FIXED_NOW = env("FIXED_NOW", default="")
# Mail, as a URL: smtp://user:password@host:25, smtp+tls://…; the default only prints in the worker's log.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="shangxia@localhost")
# Where people sign in; stands in mails.
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000/")
# Dotted name of a class with `send(number, text)`; empty: no text messages.
SMS_GATEWAY = env("SMS_GATEWAY", default="")
# Bearer token of the monitor that reads /metrics; empty: only this machine may.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
FONT_DIR = VAR_DIR / "fonts"
# Where organs keep their signing keys (workflow_app.signet.keys), and whose certificates count: files, separated by commas.
ORGAN_KEYS = env("ORGAN_KEYS", default="workflow_app.signet.keys.FileKeys")
ORGAN_KEY_DIR = env("ORGAN_KEY_DIR", default=str(VAR_DIR / "keys" / "organs"))
ORGAN_KEY_MODULE = env("ORGAN_KEY_MODULE", default="")
ORGAN_KEY_PIN = env("ORGAN_KEY_PIN", default="")
ORGAN_TRUST = env.list("ORGAN_TRUST", default=[])
# Time stamp authority (RFC 3161) for signatures. Empty: the demonstration has a clock of its own, others sign without one.
TIMESTAMP_URL = env("TIMESTAMP_URL", default="")
# Where the public reaches this installation; printed on papers as the address that answers for them.
PUBLIC_URL = env("PUBLIC_URL", default="http://127.0.0.1:8000")
# Processes that print papers, started with the first paper; 0: one a processor, at most four.
RENDERERS = env.int("RENDERERS", default=0) or max(1, min(4, (os.cpu_count() or 1) - 1))
# How many years an entry of a candidate pool holds before it must be reviewed (a project default).
POOL_YEARS = env.int("POOL_YEARS", default=2)
# Hours of training an assessor should have in a year: a target of a local text that is shown; nothing computes with it.
ASSESSOR_HOURS = env.int("ASSESSOR_HOURS", default=60)
COUNT_POSTING_DAY = env.bool("COUNT_POSTING_DAY", default=False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
