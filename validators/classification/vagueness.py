"""Descriptions that customs does not accept: those made of nothing but words that could be said of any goods.

After the lists of acceptable and unacceptable terms for the description of goods (WCO, Guidelines on advance cargo
information; European Commission, guidance for the entry summary declaration and stop words of ICS2), and what stands
for them in the other languages of trade papers. A word on the list is no fault where another word says what is meant:
"spare parts" is, "spare parts for pumps" is not.
"""

from __future__ import annotations

import re
from typing import Final

from validators.names import folded

# Words that name no goods, and those that name more kinds of goods than one chapter holds; folded, in any number.
_NOUNS: Final = frozenset({
    "accessories", "accessory", "aids", "animals", "apparel", "appliance", "appliances", "article", "articles",
    "assortment", "autoparts", "belongings", "cargo", "chemical", "chemicals", "clothes", "clothing", "commodities",
    "commodity", "components", "consignment", "consumables", "device", "devices", "effects", "electronics",
    "equipment", "equipments", "fabric", "fabrics", "fak", "flooring", "food", "foods", "foodstuff", "foodstuffs",
    "freight", "garment", "garments", "gift", "gifts", "giveaways", "goods", "hardware", "instruments", "item",
    "items", "kits", "machine", "machinery", "machines", "material", "materials", "merchandise", "mercerie",
    "oddments", "parcel", "parcels", "part", "parts", "piece", "pieces", "pipes", "plants", "plastics", "presents",
    "product", "products", "provisions", "rods", "sample", "samples", "scrap", "shipment", "souvenirs", "spares",
    "specimen", "specimens", "stc", "stuff", "sundries", "sundry", "supplies", "textile", "textiles", "things",
    "tiles", "tool", "tools", "toys", "wares", "wires", "artikel", "bekleidung", "bestandteile", "chemikalien",
    "einzelteile", "elektronik", "elektronikartikel", "ersatzteil", "ersatzteile", "gerat", "gerate", "geschenk",
    "geschenke", "gut", "guter", "handelsware", "haushaltswaren", "kleidung", "kleinteile", "lebensmittel",
    "maschine", "maschinen", "maschinenteile", "materialien", "muster", "produkt", "produkte", "proben", "sammelgut",
    "sonstiges", "spielwaren", "stoffe", "stuckgut", "teil", "teile", "textilien", "umzugsgut", "verschiedenes",
    "diverses", "ware", "waren", "warenmuster", "werbeartikel", "werkzeug", "werkzeuge", "zubehor", "zubehorteile",
    "accessoire", "accessoires", "alimentaires", "appareil", "appareils", "biens", "cadeau", "cadeaux", "composants",
    "detachees", "echantillon", "echantillons", "electronique", "equipement", "equipements", "fournitures", "habits",
    "jouets", "marchandise", "marchandises", "materiaux", "materiel", "outillage", "outils", "produit", "produits",
    "rechange", "tissus", "vetements", "accesorios", "alimentos", "aparatos", "articulo", "articulos", "componentes",
    "electronica", "enseres", "equipo", "equipos", "herramientas", "juguetes", "maquinaria", "maquinas", "materiales",
    "mercaderia", "mercaderias", "mercancia", "mercancias", "muestra", "muestras", "obsequios", "pieza", "piezas",
    "producto", "productos", "quimicos", "recambios", "regalo", "regalos", "repuestos", "ropa", "telas", "utiles",
    "abbigliamento", "accessori", "apparecchi", "articoli", "attrezzature", "attrezzi", "beni", "campione",
    "campioni", "componenti", "elettronica", "giocattoli", "indumenti", "macchinari", "macchine", "materiali",
    "merce", "merci", "omaggi", "oggetti", "pezzi", "prodotti", "prodotto", "regali", "ricambi", "ricambio",
    "tessuti", "utensili", "vestiti",
})  # fmt: skip
# Words that make none of those say more.
_QUALIFIERS: Final = frozenset({
    "advertising", "agricultural", "all", "and", "any", "as", "assorted", "attached", "auto", "automotive", "care",
    "cleaning", "commercial", "consolidated", "consumer", "contain", "dangerous", "daily", "different", "domestic",
    "electric", "electrical", "electronic", "for", "free", "general", "hazardous", "heavy", "home", "house",
    "household", "industrial", "invoice", "iron", "kind", "kinds", "ladies", "leather", "list", "machine", "made",
    "marketing", "mens", "men", "metal", "misc", "miscellaneous", "mixed", "ncv", "new", "no", "non", "of", "office",
    "only", "or", "other", "others", "per", "personal", "plastic", "promotional", "purposes", "ready", "repair",
    "replacement", "rubber", "s", "said", "several", "spare", "steel", "testing", "test", "the", "to", "trade",
    "used", "value", "various", "wearing", "with", "without", "womens", "women", "allgemein", "allgemeine", "div",
    "diverse", "fur", "gemischt", "gemischte", "haushalt", "mit", "neu", "ohne", "sonstige", "technische", "und",
    "verschiedene", "wert", "handelswert", "zum", "autres", "avec", "commerciale", "commerciaux", "d", "de", "des",
    "diverses", "divers", "du", "electroniques", "en", "et", "generale", "generales", "gratuits", "industriels", "l",
    "menagers", "personnels", "pour", "sans", "textiles", "valeur", "varies", "comercial", "con", "del", "el",
    "electronicos", "industriales", "la", "las", "los", "otros", "para", "personales", "sin", "surtido", "surtidos",
    "valor", "varias", "varios", "y", "altri", "altro", "di", "diversi", "e", "elettronici", "generici", "il",
    "industriali", "misti", "personali", "senza", "valore", "vari", "varie",
})  # fmt: skip
# What is told apart by its material alone, and so is named with one: "pipes" is on the lists, "steel pipes" is not.
_SHAPES: Final = frozenset({"flooring", "pipes", "plants", "rods", "scrap", "tiles", "wires"})
_MATERIALS: Final = frozenset({"iron", "leather", "metal", "plastic", "plastics", "rubber", "steel"})
# Of the qualifiers those that stand for a description by themselves.
_ALONE: Final = frozenset({
    "consolidated", "contain", "divers", "iron", "steel", "misc", "miscellaneous", "value", "valeur", "valor",
    "valore", "vari", "various", "varios", "handelswert",
})  # fmt: skip
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]+")
_CHINESE_WORDS: Final = (
    "汽车配件", "电子产品", "塑料制品", "家居用品", "个人物品", "促销品", "日用品", "纺织品", "化学品", "无商业价值",
    "样品", "样本", "配件", "零件", "备件", "附件", "部件", "货物", "货品", "礼品", "礼物", "赠品", "杂货", "百货",
    "商品", "产品", "物品", "设备", "机器", "机械", "工具", "服装", "衣服", "布料", "食品", "材料", "电子", "电器",
    "用品", "玩具", "其他", "各种", "一批", "和", "等", "及",
)  # fmt: skip
_ALL_CHINESE: Final = re.compile(f"(?:{'|'.join(_CHINESE_WORDS)})+")


def says_nothing(description: str) -> bool:
    """Whether a description is made of such words alone; figures and single letters do not say what goods are."""
    chinese = _CHINESE.findall(description)
    words = {word for word in folded(_CHINESE.sub(" ", description)).split() if not any(map(str.isdigit, word))}
    telling = {word for word in words if len(word) > 1}
    if not all(_ALL_CHINESE.fullmatch(run) for run in chinese) or telling - _NOUNS - _QUALIFIERS:
        return False
    if telling & _SHAPES and telling & _MATERIALS:
        return False
    return bool(chinese or telling & (_NOUNS | _ALONE))
