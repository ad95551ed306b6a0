def receipt_page(request, pk):
    raise NotImplementedError


def application_page(request, pk):
    raise NotImplementedError
