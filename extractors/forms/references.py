"""The invoice that a certificate names: in its own column or box, or in the remarks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from extractors.context import Context
from extractors.forms import picking
from extractors.forms.boxes import FormPage
from extractors.forms.items import Items
from extractors.forms.labels import FormLabel
from extractors.forms.lines import line_text, words_of
from extractors.forms.placing import covering, placed
from extractors.forms.sentences import paragraphs
from extractors.forms.table import GoodsTable
from extractors.layout import Span
from extractors.layout.spans import joined
from extractors.values.dates import find_dates
from extractors.values.identifiers import clean_reference
from schemas.fields import Field
from schemas.pages import Page, Word

InvoiceReference = tuple[Field[str] | None, Field[dt.date] | None]

_LINKING = re.compile(
    r"^(?:as|per|laut|selon|según|invoice|rechnung|facture|factura|fattura|of|dated|dtd|dd|date|du|vom|de|del|fecha|"
    r"fechada|datée|data|at|and|&|,|:|/|日期|\()[.:]?$",
    re.IGNORECASE,
)
_GLUED = ("/", "-", "_")


def invoice_of(
    forms: Sequence[FormPage], tables: Sequence[tuple[GoodsTable, Items]], context: Context
) -> InvoiceReference:
    """Number and date of the invoice; the first where several stand there."""
    for table, _ in tables:
        if table.has("invoice"):
            found = _reference(table.form.page, table.lines("invoice"), context)
            if found[0] or found[1]:
                return found
    for form in forms:
        for label in form.labelled("invoice"):
            number, date = _reference(form.page, form.value_lines(label), context)
            if number:
                return number, date or _own_date(forms, context)
    return _told(forms, context)


def _own_date(forms: Sequence[FormPage], context: Context) -> Field[dt.date] | None:
    """The invoice's date under a title of its own."""
    found = (picking.first_value(form, form.labelled("invoice_date"), picking.dated(context)) for form in forms)
    return next((date for date in found if date), None)


_NAMED = re.compile(
    r"(?:\b(?:INVOICES?|INV|(?:HANDELS)?RECHNUNG|FACTURE|FACTURA|FATTURA)\b|发票)\s*(?:\b(?:COMMERCIALE?|COMERCIAL)\b\s*)?(?:\b(?:NO|NR|NUM|NUMBER|N|NUMMER|Nº)\b)?"
    r"[\s.:#°º]*(?P<number>\S*\d\S*)",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"THIRD|PROFORMA|PRO FORMA|DRITT", re.IGNORECASE)


def _told(forms: Sequence[FormPage], context: Context) -> InvoiceReference:
    """The invoice that the remarks name: "As per invoice AB-12 dated 9 March 2026"."""
    for form in forms:
        for label in form.labelled("remarks"):
            for line in form.value_lines(label):
                found = _told_in(form.page, words_of([line]), context)
                if found[0]:
                    return found
    bare = (_alone(form, label, context) for form in forms for label in form.labelled("remarks"))
    return next((found for found in bare if found[0]), None) or _in_sentences(forms, context)


def _in_sentences(forms: Sequence[FormPage], context: Context) -> InvoiceReference:
    """The one invoice that a sentence names: "As per our commercial invoice no. AB-12 dated 9 March 2026"."""
    told = [told for form in forms for told in paragraphs(form)]
    found = [named for one in told if (named := _told_in(one.page, list(one.words), context))[0]]
    return found[0] if len({number.value for number, _ in found if number}) == 1 else _NOTHING


_NOTHING: InvoiceReference = (None, None)


def _alone(form: FormPage, label: FormLabel, context: Context) -> InvoiceReference:
    """A number and a date that are all the remarks say, as chambers of commerce name the invoice."""
    words = words_of(form.value_lines(label))
    run, date = _date(form.page, words, context)
    before = words[: run[0]] if run else []
    bare = len(before) == 1 and run is not None and run[1] == len(words) and _digit(before[0])
    number = clean_reference(before[0].text) if bare else None
    return (placed(before, number, form.page, parse=clean_reference), date) if number and date else _NOTHING


