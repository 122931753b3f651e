"""Invented companies and where they sit: names from word lists, streets and towns of each trading country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.truth import Company

_STEMS: Final = (
    "Aldora", "Brenvik", "Calmora", "Dunmere", "Eskvale", "Farrowdale", "Glenhurst", "Halvora", "Istrava", "Jorvana",
    "Kestara", "Lunetta", "Marrowby", "Norwenna", "Ostrava Bay", "Pelloria", "Quillan", "Ravensmoor", "Soltera",
    "Thornwick", "Umbria Nova", "Valderra", "Westerling", "Xandria", "Yarrowby", "Zelmira", "Amberholt", "Birchwood",
    "Copperfield Bay", "Drakensund", "Elmstead", "Fennimore", "Goldquay", "Hollowbrook", "Ironbridge Lane", "Juniper",
)  # fmt: skip
_TRADES: Final = (
    "Trading", "Industries", "Components", "Supplies", "Imports", "Manufacturing", "Wholesale", "Technik", "Products",
    "Commerce", "Works", "Distribution",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A town as the last address line prints it, with the port or airport that serves it."""

    town: str
    port: str


@dataclass(frozen=True, slots=True)
class Land:
    """What companies of one country look like. `currency` is what its exporters invoice in."""

    forms: tuple[str, ...]
    streets: tuple[str, ...]
    places: tuple[Place, ...]
    currency: str
    tax: str


