"""The cells of a CSV file, as spreadsheets write it."""

import csv
import io
from collections.abc import Iterator

MOST_BYTES, MOST_LINES = 200_000, 1000
REQUIRED = ("name", "email", "mobile")
OPTIONAL = ("collar number", "rank or role", "role", "team", "since")
# What people call these columns, too.
ALSO = {
    "full name": "name", "e-mail": "email", "work e-mail": "email", "work email": "email",
    "e-mail address": "email", "email address": "email",
    "mobile number": "mobile", "mobile phone": "mobile", "collar no": "collar number",
    "rank": "rank or role", "job title": "rank or role", "lpt": "team",
}  # fmt: skip
# What each column may be called, in either case: its own name first.
HEADINGS = {
    column: (column, *(other for other, name in ALSO.items() if name == column))
    for column in (*REQUIRED, *OPTIONAL)
}
# How the files of a spreadsheet itself begin, new and old.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
A_WORKBOOK = (
    "This is a workbook, such as Excel keeps. Open it, choose “Save as” and then “CSV UTF-8”, and"
    " bring that file."
)
NOT_UTF_8 = "This file is not in UTF-8, so names could be spoilt. Save it again as “CSV UTF-8”."


class Unreadable(Exception):
    """Why nothing can be read of the file, in a sentence."""


def read_table(content: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and each line below with its number. Raises Unreadable."""
    if content.startswith(WORKBOOKS):
        raise Unreadable(A_WORKBOOK)
    if len(content) > MOST_BYTES:
        raise Unreadable(f"The file is too big. Keep it to {MOST_BYTES // 1000} kB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(NOT_UTF_8) from error
    if "\0" in text:
        raise Unreadable(NOT_UTF_8)
    rows = list(_rows(text))
    if not rows:
        raise Unreadable("The file is empty.")
    (_, head), *body = rows
    columns = [_column(cell) for cell in head]
    if problem := _of_the_head(columns):
        raise Unreadable(problem)
    if not body:
        raise Unreadable("There is no line below the column names.")
    if len(body) > MOST_LINES:
        raise Unreadable(f"The file has {len(body)} lines. Keep it to {MOST_LINES}.")
    return columns, body


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The number of each line that holds anything, from 1 on, and its cells."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = ["\0"]
        number, before = before + 1, max(reader.line_num, before + 1)
        if any(cell.strip() for cell in cells):
            yield number, [cell.strip(" ") for cell in cells]


def _column(cell: str) -> str:
    name = " ".join(cell.lower().replace("_", " ").split())
    return ALSO.get(name, name)


def _of_the_head(columns: list[str]) -> str:
    """What is wrong with the names of the columns, in a sentence; "" if nothing is."""
    if missing := [name for name in REQUIRED if name not in columns]:
        return f"The first line has to name the columns. Missing: {', '.join(missing)}."
    if twice := sorted({name for name in columns if name and columns.count(name) > 1}):
        return f"A column is there twice: {', '.join(twice)[:80]}."
    return ""
