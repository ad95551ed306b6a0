"""Notes the door and an id for each request, which a header gives back for the help desk; then, who looked at what."""

from audit.door import door, this_door
from audit.looks import note_request, watching


class DoorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        name = "API" if request.path.startswith("/api/") else "WEB"
        with door(name, this_door()[1]) as (_, request_id), watching() as seen:
            request.request_id = request_id
            response = self.get_response(request)
            note_request(request, response, seen)
        response["X-Request-Id"] = request_id
        return response
