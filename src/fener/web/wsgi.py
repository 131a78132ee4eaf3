"""The WSGI application of a node."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fener.settings")
application = get_wsgi_application()
