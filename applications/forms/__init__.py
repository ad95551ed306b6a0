"""What comes in from the pages of an application, cleaned."""

from applications.forms.budget import BudgetForm
from applications.forms.rows import PartnersForm, TimetableForm
from applications.forms.texts import AttachmentForm, ConditionForm, ContentForm, DeclarationsForm, IdentityForm

FORMS = {
    form.section: form
    for form in (IdentityForm, PartnersForm, ContentForm, TimetableForm, BudgetForm, DeclarationsForm)
}

__all__ = ["FORMS", "AttachmentForm", "ConditionForm"]
