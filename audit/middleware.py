"""Notes the door and an id for each request; the id is given back in a header for the help desk."""

from audit.door import door


class DoorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with door("API" if request.path.startswith("/api/") else "WEB") as (_, request_id):
            request.request_id = request_id
            response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response
