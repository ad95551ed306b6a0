from django.utils.translation import gettext_lazy as _

NEEDED = _("The procedure waits for you alone, so this mail always comes.")
