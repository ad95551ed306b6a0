"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id at the first of OWASP's settings: 46 MiB and one pass on one core.

    Django's own take 100 MiB on eight cores: sixteen people who sign in at once would take 1.6 GiB from the pages.
    """

    memory_cost = 47104  # KiB
    time_cost = 1
    parallelism = 1
