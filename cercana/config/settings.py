"""Django's settings, worked out from the environment variables of ``environment.py`` and nothing else."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from cercana.config.admin_look import ADMIN_LOOK
from cercana.config.database import django_database
from cercana.config.environment import read_environment, secret_key_in

ENVIRONMENT = read_environment(os.environ)
_PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = ENVIRONMENT.is_debug
SECRET_KEY = ENVIRONMENT.secret_key or secret_key_in(ENVIRONMENT.var)
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
PUBLIC_URL = ENVIRONMENT.public_url
ROOT_URLCONF = "cercana.config.urls"
WSGI_APPLICATION = "cercana.config.wsgi.application"

INSTALLED_APPS = [
    "cercana.portal",
    "cercana.desk",
    "cercana.workplace",
    "cercana.api",
    "cercana.api.open311",
    "cercana.demo",
    "cercana.channels.counter",
    "cercana.channels.email",
    "cercana.channels.phone",
    "cercana.critical",
    "cercana.feedback",
    "cercana.conversation",
    "cercana.cases",
    "cercana.accounts",
    "cercana.citizens",
    "cercana.organization",
    "cercana.ui",
    "unfold.apps.BasicAppConfig",
    "cercana.config.admin_app.ConfigurationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "pgtrigger",
    "csp",
]

MIDDLEWARE = [
    "cercana.config.proxies.ProxyMiddleware",
    "cercana.config.compression.PageCompressionMiddleware",
    "cercana.config.content_policy.ContentPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cercana.config.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "cercana.config.body_size.BodySizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cercana.accounts.second_factor.SecondFactorMiddleware",
    "cercana.api.middleware.ApiMiddleware",
    "cercana.config.refusals.RefusalMiddleware",
    "cercana.config.characters.CharacterMiddleware",
]

_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "cercana.ui.environment.environment",
            "context_processors": [
                *_CONTEXT_PROCESSORS,
                "cercana.ui.context.appearance",
                "cercana.organization.context.institution",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT_PROCESSORS},
    },
]

# Data: one PostgreSQL keeps cases, jobs, the cache and the counters of the rate limits, so that nodes share them.
DATABASES = {"default": django_database(ENVIRONMENT)}
# «class» is a word of Python, so the column of that name is the field «class_»; no lookup but equality is asked of it.
# A check is silenced for all fields or for none: tests/config/test_checks.py sees that this one hides those two alone.
SILENCED_SYSTEM_CHECKS = ["fields.E001"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
        # Beyond this the rows with the lowest keys go, counters or not; «sweep_cache» keeps the table far from it.
        "OPTIONS": {"MAX_ENTRIES": 250_000},
    }
}
ATTACHMENTS_ROOT = ENVIRONMENT.var / "attachments"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Jobs: besides the tasks.py of every app, the reactions to events.
PROCRASTINATE_IMPORT_PATHS = ["cercana.config.reactions"]

# Language and time
LANGUAGE_CODE = "es-pe"
LANGUAGES = [("es", "Español"), ("en", "English")]
LOCALE_PATHS = [_PACKAGE / "locale"]
TIME_ZONE = "America/Lima"
USE_TZ = True
USE_I18N = True

# Configuration, as administrators see it
UNFOLD = ADMIN_LOOK

# Static files: built by npm into cercana/ui/static, gathered with immutable names into var/static.
STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.var / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ATTACHMENTS_ROOT},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Staff: who they are and how they sign in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["cercana.accounts.backends.StaffBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:queue"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "cercana.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# Failed second factors, counted by account: whoever gets there knows the password. Passwords: accounts/attempts.py.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key", "login": "60/m/ip"}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Cercana"
# Addresses are entered by an administrator; whoever chose a password by a link would be kept from a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# The browser
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "__Host-sesion" if ENVIRONMENT.is_https else "sesion"
CSRF_COOKIE_NAME = "__Host-csrf" if ENVIRONMENT.is_https else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "cercana.config.refusals.csrf_failure"
SECURE_SSL_REDIRECT = ENVIRONMENT.is_https
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.is_https else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:", "blob:"],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "worker-src": [SELF],
    }
}

# Mail: without a server nothing leaves; the conversation app keeps every message.
EMAIL_BACKEND = (
    "cercana.conversation.transport.ReportedMail"
    if ENVIRONMENT.smtp
    else "django.core.mail.backends.dummy.EmailBackend"
)
MAIL_LEAVES = ENVIRONMENT.smtp is not None
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
EMAIL_TIMEOUT = 20
# Mail that comes in: where people write to, where the worker takes it, and which relay is believed about senders.
MAIL_ADDRESS = ENVIRONMENT.mail_address
MAIL_TAGS_SUBJECT = ENVIRONMENT.tags_subject
MAIL_LISTENER = ENVIRONMENT.mail_listener
MAIL_RELAYS = frozenset(ENVIRONMENT.mail_relays)
MAILBOX = ENVIRONMENT.mailbox
if ENVIRONMENT.smtp:
    EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.smtp.host, ENVIRONMENT.smtp.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.smtp.user, ENVIRONMENT.smtp.password
    EMAIL_USE_SSL = ENVIRONMENT.smtp.is_tls
    EMAIL_USE_TLS = bool(ENVIRONMENT.smtp.user) and not ENVIRONMENT.smtp.is_tls

# Text messages: the gateway that takes them, its key, and how a message is written for it; none go out without one.
SMS_URL, SMS_TOKEN, SMS_BODY = ENVIRONMENT.sms_url, ENVIRONMENT.sms_token, ENVIRONMENT.sms_body

# Notices to phones: the key by which push services know us, if it is not to come from the secret key.
PUSH_KEY = ENVIRONMENT.push_key
PUSH_HOSTS = ENVIRONMENT.push_hosts
MAY_NOTIFY_THIS_MACHINE = ENVIRONMENT.may_notify_this_machine
# Other systems that are told what happens to cases.
WEBHOOK_HOSTS = ENVIRONMENT.webhook_hosts
# A map of tiles to mark a place on, and from where its pages may fetch for it.
MAP_STYLE = ENVIRONMENT.map_style
MAP_ORIGINS = ENVIRONMENT.map_origins
# Which categories civic apps may report and read; all that the rule opens if it is empty.
OPEN311_SERVICES = ENVIRONMENT.open311_services

PROCRASTINATE_ON_APP_READY = "cercana.config.jobs.on_ready"

LOGGING_CONFIG = "cercana.config.logs.configure_logging"
LOGGING = {"is_json": ENVIRONMENT.is_log_json}
