"""Deliveries through the API."""

from core.api import Labelled, VisibleViewSet
from promises.lists import PromiseList
from promises.models import Promise
from promises.states import PROMISE


class PromiseSerializer(Labelled):
    class Meta:
        model = Promise
        fields = ["id", "kind", "subject_name", "status", "due_at", "made_at", "kept_at", "attempts", "last_error"]


class PromiseViewSet(VisibleViewSet):
    queryset = Promise.objects.all()
    serializer_class = PromiseSerializer
    workflow = PROMISE
    row_list = PromiseList
