"""Answers for operators come with their source, and say when they may not fit."""

from care.data_files import DATA
from care.desk.lookup import look_up
from care.knowledge.document import load_documents
from care.knowledge.load import load_index


def test_an_answer_says_whose_word_it_is_and_where_it_holds() -> None:
    index, documents = load_index(), load_documents(DATA / "documents.yml")
    found = look_up(index, documents, "沈阳有多少个助餐点", None)
    assert found[0].sure
    assert found[0].region == "沈阳市"
    assert found[0].source == "沈阳市民政局 2023年"
    assert found[0].title == documents["002"].title
    assert "2023年" in found[0].text
    elsewhere = look_up(index, documents, "老年食堂有多少个", "银川市")
    assert {each.region for each in elsewhere} <= {"银川市", "宁夏回族自治区"}
    assert not any(each.sure for each in look_up(index, documents, "火星上能住人吗", None))
    assert look_up(index, documents, " ", None) == []
