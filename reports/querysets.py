from django.db.models import QuerySet


class ReportFileQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(asked_by=user)
