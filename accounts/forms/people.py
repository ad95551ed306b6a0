"""What comes in about people and organisations, cleaned. Nothing is saved here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.member_states import by_name
from accounts.models import AddressChange, Invitation, Membership, Organisation, User
from accounts.roles import appointed, choices_of, is_a_person
from core.fields import CleanCharField, CleanTextField
from promises.notices import kinds_for


class PasswordTwice(forms.Form):
    """A new password, typed twice; its strength is the act's matter."""

    password = forms.CharField(
        label=_("Password"), strip=False, max_length=200,
        help_text=_("At least 12 characters. A sentence only you would think of is best."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    password_again = forms.CharField(
        label=_("The same password again"), strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password") != cleaned.get("password_again"):
            self.add_error("password_again", _("The two passwords differ. Type the same one twice."))
        return cleaned


class ReasonForm(forms.Form):
    reason = CleanTextField(label=_("Reason"), max_length=1000)


# organisations


class OrganisationData(forms.Form):
    """What an organisation says of itself beside its name and Member State."""

    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=Organisation.Kind.choices)
    registration_number = CleanCharField(label=_("Registration number"), max_length=60, required=False)
    vat_number = CleanCharField(label=_("VAT number"), max_length=60, required=False)
    address = CleanTextField(label=_("Registered address"), max_length=500)


class Names(forms.Form):
    name = CleanCharField(
        label=_("Official name of the organisation"),
        max_length=250,
        help_text=_("As it is written, in its own alphabet."),
    )
    latin_name = CleanCharField(label=_("Name in Latin letters"), max_length=250, required=False)


class RegistrationForm(Names, OrganisationData, PasswordTwice):
    """An authority and its first person."""

    member_state = forms.ChoiceField(label=_("Member State"), choices=by_name)
    person = CleanCharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    field_order = [
        "name", "latin_name", "member_state", "kind", "registration_number", "vat_number", "address",
        "person", "email", "password", "password_again",
    ]  # fmt: skip

    def organisation(self):
        names = ["name", "latin_name", "member_state", "kind", "registration_number", "vat_number", "address"]
        return Organisation(**{name: self.cleaned_data[name] for name in names})

    def user(self):
        return User(name=self.cleaned_data["person"], email=self.cleaned_data["email"].lower())


class CorrectionForm(OrganisationData, ReasonForm):
    """What is wrong about an organisation, put right."""

    field_order = ["kind", "registration_number", "vat_number", "address", "reason"]


class RenamingForm(Names, ReasonForm):
    field_order = ["name", "latin_name", "reason"]


class MovingForm(ReasonForm):
    member_state = forms.ChoiceField(label=_("The right Member State"), choices=by_name)

    field_order = ["member_state", "reason"]


class MergingForm(ReasonForm):
    """Into which other organisation; those that share a number come first."""

    into = forms.ModelChoiceField(label=_("The organisation that stays"), queryset=Organisation.objects.none())

    field_order = ["into", "reason"]

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others


# people


class MailsForm(forms.Form):
    """How somebody wants to be told of each kind of thing that may wait for that person."""

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in kinds_for(person):
            self.fields[kind.name] = forms.ChoiceField(
                label=kind.label, help_text=kind.because, initial=kind.pace_of(person), disabled=len(kind.paces) == 1,
                choices=[(one.value, one.label) for one in kind.paces],
            )  # fmt: skip


class AddressForm(forms.Form):
    address = forms.EmailField(
        label=_("New e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def change_of(self, person):
        return AddressChange(person=person, address=self.cleaned_data["address"])


class AddressOfForm(AddressForm, ReasonForm):
    """Of somebody else, with the reason why the old mailbox is not asked."""

    field_order = ["address", "reason"]


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address of your colleague"))


class JoinForm(PasswordTwice):
    name = CleanCharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    field_order = ["name", "password", "password_again"]


class JoinByProviderForm(forms.Form):
    """The end of an invitation without a password: who it is has been shown elsewhere."""

    name = CleanCharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class PlaceFields(forms.Form):
    """A role, and the unit or Member State it is for."""

    role = forms.ChoiceField(label=_("Role"), choices=appointed)
    entity = CleanCharField(
        label=_("Organisational entity"),
        max_length=60,
        required=False,
        help_text=_("For the Commission's people and auditors, e.g. HOME.D.1."),
    )
    member_state = forms.ChoiceField(
        label=_("Member State"),
        choices=lambda: [("", _("none")), *by_name()],
        required=False,
        help_text=_("For evaluators their own; a national auditor sees only this Member State."),
    )

    def place(self):
        return {name: self.cleaned_data[name] for name in ("role", "entity", "member_state")}


class AppointmentForm(PlaceFields):
    name = CleanCharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The invitation goes there; the password is chosen by who reads it.")
    )  # fmt: skip

    field_order = ["name", "email", "role", "entity", "member_state"]

    def invitation(self):
        return Invitation(name=self.cleaned_data["name"], email=self.cleaned_data["email"].lower(), **self.place())


class GrantForm(PlaceFields):
    """One more role for somebody who has an account, perhaps with an end, perhaps to act for somebody."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=_("Whom a national authority's person speaks for."),
    )
    until_at = forms.DateTimeField(
        label=_("Until"), required=False, help_text=_("Brussels time; empty: until somebody ends it."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    on_behalf_of = forms.EmailField(
        label=_("Acts for"), required=False, help_text=_("The e-mail address of whoever is represented.")
    )  # fmt: skip

    field_order = ["role", "organisation", "entity", "member_state", "until_at", "on_behalf_of"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = choices_of(is_a_person)
        self.fields["organisation"].queryset = Organisation.objects.registered().order_by("member_state", "name")

    def clean_on_behalf_of(self):
        return person_with(self.cleaned_data["on_behalf_of"])

    def membership(self, person):
        names = ("organisation", "until_at", "on_behalf_of")
        return Membership(person=person, **self.place(), **{name: self.cleaned_data[name] for name in names})


class NameForm(forms.Form):
    name = CleanCharField(label=_("Name"), max_length=150)


class ClosingForm(ReasonForm):
    successor = forms.EmailField(
        label=_("Who follows"),
        required=False,
        help_text=_(
            "Needed where the person is the last of an organisation: the e-mail address of whoever takes over."
        ),
    )

    field_order = ["successor", "reason"]


class HandingOverForm(ReasonForm):
    successor = forms.EmailField(label=_("E-mail address of who takes over"))

    field_order = ["successor", "reason"]

    def clean_successor(self):
        return person_with(self.cleaned_data["successor"])


class TokenForm(forms.Form):
    """A token for a program, and how much it may do for how long."""

    name = CleanCharField(
        label=_("What it is for"), max_length=60, help_text=_("So that you know later which program carries it.")
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=_("Valid for"), coerce=int, initial=90,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
    )  # fmt: skip
    reads_only = forms.BooleanField(label=_("It only reads"), required=False)


def person_with(email):
    """The person with this address; None where none was given."""
    if not email:
        return None
    if person := User.objects.open().people().filter(email__iexact=email).first():
        return person
    raise forms.ValidationError(_("Nobody has an open account with this e-mail address."))
