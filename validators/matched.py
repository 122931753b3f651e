"""The shipment with its lines joined: what belongs to each line of the invoice on every other paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from schemas.ports import Similarity
from schemas.shipments import GoodsItem, LineRef, Shipment
from validators.draft import DraftDocument, read_draft
from validators.goods import Goods, Likeness, goods_of, together
from validators.joining import Joined, join
from validators.papers import DRAFT_TYPE, Cell, Paper, Papers, papers_of


@dataclass(frozen=True, slots=True)
class Matched:
    """Papers and their joined lines. `items` are the invoice's lines; every group's left side is made of them.

    `certificates` has one joining for each certificate, as two of them may cover the same goods.
    """

    papers: Papers
    items: tuple[Goods, ...]
    packing: Joined
    certificates: tuple[tuple[int, Joined], ...]
    draft: Joined
    likeness: Likeness
    unreadable: tuple[str, ...] = ()
    drafted_documents: tuple[DraftDocument, ...] = ()

    def groups(self) -> Iterator[tuple[str, Joined]]:
        """Each other paper's type and its groups."""
        yield "packing_list", self.packing
        for _, groups in self.certificates:
            yield "certificate_of_origin", groups
        yield DRAFT_TYPE, self.draft

    def number(self, ref: LineRef, name: str) -> Cell[Decimal] | None:
        return self.papers.at(ref.document).number(name, ref.line)

    def text(self, ref: LineRef, name: str) -> Cell[str] | None:
        return self.papers.at(ref.document).text(name, ref.line)

    def numbers(self, goods: Sequence[Goods], name: str) -> list[Cell[Decimal]]:
        """The numbers of that name on all lines of the goods; fewer than lines where one has none."""
        return [cell for one in goods for ref in one.lines if (cell := self.number(ref, name)) is not None]

    def texts(self, goods: Sequence[Goods], name: str) -> list[Cell[str]]:
        return [cell for one in goods for ref in one.lines if (cell := self.text(ref, name)) is not None]

    def goods_items(self) -> tuple[GoodsItem, ...]:
        """The joined lines in the form that the declaration is made from."""
        return tuple(
            GoodsItem(
                invoice=item.lines[0],
                packing=self.packing.beside(item.lines[0]),
                certificate=tuple(line for _, groups in self.certificates for line in groups.beside(item.lines[0])),
            )
            for item in self.items
        )


def _texts(goods: Sequence[Goods]) -> list[str]:
    return [text for one in goods for text in one.descriptions]


def _of(papers: Sequence[Paper]) -> list[Goods]:
    return [one for paper in papers for one in goods_of(paper)]


def _with_packing(item: Goods, packing: Joined) -> Goods:
    """The item with what the packing list alone knows of it: certificates repeat its weights, packages and codes."""
    group = packing.of(item.lines[0])
    if group is None or not group.right or len(group.left) > 1:
        return item
    packed = together(group.right)
    return replace(
        item, hs=item.hs or packed.hs, packages=packed.packages, gross=packed.gross, net=item.net or packed.net
    )


def match(shipment: Shipment, similarity: Similarity, twins: Mapping[int, int]) -> Matched:
    """The shipment's papers with their lines joined; `twins` repeat others and are left out of the joining."""
    draft = read_draft(shipment.draft, shipment.draft_file or "draft_declaration.json") if shipment.draft else None
    papers = Papers((*papers_of(shipment.documents, twins), *([draft.paper] if draft else [])))
    items, packed = _of(papers.of("commercial_invoice")), _of(papers.of("packing_list"))
    certificates = [(paper.index, goods_of(paper)) for paper in papers.of("certificate_of_origin")]
    planned = _of(papers.of(DRAFT_TYPE))
    listed = [one for _, goods in certificates for one in goods]
    carried = _of(papers.of("transport_document"))
    likeness = Likeness(
        _texts(items), _texts([*packed, *listed, *planned]), _texts([*items, *packed, *carried]), similarity
    )
    packing = join(items, packed, likeness) if packed else Joined()
    known = [_with_packing(item, packing) for item in items]
    return Matched(
        papers=papers,
        items=tuple(known),
        packing=packing,
        certificates=tuple((index, join(known, goods, likeness)) for index, goods in certificates if goods),
        draft=join(known, planned, likeness) if planned else Joined(),
        likeness=likeness,
        unreadable=draft.unreadable if draft else (),
        drafted_documents=draft.documents if draft else (),
    )
