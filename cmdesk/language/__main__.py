"""Starts the language worker."""

import sys

from cmdesk.language.worker import main

sys.exit(main())
