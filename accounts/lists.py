from django.utils.translation import gettext_lazy as _

from accounts.member_states import by_name
from accounts.models import User
from accounts.roles import choices_of, is_a_person
from core.lists import Column, RowList, choice, search


class PeopleList(RowList):
    """Colleagues for an applicant; everybody for an account administrator."""

    title = _("People")
    name = "people"
    default_sort = "name"
    columns = (
        Column("name", _("Name"), lambda user: user.name, sort="name"),
        Column("email", _("E-mail"), lambda user: user.email, sort="email"),
        Column("role", _("Role"), lambda user: user.role, text=lambda user: user.role_label),
        Column("organisation", _("Organisation or entity"), lambda user: str(user.organisation or user.entity)),
        Column("member_state", _("Member State"), lambda user: user.state),
        Column(
            "is_active", _("Account"), lambda user: user.is_active,
            text=lambda user: _("open") if user.is_active else _("closed"),
            tone=lambda user: "good" if user.is_active else "neutral",
        ),
    )  # fmt: skip
    filters = (
        search("name", "email"),
        choice("role", _("Role"), choices_of(is_a_person)),
        choice("state", _("Member State"), by_name, lookup="organisation__member_state"),
    )

    def all_rows(self):
        return User.objects.visible_to(self.user).people().select_related("organisation")
