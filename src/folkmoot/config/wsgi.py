"""The application that the server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
application = get_wsgi_application()
# All that is loaded stays as long as the process: the addresses are read before the first request,
# and what is kept is not looked through for waste again, which took a fifth of a second each time.
addresses = get_resolver().url_patterns
gc.collect()
gc.freeze()
