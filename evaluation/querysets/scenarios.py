"""Who sees what was supposed of a ranked list."""

from django.db.models import Exists, OuterRef, QuerySet

from evaluation.states import ScenarioPhase


class ScenarioQuerySet(QuerySet):
    def visible_to(self, user):
        """Exactly those who see how sure the list is: nobody who is blind on one application of its call."""
        lists = self.model._meta.get_field("ranked_list").related_model.objects
        return self.filter(ranked_list__in=lists.looked_through_by(user))

    def of_call(self, call):
        return self.filter(call=call)

    def kept(self):
        return self.filter(status__in=ScenarioPhase.KEPT)

    def newest_first(self):
        return self.order_by("-made_at", "-pk")

    def with_names(self):
        """`is_current`: whether the list that it was computed from is the one that counts now."""
        lists = self.model._meta.get_field("ranked_list").related_model.objects.current()
        rows = self.select_related("call", "made_by", "ranked_list")
        return rows.annotate(is_current=Exists(lists.filter(pk=OuterRef("ranked_list"))))
