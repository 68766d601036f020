"""The test settings with Django's own admin beside the product: for `make bench` alone."""

from pathlib import Path

import django.contrib.admin

from config.settings.test import *

INSTALLED_APPS += ["django.contrib.admin"]
ROOT_URLCONF = "bench.peer"
# The admin's pages are drawn without what frames the product's, which would cost them queries.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(django.contrib.admin.__file__).parent / "templates"],
        "NAME": "admin",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
    *TEMPLATES,
]
