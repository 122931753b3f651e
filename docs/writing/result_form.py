"""The form of a result, from its models: one table for each, short enough to be read."""

from __future__ import annotations

import inspect
from typing import Any, Final, get_args

from pydantic import BaseModel, TypeAdapter

from docs.writing.markdown import code, page, table
from schemas import declarations, documents, findings, results, values
from schemas.fields import Alternative, Field

Schema = dict[str, Any]
MODELS: Final[tuple[type[BaseModel], ...]] = (
    results.ShipmentResult,
    *get_args(get_args(documents.Document)[0]),
    documents.Part,
    documents.PageMark,
    documents.InvoiceFields,
    documents.InvoiceLine,
    documents.PackingListFields,
    documents.PackingListLine,
    documents.CertificateFields,
    documents.CertificateLine,
    documents.TransportFields,
    documents.TransportLine,
    Field,
    Alternative,
    values.Party,
    values.OriginStatement,
    findings.Finding,
    findings.Evidence,
    findings.Suggestion,
    findings.Decision,
    declarations.Declaration,
    declarations.DeclarationItem,
    declarations.Tax,
    declarations.Preference,
    declarations.ExchangeRate,
    declarations.ValuationAdjustment,
    declarations.Transport,
    declarations.SupportingDocument,
    declarations.Channel,
    declarations.Source,
    declarations.FieldRef,
    results.Export,
    results.Missing,
)
_NAMES: Final = {model.__name__ for model in MODELS}
_HEAD: Final = """\
This is what `tidewaiter clear --json` prints and the archive keeps as `result.json`; `declaration.json` is its
`Declaration`. Amounts, weights and quantities are texts with plain decimals (`"12500.00"`; on input JSON numbers
are taken too), dates are ISO 8601, countries ISO 3166-1 alpha-2 (and `EU`, `XI`, `XK`, `XC`, `XL`), currencies ISO
4217, units UN/ECE Recommendation 20, kinds of packages Recommendation 21.

What a paper does not carry is left out of its fields; it is never guessed. What is not declared is `null`. Each
field of a paper, and of its lines, is a [Field](#field); the tables of papers name the form of its `value`."""
_PLAIN: Final = {
    "integer": "whole number",
    "number": "number",
    "boolean": "yes or no",
    "string": "text",
    "null": "null",
}
_FORMATS: Final = {"date": "date", "date-time": "date and time (UTC)"}


def result_page() -> str:
    return page("The form of a result", _HEAD, *map(_section, MODELS))


def _section(model: type[BaseModel]) -> str:
    schema = model.model_json_schema(by_alias=True)
    rows = [(code(name), form(told, schema.get("$defs", {}))) for name, told in schema["properties"].items()]
    computed = [(code(name), form(_computed(one.return_type), {})) for name, one in model.model_computed_fields.items()]
    return f"## {model.__name__}\n\n{_meaning(model)}{table(('name', 'form'), [*rows, *computed])}"


def form(schema: Schema, known: Schema) -> str:
    """What may stand there, in words; null is left out, as it may stand wherever nothing is known."""
    if "$ref" in schema:
        return _of_model(schema["$ref"].rpartition("/")[2], known)
    if "anyOf" in schema or "oneOf" in schema:
        return _choice([*schema.get("anyOf", ()), *schema.get("oneOf", ())], known)
    if "enum" in schema or "const" in schema:
        return _one_of(schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"{schema['maxItems']} numbers" if "prefixItems" in schema else f"list of {form(schema['items'], known)}"
    if schema.get("type") == "object":
        return f"a map to {form(schema['additionalProperties'], known)}"
    told = _FORMATS.get(schema.get("format", "")) or _PLAIN.get(schema.get("type", ""), "as the field says")
    return f"{told} like `{schema['pattern']}`" if "pattern" in schema else told


def _of_model(name: str, known: Schema) -> str:
    """A link to the model's table; of a field of a certain type, the form of its value."""
    if "Field_" in name:
        return form(known[name]["properties"]["value"], known)
    if name == "FieldSet":
        return "nothing"  # another paper, whose fields nobody reads
    plain = "Alternative" if "Alternative" in name else name
    if plain not in _NAMES:
        raise LookupError(f"{plain} has no table: add it to MODELS")
    return f"[{plain}](#{plain.lower()})"


def _choice(choices: list[Schema], known: Schema) -> str:
    among = [one for one in choices if one.get("type") != "null"]
    if [one.get("type") for one in among] == ["number", "string"]:
        return "decimal as text"
    return ", ".join(dict.fromkeys(form(one, known) for one in among))


def _one_of(choices: list[str]) -> str:
    if set(choices) == set(get_args(findings.FindingCode)):
        return "one of [these codes](findings.md)"
    return ", ".join(code(one) for one in choices)


def _computed(kind: type[object]) -> Schema:
    return TypeAdapter(kind).json_schema()


def _meaning(model: type[BaseModel]) -> str:
    """Its own docstring: a model without one would say that of the class that it derives from."""
    return f"{inspect.cleandoc(model.__doc__)}\n\n" if model.__doc__ and "__doc__" in model.__dict__ else ""
