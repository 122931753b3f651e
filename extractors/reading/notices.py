"""What could not be read, said to a clerk: which file and page, what is wrong, what to do."""

from __future__ import annotations

from schemas.pages import Notice, NoticeKind

_INSTEAD: dict[str, str] = {
    "word": "is a Word document: print it to PDF and send that.",
    "spreadsheet": "is a spreadsheet: print it to PDF and send that.",
    "office": "is an Office file (Word, Excel, PowerPoint or Outlook): print it to PDF and send that.",
    "zip": "is an archive of files: send the papers in it one by one, as PDF, TIFF, PNG or JPEG.",
    "packed": "is an archive of files: send the papers in it one by one, as PDF, TIFF, PNG or JPEG.",
    "email": "is an e-mail: send its attachments as files of their own.",
    "image": "is a picture in a format that is not read: send it as JPEG, PNG or PDF.",
    "html": "is a web page: print it to PDF and send that.",
    "text": "is a plain text file, not a paper: send the paper as PDF, TIFF, PNG or JPEG.",
    "unknown": "is no kind of file that is read: send the paper as PDF, TIFF, PNG or JPEG.",
}
_KIND_NAMES = {"pdf": "a PDF", "tiff": "a TIFF picture", "png": "a PNG picture", "jpeg": "a JPEG picture"}


def shown(file: str) -> str:
    """The sender's file name for a sentence, without signs that would break the line."""
    return "“" + "".join(sign if sign.isprintable() else "�" for sign in file) + "”"


def _place(file: str, page: int | None) -> str:
    return shown(file) if page is None else f"{shown(file)}, page {page},"


def notice(file: str, kind: NoticeKind, says: str, *, page: int | None = None, holds: bool = True) -> Notice:
    """A notice whose message begins with the place: `says` goes on from the file's name."""
    return Notice(file, page, kind, f"{_place(file, page)} {says}", holds)


def unsupported(file: str, kind: str) -> Notice:
    return notice(file, "unsupported", _INSTEAD[kind])


def wrong_extension(file: str, kind: str) -> Notice:
    says = f"is {_KIND_NAMES[kind]} by its content, whatever its name ends in; it was read as that."
    return notice(file, "wrong_extension", says, holds=False)


def empty(file: str) -> Notice:
    return notice(file, "empty", "is empty (0 bytes): send it again.")


def encrypted(file: str) -> Notice:
    return notice(file, "encrypted", "is encrypted: send it again without a password.")


def damaged(file: str) -> Notice:
    return notice(file, "damaged", "is damaged and cannot be opened: send it again.")


def cut_off(file: str, pages: int) -> Notice:
    says = (
        f"is damaged: it ends early. {pages} page{'s' * (pages != 1)} could be found in it, perhaps not whole: "
        "send it again."
    )
    return notice(file, "damaged", says)


def damaged_page(file: str, page: int) -> Notice:
    return notice(file, "damaged", "is damaged and cannot be read: send it again.", page=page)


def too_many_pages(file: str, pages: int, limit: int) -> Notice:
    says = f"has {pages} pages, the limit is {limit}: only the first {limit} were read. Send the rest as another file."
    return notice(file, "too_large", says)


def too_large_picture(file: str, page: int, size: tuple[int, int]) -> Notice:
    width, height = size
    says = f"is a picture of {width:,} × {height:,} pixels, too large to open: send it again at 300 dpi."
    return notice(file, "too_large", says, page=page)


def reduced(file: str, page: int, megapixels: float, limit: int) -> Notice:
    says = (
        f"is a picture of {megapixels:,.0f} megapixels, over the limit of {limit}: it was read smaller. "
        "Check its small print, or send it at 300 dpi."
    )
    return notice(file, "reduced", says, page=page, holds=False)


def blank(file: str, page: int) -> Notice:
    return notice(file, "blank", "is blank.", page=page, holds=False)


def unreadable(file: str, page: int) -> Notice:
    says = "has no readable text: scan it again, upright and sharp, at 300 dpi."
    return notice(file, "unreadable", says, page=page)


def no_picture(file: str, page: int) -> Notice:
    says = "cannot be drawn, so its text could not be compared with what a person sees: send it again as a scan."
    return notice(file, "no_picture", says, page=page)


def false_text(file: str, page: int) -> Notice:
    says = (
        "shows other figures than its text says, which programs would copy: it was read from its picture. "
        "Compare the two, or send it again as a scan."
    )
    return notice(file, "false_text", says, page=page)


def undrawn_text(file: str, page: int) -> Notice:
    says = "has text typed over it that not every program shows, and that was not read: print it to PDF and send that."
    return notice(file, "unreadable", says, page=page)


def engine_failed(file: str, page: int, why: str) -> Notice:
    return notice(file, "unreadable", f"could not be read ({why}): scan it again at 300 dpi.", page=page)
