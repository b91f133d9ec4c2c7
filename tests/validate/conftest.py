import pandas as pd
import pytest

import policytext as pt

PARTIES = ("Bygdelista Havørn", "Fjellfolket", "Byalliansen")
SENTENCES = (
    "Vi vil bygge ut fiber i alle grender.",
    "Fjorden er dyp og kald om vinteren.",
    "Partiet vil ansette 300 nye jordmødre.",
    "Kommunen har tre ferger og to bruer.",
    "Vi vil halvere fergetakstene innen 2030.",
    "Folk har alltid bodd langs denne kysten.",
    "Det må bli lettere å bo i bygda.",
)


@pytest.fixture(scope="session")
def analysed():
    """Return an analysis of 120 segments by three parties, the first far larger than the others."""
    rows = [
        {"doc_id": party.split()[-1].lower(), "party": party, "text": f"{text[:-1]}, som sagt på side {number}."}
        for party, size in zip(PARTIES, (80, 28, 12), strict=True)
        for number in range(size)
        for text in [SENTENCES[number % len(SENTENCES)]]
    ]
    table = pd.DataFrame(rows).assign(heading="Om bygda", kind="paragraph")
    table["segment_id"] = [f"{name}-{number}" for number, name in enumerate(table["doc_id"])]
    return pt.annotate(table)
