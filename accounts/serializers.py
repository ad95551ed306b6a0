"""What people and organisations look like to programs, and what their acts take."""

from rest_framework import serializers

from accounts.models import AddressChange, Invitation, Membership, Organisation, Session, User
from accounts.roles import appointed
from core.api import Labelled, StampField
from promises.notices import Pace, kinds_for


class OrganisationSerializer(Labelled):
    class Meta:
        model = Organisation
        fields = ["id", "name", "latin_name", "member_state", "kind", "registration_number", "vat_number", "address",
                  "stamp"]  # fmt: skip
        read_only_fields = ["id", "stamp"]
        validators = []  # the act says it in its own sentence


class PersonSerializer(serializers.ModelSerializer):
    role = serializers.CharField(read_only=True)
    role_label = serializers.CharField(read_only=True)
    organisation = serializers.CharField(source="organisation_name", read_only=True)
    member_state = serializers.CharField(source="state", read_only=True)
    entity = serializers.CharField(read_only=True)
    is_active = serializers.BooleanField(read_only=True)

    class Meta:
        model = User
        fields = ["id", "name", "email", "role", "role_label", "organisation", "member_state", "entity", "is_active",
                  "stamp"]  # fmt: skip


class MailsSerializer(serializers.Serializer):
    mails = serializers.DictField(child=serializers.ChoiceField(Pace.choices), help_text="{kind: pace}")
    stamp = StampField()


class PersonsMailsSerializer(serializers.ModelSerializer):
    mails = serializers.SerializerMethodField(help_text="[{kind, label, because, pace, paces}]")

    class Meta:
        model = User
        fields = ["id", "mails", "stamp"]

    def get_mails(self, person) -> list[dict]:
        return [
            {
                "kind": kind.name, "label": str(kind.label), "because": str(kind.because),
                "pace": kind.pace_of(person), "paces": list(kind.paces),
            }
            for kind in kinds_for(person)
        ]  # fmt: skip


class AddressChangeSerializer(Labelled):
    """A wish for another e-mail address, and who has said yes to it. The links go to the mailboxes alone."""

    class Meta:
        model = AddressChange
        fields = ["id", "person", "former", "address", "reason", "asked_by", "asked_at", "expires_at", "agreed_by",
                  "agreed_at", "confirmed_at", "status", "stamp"]  # fmt: skip
        read_only_fields = fields


class NewAddressSerializer(serializers.Serializer):
    address = serializers.EmailField(max_length=254)


class AddressOfSerializer(NewAddressSerializer):
    person = serializers.PrimaryKeyRelatedField(queryset=User.objects.people())
    reason = serializers.CharField(max_length=1000)


class SessionSerializer(serializers.ModelSerializer):
    name = serializers.CharField(read_only=True, help_text="What to call it by when it is to end.")

    class Meta:
        model = Session
        fields = ["name", "device", "address", "since", "seen_at"]
        read_only_fields = fields


class EndingSerializer(serializers.Serializer):
    session = serializers.CharField(required=False, help_text="Its name; without one, all others end.")


class MembershipSerializer(Labelled):
    """One role of one person; the same fields give a new one."""

    class Meta:
        model = Membership
        fields = [
            "id",
            "person",
            "role",
            "organisation",
            "member_state",
            "entity",
            "on_behalf_of",
            "from_at",
            "until_at",
            "status",
            "stamp",
        ]
        read_only_fields = ["id", "status", "stamp"]
        extra_kwargs = {"from_at": {"required": False}}
        validators = []  # the act says it in its own sentence


class RegistrationSerializer(serializers.Serializer):
    organisation = OrganisationSerializer()
    name = serializers.CharField(max_length=150)
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=200)


class CredentialsSerializer(serializers.Serializer):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=200)


class TokenSerializer(serializers.Serializer):
    token = serializers.CharField(
        allow_null=True, help_text="None where the role needs a second factor, which is set up on the site first."
    )  # fmt: skip


class InvitationSerializer(Labelled):
    """To a colleague of one's own organisation, who needs no more than an address."""

    class Meta:
        model = Invitation
        fields = ["id", "email", "name", "role", "entity", "member_state", "status", "expires_at"]
        read_only_fields = ["id", "name", "role", "entity", "member_state", "status", "expires_at"]


class AppointmentSerializer(serializers.ModelSerializer):
    """To a role that an account administrator gives."""

    role = serializers.ChoiceField(choices=appointed())

    class Meta:
        model = Invitation
        fields = ["email", "name", "role", "entity", "member_state"]
        extra_kwargs = {"name": {"required": True, "allow_blank": False}}
        validators = []  # the act says it in its own sentence


class JoiningSerializer(serializers.Serializer):
    secret = serializers.CharField(max_length=100, help_text="The last part of the address in the mail.")
    name = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=200)


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField()
    stamp = StampField()


class ClosingSerializer(ReasonSerializer):
    successor = serializers.EmailField(
        required=False,
        allow_blank=True,
        max_length=254,
        help_text="Who follows, where the person is the last of an organisation.",
    )


class HandingOverSerializer(ReasonSerializer):
    successor = serializers.PrimaryKeyRelatedField(queryset=User.objects.open().people())


class CorrectingSerializer(ReasonSerializer):
    stamp = StampField(wanted=True)


class CorrectionSerializer(CorrectingSerializer, serializers.ModelSerializer):
    class Meta:
        model = Organisation
        fields = ["latin_name", "kind", "registration_number", "vat_number", "address", "reason", "stamp"]
        extra_kwargs = {name: {"required": False} for name in ("kind", "address")}
        validators = []


class RenamingSerializer(CorrectingSerializer):
    name = serializers.CharField(max_length=250)
    latin_name = serializers.CharField(max_length=250, required=False, allow_blank=True)


class MovingSerializer(CorrectingSerializer, serializers.ModelSerializer):
    class Meta:
        model = Organisation
        fields = ["member_state", "reason", "stamp"]
        validators = []


class MergingSerializer(ReasonSerializer):
    into = serializers.PrimaryKeyRelatedField(queryset=Organisation.objects.registered())
