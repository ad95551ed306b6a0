"""Signing in, for the access log. Of who could not, the account is noted if there is one, and never what was typed: an
address that nobody here has is kept as a digest, with which tries can be counted and nothing else."""

from accounts.models import User
from audit.looks import Look, digest_of_address, note, who


def note_sign_in(user, status=302):
    note([{**who(user), "kind": Look.Kind.SIGN_IN, "status": status}])


def note_failed_identity(issuer, subject):
    """Somebody whom the provider knows and this house does not."""
    told = {"subject_type": "identity", "subject_id": digest_of_address(f"{issuer} {subject}")}
    note([{**told, "kind": Look.Kind.SIGN_IN_FAILED, "status": 403}])


def note_failed_sign_in(email):
    """The same for both, so that nobody can tell by the time which addresses have an account."""
    user = User.objects.filter(email__iexact=email[:254]).first()
    told = who(user) if user else {"subject_type": "address", "subject_id": digest_of_address(email)}
    note([{**told, "kind": Look.Kind.SIGN_IN_FAILED, "status": 400}])
