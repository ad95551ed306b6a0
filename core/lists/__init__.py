"""One list for the page, the API and the export: what a person sees is exactly what a file contains.

A list is a class: its columns, its filters, its rows through `visible_to`. Everything else stands here.
"""

from core.lists.columns import Column, Filter, choice, search
from core.lists.rows import RowList

__all__ = ["Column", "Filter", "RowList", "choice", "search"]