LANDS: Final[dict[str, Land]] = {
    "CN": Land((" Co., Ltd.",), ("No. 18 Gangwan Road", "Building 6, 220 Xinhe Avenue", "Room 903, 51 Huanshi Road"),
               (Place("Ningbo, Zhejiang 315000", "Ningbo"), Place("Foshan, Guangdong 528000", "Nansha"),
                Place("Qingdao, Shandong 266000", "Qingdao")), "USD", "9133{10}X2"),
    "VN": Land((" Co., Ltd.", " Joint Stock Company"), ("Lot B4, Tan Thuan Zone", "212 Le Loi Street"),
               (Place("Ho Chi Minh City", "Cat Lai"), Place("Hai Phong", "Hai Phong")), "USD", "0{9}"),
    "IN": Land((" Pvt. Ltd.", " Ltd."), ("Plot 44, GIDC Estate", "17 Anna Salai", "Survey No. 210, NH 48"),
               (Place("Ahmedabad 380015", "Mundra"), Place("Chennai 600002", "Chennai")), "USD", "24AAB{7}Z5"),
    "TR": Land((" A.S.", " Ltd. Sti."), ("Ataturk Bulvari 118", "Organize Sanayi 7. Cadde 4"),
               (Place("35410 Izmir", "Izmir"), Place("34522 Istanbul", "Ambarli")), "USD", "{10}"),
    "TW": Land((" Co., Ltd.", " Corp."), ("No. 12, Lane 40, Minsheng Road", "No. 305, Zhongshan Road"),
               (Place("Taichung 407", "Taichung"), Place("Kaohsiung 806", "Kaohsiung")), "USD", "{8}"),
    "MY": Land((" Sdn. Bhd.",), ("Lot 8, Jalan Perdana 2", "22 Jalan Industri 5"),
               (Place("42000 Port Klang", "Port Klang"), Place("81700 Johor", "Pasir Gudang")), "USD", "C {11}"),
    "BD": Land((" Ltd.", " Limited"), ("House 9, Road 12, Sector 4", "Plot 61, BSCIC Area"),
               (Place("Dhaka 1230", "Chattogram"), Place("Gazipur 1704", "Chattogram")), "USD", "{9}-0101"),
    "PT": Land((" S.A.", " Lda."), ("Rua do Outeiro 88", "Avenida da Liberdade 304"),
               (Place("4450-208 Matosinhos", "Leixões"), Place("2910-300 Setúbal", "Setúbal")), "EUR", "PT 5{8}"),
    "DE": Land((" GmbH", " GmbH & Co. KG", " AG"), ("Industriestraße 14", "Am Hafen 3", "Lindenallee 27"),
               (Place("20457 Hamburg", "Hamburg"), Place("70565 Stuttgart", "Bremerhaven")), "EUR", "DE8{8}"),
    "AT": Land((" GmbH", " GmbH & Co. KG"), ("Hauptstraße 9", "Gewerbepark 2"),
               (Place("4020 Linz", "Linz"), Place("8010 Graz", "Graz")), "EUR", "ATU6{7}"),
    "IT": Land((" S.r.l.", " S.p.A."), ("Via dell'Industria 31", "Via Garibaldi 104"),
               (Place("16126 Genova", "Genova"), Place("36100 Vicenza", "Venezia")), "EUR", "IT0{10}"),
    "PL": Land((" Sp. z o.o.",), ("ul. Portowa 12", "ul. Fabryczna 7"),
               (Place("81-336 Gdynia", "Gdynia"), Place("61-248 Poznan", "Gdansk")), "EUR", "PL{10}"),
    "GB": Land((" Ltd", " Limited", " plc"), ("Unit 4, Dockside Park", "31 Mill Lane", "The Old Works, Canal Street"),
               (Place("Felixstowe IP11 3SY", "Felixstowe"), Place("Liverpool L20 1EA", "Liverpool")), "GBP", "GB 3{8}"),
    "US": Land((" Inc.", " LLC", " Corp."), ("4200 Harbor Way", "118 Commerce Drive", "77 Industrial Loop"),
               (Place("Savannah, GA 31408", "Savannah"), Place("Long Beach, CA 90802", "Long Beach")), "USD", "{9}"),
    "NL": Land((" B.V.",), ("Waalhaven 24", "Distripark 110"),
               (Place("3089 JH Rotterdam", "Rotterdam"), Place("1043 AP Amsterdam", "Amsterdam")), "EUR", "NL8{8}B01"),
    "CH": Land((" AG", " GmbH"), ("Bahnhofstrasse 51", "Industriestrasse 8"),
               (Place("4057 Basel", "Basel"), Place("8048 Zürich", "Zürich")), "CHF", "CHE-1{8}"),
    "NO": Land((" AS",), ("Havnegata 12", "Industriveien 30"),
               (Place("0150 Oslo", "Oslo"), Place("5003 Bergen", "Bergen")), "NOK", "NO9{8}MVA"),
    "JP": Land((" Co., Ltd.", " K.K."), ("2-8-1 Kaigan, Minato-ku", "1-15 Sakae, Naka-ku"),
               (Place("Tokyo 105-0022", "Tokyo"), Place("Nagoya 460-0008", "Nagoya")), "JPY", ""),
    "AU": Land((" Pty Ltd",), ("60 Foreshore Road", "9 Tradewinds Court"),
               (Place("Botany NSW 2019", "Sydney"), Place("Port Melbourne VIC 3207", "Melbourne")), "AUD", "ABN 5{10}"),
    "AE": Land((" LLC", " FZE"), ("Plot S30412, South Zone", "Al Quoz Street 19"),
               (Place("Jebel Ali, Dubai", "Jebel Ali"), Place("Sharjah", "Khalid Port")), "AED", "1{14}"),
    "TH": Land((" Co., Ltd.",), ("99/7 Moo 4 Sukhumvit Road", "45 Rama III Road"),
               (Place("Chonburi 20230", "Laem Chabang"), Place("Bangkok 10120", "Bangkok")), "USD", "0105{9}"),
    "MX": Land((" S.A. de C.V.",), ("Av. Insurgentes 1450", "Calle Puerto 22"),
               (Place("28219 Manzanillo", "Manzanillo"), Place("91700 Veracruz", "Veracruz")), "USD", "XAX{6}AB1"),
    "FR": Land((" SARL", " SAS", " S.A."), ("14 rue des Tanneurs", "ZI Nord, 8 avenue du Port", "27 bis quai Sud"),
               (Place("76600 Le Havre", "Le Havre"), Place("69007 Lyon", "Fos-sur-Mer"),
                Place("59140 Dunkerque", "Dunkerque")), "EUR", "FR4{10}"),
    "BE": Land((" SA", " SRL"), ("Chaussée de Mons 112", "Rue du Canal 9"),
               (Place("2030 Antwerpen", "Antwerpen"), Place("4000 Liège", "Antwerpen")), "EUR", "BE0{9}"),
    "ES": Land((" S.L.", " S.A."), ("Calle de la Industria 42", "Polígono Sur, nave 7", "Avda. del Puerto 110"),
               (Place("46024 Valencia", "Valencia"), Place("08039 Barcelona", "Barcelona"),
                Place("48950 Erandio", "Bilbao")), "EUR", "ESB{8}"),
    "CL": Land((" S.A.", " SpA"), ("Av. Apoquindo 3120", "Camino Lo Boza 88"),
               (Place("Valparaíso", "Valparaíso"), Place("San Antonio", "San Antonio")), "USD", "7{7}-4"),
    "MA": Land((" SARL", " S.A."), ("Lot 17, Zone industrielle", "45 boulevard Zerktouni"),
               (Place("20250 Casablanca", "Casablanca"), Place("90000 Tanger", "Tanger Med")), "EUR", "{8}"),
}  # fmt: skip


def company(country: str, chance: Chance, *, place: Place | None = None) -> Company:
    """An invented company of that country.

    Raises:
        KeyError: the country is not in `LANDS`.
    """
    land = LANDS[country]
    name = f"{chance.pick(_STEMS)} {chance.pick(_TRADES)}{chance.pick(land.forms)}"
    return Company(
        name=name,
        street=chance.pick(land.streets),
        town=(place or chance.pick(land.places)).town,
        country=country,
        tax_id=_filled(land.tax, chance) if land.tax and chance.happens(0.7) else "",
        phone=f"+{chance.digits(2)} {chance.digits(3)} 555 {chance.digits(4)}" if chance.happens(0.5) else "",
    )


def _filled(pattern: str, chance: Chance) -> str:
    """As "DE8{8}" with so many digits in place of the braces."""
    before, _, rest = pattern.partition("{")
    count, _, after = rest.partition("}")
    return f"{before}{chance.digits(int(count))}{after}"
