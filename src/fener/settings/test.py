"""Settings of the test suite: the same product with cheap hashing and a home of its own for each process."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "FENER_HOME" not in os.environ:  # the worker's own folder, gone when it ends
    os.environ["FENER_HOME"] = tempfile.mkdtemp(prefix="fener-test-")
    atexit.register(shutil.rmtree, os.environ["FENER_HOME"], ignore_errors=True)
os.environ.setdefault("FENER_DEMO", "1")

from fener.settings.base import *  # noqa: F403
from fener.settings.base import DATABASES, STATIC_ROOT

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FENER_ARGON2 = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith("sqlcipher"):
    # A file rather than memory: the live server's threads and the proofs that read raw bytes need one.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["FENER_HOME"], "test.db")}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{DATABASES['default']['NAME']}"}
# Of one process, so that a test without a database can empty it; what several share has tests of its own.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
