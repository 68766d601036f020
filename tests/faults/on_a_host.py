"""The test settings on a machine of another name, with production's patience for PostgreSQL."""

import os
import socket

from config.settings import test
from config.settings.test import *  # noqa: F403

socket.gethostname = lambda: os.environ["BLUELAMP_TEST_HOST"]
test.DATABASES["default"]["OPTIONS"] = test.POSTGRES_OPTIONS
