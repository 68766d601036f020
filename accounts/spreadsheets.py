"""Files that are opened in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet would take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(cell: str) -> str:
    """A cell that a spreadsheet shows as words, whatever they begin with."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def unquoted(cell: str) -> str:
    """A cell as it was before `plain`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def formula_problem(cell: str, what: str) -> str:
    """Why `what` cannot begin like this, in a sentence; "" when it can."""
    if not cell.startswith(FORMULA):
        return ""
    return (
        f"{what} begins with “{cell[0].strip() or 'a tab'}”, as a formula does. Write it without."
    )


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A line of column names and one for each row, no cell of which a spreadsheet would run.

    With a mark of UTF-8 in front, without which Excel would spoil names.
    """
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([plain(str(cell)) for cell in row] for row in rows)
    return file.getvalue()
