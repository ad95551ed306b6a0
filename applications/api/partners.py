"""Organisations that may be named as partners, for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.lists import MOST_FOUND, to_name
from accounts.models import Organisation
from applications.parts.incoming import Words, cleaned
from applications.states import APPLICATION


class WantedSerializer(serializers.Serializer):
    q = Words(min_length=2, max_length=100, required=True, allow_blank=False, help_text="Words of a name, or a number.")
    member_state = Words(max_length=2, help_text="The Union's code; empty: all.")


class RegisteredSerializer(serializers.ModelSerializer):
    class Meta:
        model = Organisation
        fields = ["id", "name", "latin_name", "member_state", "kind", "registration_number", "vat_number"]


class NamesPartners:
    """Of the view set of applications."""

    @extend_schema(parameters=[WantedSerializer], responses={200: RegisteredSerializer(many=True)})
    @action(detail=True, methods=["get"])
    def organisations(self, request, pk):
        """Registered organisations that may be named as a partner (`registered_as`): twenty at most."""
        APPLICATION.may_open("edit", self.get_object(), by=request.user)
        said = cleaned(WantedSerializer(data=request.query_params))
        found = to_name(request.user, said["q"], said.get("member_state", ""))
        return Response(RegisteredSerializer(found[:MOST_FOUND], many=True).data)
