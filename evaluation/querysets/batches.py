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
        """`is_made`: whether the assignment, or the report, stands that came of this line."""
        here = {"batch": OuterRef("batch"), "application": OuterRef("application")}
        assigned = self.made_by_batches("assessments").counting().filter(**here, evaluator=OuterRef("evaluator"))
        appointed = self.made_by_batches("reports").standing().filter(**here, rapporteur=OuterRef("evaluator"))
        return self.select_related("application", "evaluator").annotate(
            number=F("application__reference"), evaluator_name=F("evaluator__name"),
            is_made=Exists(assigned) | Exists(appointed),
        )  # fmt: skip

    def made_by_batches(self, name):
        return self.model._meta.get_field("batch").related_model._meta.get_field(name).related_model.objects
