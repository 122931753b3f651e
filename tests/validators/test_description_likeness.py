"""The word vectors that are installed: goods of one kind are nearer to each other than to other goods, offline."""

from extractors.engines.similarity import WordVectors


def test_goods_of_one_kind_are_nearer_than_other_goods() -> None:
    rows = ["Threaded bolts of iron or steel", "Knitted shirt of cotton"]
    (bolts, shirt) = WordVectors().scores(rows, ["STEEL BOLTS M8", "COTTON T-SHIRTS"])
    assert bolts[0] > bolts[1]
    assert shirt[1] > shirt[0]


def test_a_text_is_like_itself_in_any_case() -> None:
    (row,) = WordVectors().scores(["Green olives"], ["GREEN OLIVES"])
    assert abs(row[0] - 1) < 1e-6


def test_no_texts_give_no_scores() -> None:
    assert WordVectors().scores([], ["a"]) == []
    assert WordVectors().scores(["a"], []) == [[]]


def test_a_text_without_a_word_is_like_nothing() -> None:
    (row,) = WordVectors().scores([""], ["olives"])
    assert row[0] <= 1
