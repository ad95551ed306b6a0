"""Who sees which batch of assignments, and which of its lines."""

from django.db.models import Exists, F, OuterRef, QuerySet

from accounts.roles import sees_whole_calls
from evaluation.querysets.judging import kept_from
from programmes.models import Call


class BatchQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(call__in=Call.objects.visible_to(user)) if sees_whole_calls(user) else self.none()

    def of_call(self, call):
        return self.filter(call=call)

    def newest_first(self):
        return self.order_by("-made_at")


class BatchLineQuerySet(QuerySet):
    def visible_to(self, user):
        """Nobody sees who else judges what the reader judges, or is in conflict with."""
        if not sees_whole_calls(user):
            return self.none()
        return self.exclude(application__in=kept_from(user).values("pk"))

    def refused(self):
        return self.exclude(refusal="")

    def with_names(self):
        """`is_made`: whether the assignment stands that came of this line."""
        assessments = self.model._meta.get_field("batch").related_model._meta.get_field("assessments").related_model
        made = assessments.objects.counting().filter(
            batch=OuterRef("batch"), application=OuterRef("application"), evaluator=OuterRef("evaluator")
        )
        return self.select_related("application", "evaluator").annotate(
            number=F("application__reference"), evaluator_name=F("evaluator__name"), is_made=Exists(made)
        )
