"""Ids in what a page sent back."""

from uuid import UUID


def id_in(text):
    """An id as a page wrote it; any other text is the id of nothing."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
