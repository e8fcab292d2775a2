"""Settings of Superset itself, which loads this file because SUPERSET_CONFIG_PATH names it.

Everything that Superset writes stands in the folder that SUPERSET_HOME names, with the generated secret key.
"""

import os
from pathlib import Path

HOME = Path(os.environ["SUPERSET_HOME"])

SECRET_KEY = (HOME / "secret_key").read_text(encoding="utf-8").strip()
SQLALCHEMY_DATABASE_URI = f"sqlite:///{HOME / 'superset.db'}"

# No answer is kept: a newly published file shows at the next reload.
CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
DATA_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}

LANGUAGES = {"fr": {"flag": "fr", "name": "Français"}, "en": {"flag": "gb", "name": "English"}}
BABEL_DEFAULT_LOCALE = "fr"
D3_FORMAT = {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"]}

# The browser talks to this server only: Superset's own policy lets it ask maps, fonts and a counter of visitors of others.
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,  # served on loopback, without TLS
    "session_cookie_secure": False,
}
