"""The budget of an application as a workbook: taken away, filled in anywhere, and compared when it comes back."""

from applications.workbook.back import cells_of, compared
from applications.workbook.out import workbook_of

__all__ = ["cells_of", "compared", "workbook_of"]
