import pytest

from policytext.areas.coding import load_model
from policytext.areas.features import words_of
from policytext.areas.lexicon import build_topics, load_topics
from policytext.errors import RuleError
from policytext.records import AREAS

TOPICS = [{"topic": "vei", "area": "infrastruktur", "holds": "roads"}]


@pytest.mark.parametrize(
    ("word", "area"),
    [
        pytest.param("grunnskolen", "velferd", id="school-nb"),
        pytest.param("grunnskulen", "velferd", id="school-nn"),
        pytest.param("sjukehusa", "velferd", id="hospital-nn"),
        pytest.param("lærlingplasser", "kompetanse", id="apprentice"),
        pytest.param("forskingsmidlar", "kompetanse", id="research-nn"),
        pytest.param("breiband", "infrastruktur", id="broadband-nn"),
        pytest.param("fylkesveger", "infrastruktur", id="compound-road"),
        pytest.param("vannkraft", "verdiskaping", id="power"),
        pytest.param("fiskekvotene", "verdiskaping", id="fish"),
        pytest.param("kommunesammenslåing", "sentralisering", id="merger"),
        pytest.param("busettingsmønsteret", "sentralisering", id="settlement-nn"),
        pytest.param("arbeidsmiljøloven", "annet", id="labour-law"),
        pytest.param("asylsøkere", "annet", id="asylum"),
        pytest.param("grunnloven", "annet", id="constitution"),
    ],
)
def test_a_word_points_to_its_area(word, area):
    topics = load_topics()
    assert {topics.area_of[topic] for topic in topics.topics_of(word)} == {area}


@pytest.mark.parametrize(
    "word", ["ikke", "styrke", "skal", "og", "mange", "onsdag", "partiet", "auke", "meir", "naturligvis", "veiledning"]
)
def test_a_word_without_a_topic_points_nowhere(word):
    assert not load_topics().topics_of(word)


def test_every_area_has_topics_and_every_topic_terms():
    topics = load_topics()
    assert set(topics.area_of.values()) == {*AREAS, ""}
    tables = (topics.words, topics.starts, topics.ends)
    used = {topic for table in tables for found in table.values() for topic in found}
    assert used == set(topics.area_of)


def test_the_longest_beginning_wins():
    rows = [{"topic": "vei", "term": "veg*"}, {"topic": "mat", "term": "vegan*"}]
    topics = build_topics([*TOPICS, {"topic": "mat", "area": "annet", "holds": "food"}], rows)
    assert topics.topics_of("vegene") == {"vei"}
    assert topics.topics_of("veganmat") == {"mat"}


@pytest.mark.parametrize(
    ("topics", "terms", "message"),
    [
        pytest.param([{"topic": "a", "area": "vei", "holds": ""}], [], "area 'vei'; allowed: verdiskaping", id="area"),
        pytest.param(TOPICS * 2, [], "row 3: the topic 'vei' is empty or repeated", id="repeated"),
        pytest.param(TOPICS, [{"topic": "tog", "term": "x"}], "topic 'tog'; allowed: vei", id="unknown-topic"),
        pytest.param(TOPICS, [{"topic": "vei", "term": "v*g"}], "one asterisk", id="asterisk-inside"),
        pytest.param(TOPICS, [{"topic": "vei", "term": "*veg*"}], "one asterisk", id="two-asterisks"),
        pytest.param(TOPICS, [{"topic": "vei", "term": "Veg"}], "lower case", id="capital"),
    ],
)
def test_a_bad_table_is_refused(topics, terms, message):
    with pytest.raises(RuleError, match=message):
        build_topics(topics, terms)


def test_phrases_count_as_words():
    assert words_of("Statlige arbeidsplasser ut", load_topics())[-1] == "statlige arbeidsplasser"
    assert "høyere utdanning" not in words_of("utdanning er høyere", load_topics())


def test_words_are_weighed_by_the_text_they_stand_in():
    weights = load_model()[0].settings.weigh("Bru", "Bru, bru og bru")
    heading = load_model()[0].settings.heading_weight
    assert weights["bru"] == pytest.approx(1 + 1.0986 + heading, abs=1e-3)
    assert weights["og"] == 1