def _told_in(page: Page, words: list[Word], context: Context) -> InvoiceReference:
    text = joined(w.text for w in words)
    named = _NAMED.search(text)
    if named is None or _OTHERS.search(text):
        return None, None
    run = covering(words, named["number"])
    number = clean_reference(named["number"].strip(",;.")) if run else None
    if run is None or not number or _is_date(number):
        return None, None
    field = placed(words[run[0] : run[1]], number, page, parse=clean_reference)
    return field, _date(page, words[run[1] :], context)[1]


def _reference(page: Page, lines: picking.Lines, context: Context) -> InvoiceReference:
    words = words_of(_first_block(lines))
    date_words, date = _date(page, words, context)
    number_words = _number_words(words, date_words)
    if not number_words:
        return None, date
    value = _joined(number_words)
    cleaned = None if _BOX_NUMBER.fullmatch(value) else clean_reference(value)
    return (placed(number_words, cleaned, page, parse=clean_reference) if cleaned else None), date


_BOX_NUMBER = re.compile(r"\d{1,2}[.)]?")
_TOGETHER = 1.8
_DATE_BELOW = 4.0
"""Text heights between the lines of one reference; a date alone may stand lower, being nothing without its number."""


def _ends_title(text: str) -> bool:
    """True for what is left of the box's title: "freigestellt)"; a number may begin with a line of capitals."""
    return not any(c.isdigit() for c in text) and (text.endswith(")") or text[0].islower())


def _is_date(text: str) -> bool:
    return any(len(matched) > len(text.strip()) - 2 for _, matched in find_dates(text, "dmy"))


def _first_block(lines: picking.Lines) -> picking.Lines:
    """The lines that stand together: a wider space divides the references of several items."""
    kept: list[Sequence[Span]] = []
    for line in lines:
        text = line_text(line)
        if not any(c.isalnum() for c in text) or (not kept and _ends_title(text)):
            continue
        reach = _DATE_BELOW if len(kept) == 1 and _is_date(text) else _TOGETHER
        if kept and line[0].box.top - kept[-1][0].box.bottom > reach * max(line[0].height, 5.0):
            break
        kept.append(line)
    return kept


def _date(page: Page, words: Sequence[Word], context: Context) -> tuple[tuple[int, int] | None, Field[dt.date] | None]:
    printed = joined(w.text for w in words)
    for _, matched in find_dates(printed, context.date_order or "dmy"):
        run = covering(words, matched)
        found = picking.dates(page, words[run[0] : run[1]], context) if run else []
        return run, (found[0] if found else None)
    return None, None


def _number_words(words: Sequence[Word], date: tuple[int, int] | None) -> list[Word]:
    """The words before the date, or behind it where it stands first, without "of", "dated" and the like."""
    start, end = date or (len(words), len(words))
    before = [w for w in words[:start] if not _LINKING.match(w.text)]
    behind = [w for w in words[end:] if not _LINKING.match(w.text)]
    chosen = before if any(c.isdigit() for w in before for c in w.text) else behind
    return _number_run(chosen)


def _number_run(words: list[Word]) -> list[Word]:
    """Up to the first word that begins something else: a further sentence or reference."""
    kept: list[Word] = []
    for word in words:
        if not kept and (word.text.endswith(")") or word.text[0].islower()) and not _digit(word):
            continue  # the end of a title: "(Ausfüllung freigestellt)"
        has_digit = any(c.isdigit() for c in word.text)
        if (
            kept
            and any(c.isdigit() for w in kept for c in w.text)
            and not _goes_on(kept[-1], word, has_digit=has_digit)
        ):
            break
        kept.append(word)
    return kept


def _digit(word: Word) -> bool:
    return any(c.isdigit() for c in word.text)


def _goes_on(last: Word, word: Word, *, has_digit: bool) -> bool:
    """A broken number goes on behind a slash or a dash, or on the next line beginning with one."""
    return last.text.endswith(_GLUED) or (has_digit and word.text.startswith(_GLUED))


def _joined(words: Sequence[Word]) -> str:
    out = ""
    for word in words:
        glue = "" if not out or out.endswith(_GLUED) or word.text.startswith(_GLUED) else " "
        out += glue + word.text
    return out
