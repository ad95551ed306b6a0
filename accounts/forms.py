"""What comes in about people, cleaned. Nothing is saved here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.member_states import by_name
from accounts.models import Organisation, User
from accounts.roles import Role, choices_of, is_appointed
from core.fields import CleanCharField, CleanTextField


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


class RegistrationForm(PasswordTwice):
    """An authority and its first person."""

    name = CleanCharField(
        label=_("Official name of the organisation"),
        max_length=250,
        help_text=_("As it is written, in its own alphabet."),
    )
    latin_name = CleanCharField(label=_("Name in Latin letters"), max_length=250, required=False)
    member_state = forms.ChoiceField(label=_("Member State"), choices=by_name)
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=Organisation.Kind.choices)
    registration_number = CleanCharField(label=_("Registration number"), max_length=60, required=False)
    vat_number = CleanCharField(label=_("VAT number"), max_length=60, required=False)
    address = CleanTextField(label=_("Registered address"), max_length=500)
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


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address of your colleague"))


class JoinForm(PasswordTwice):
    name = CleanCharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    field_order = ["name", "password", "password_again"]


class AppointmentForm(PasswordTwice):
    name = CleanCharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=choices_of(is_appointed))
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

    field_order = ["name", "email", "role", "entity", "member_state", "password", "password_again"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("role") == Role.NATIONAL_AUDITOR and not cleaned.get("member_state"):
            self.add_error("member_state", _("Choose the Member State of the national auditor."))
        return cleaned

    def user(self):
        names = ["name", "role", "entity", "member_state"]
        values = {name: self.cleaned_data[name] for name in names}
        return User(email=self.cleaned_data["email"].lower(), **values)


class ReasonForm(forms.Form):
    reason = CleanTextField(label=_("Reason"), max_length=1000)
