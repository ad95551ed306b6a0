#!/usr/bin/env python
"""The door for commands. In development it starts private servers first: the demo's, or those of ISF_INSTANCE."""

import os
import sys

from django.core.management import execute_from_command_line

from tools.services import ensure

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isf_police.settings")
    if os.environ.get("ISF_ENV") == "development":
        for name, value in ensure(os.environ.get("ISF_INSTANCE") or "demo").items():
            os.environ.setdefault(name, value)
    execute_from_command_line(sys.argv)
