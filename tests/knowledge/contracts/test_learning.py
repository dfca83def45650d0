"""The model: trained the same each time, good on texts it has not seen, and careful with spelling."""

import json
from pathlib import Path

import pytest

from knowledge.contracts import evaluate, train
from knowledge.contracts.catalogue import catalogue
from knowledge.contracts.detector import labels
from knowledge.contracts.evaluate import MEASURE_FILES, Labelled, read_labelled, report, tally
from knowledge.contracts.model import features, model, probability
from knowledge.contracts.spelling import Speller


def test_the_shipped_model_knows_every_risk_of_the_catalogue() -> None:
    """`make train` has been run since the last risk was added."""
    assert list(model().probabilities(())) == list(catalogue().risks)


def test_measured_texts_are_labelled_as_well_as_promised() -> None:
    """Micro F1 at least 0.80 in all; warnings right nine times in ten; few harmless texts warned about."""
    texts = [text for file in MEASURE_FILES for text in read_labelled(file)]
    said = [labels(each.text) for each in texts]
    both = tally((each.labels, frozenset(s.risks + s.maybe)) for each, s in zip(texts, said, strict=True))
    warned = tally((each.labels, frozenset(s.risks)) for each, s in zip(texts, said, strict=True))
    harmless = [bool(s.risks) for each, s in zip(texts, said, strict=True) if not each.labels]
    assert both.f1 >= 0.80
    assert warned.precision >= 0.90
    assert warned.recall >= 0.60
    assert sum(harmless) / len(harmless) <= 0.05


def test_no_measured_text_is_trained_on() -> None:
    """What is only measured stays unseen."""
    trained = {each.text for file in train.TRAIN_FILES for each in read_labelled(file)}
    for file in MEASURE_FILES:
        assert trained.isdisjoint(each.text for each in read_labelled(file))


def test_every_label_of_the_texts_is_a_risk_of_the_catalogue() -> None:
    """A label misspelt in a text would silently teach nothing."""
    for file in (*train.TRAIN_FILES, *MEASURE_FILES):
        assert {label for each in read_labelled(file) for label in each.labels} <= catalogue().risks.keys()


def test_training_twice_gives_the_same_weights() -> None:
    """The order of learning is fixed."""
    rows, truth = [["a", "b"], ["b", "c"], ["a"], ["c"]] * 3, [True, False, True, False] * 3
    assert train.fit(rows, truth, train.RIDGE) == train.fit(rows, truth, train.RIDGE)


def test_what_is_learnt_tells_the_texts_apart() -> None:
    """A feature of the risky texts only weighs for the risk, one of the harmless texts only against."""
    bias, weights = train.fit([["a", "b"], ["b", "c"]] * 8, [True, False] * 8, train.RIDGE)
    assert probability(bias + weights["a"] + weights["b"]) > 0.8
    assert probability(bias + weights["b"] + weights["c"]) < 0.2


def test_texts_put_together_carry_both_their_labels() -> None:
    """A harmless sentence beside a risky one does not make it harmless."""
    pairs = train.paired([Labelled("ufarlig", frozenset()), Labelled("farlig", frozenset({"no_dpa"}))])
    assert all(("no_dpa" in pair.labels) == (" farlig" in f" {pair.text}") for pair in pairs)


def test_training_writes_a_model_that_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a few texts to a file, without a pickle."""
    texts = tmp_path / "train.jsonl"
    lines = [
        ("Konsulenten har login til fagsystemet.", ["case_system_access"]),
        ("Mødet blev aflyst i går.", []),
    ]
    texts.write_text(
        "\n".join(json.dumps({"text": text, "labels": found}) for text, found in lines * 2), "utf-8"
    )
    monkeypatch.setattr(train, "TRAIN_FILES", [texts])
    monkeypatch.setattr(train, "MODEL_FILE", tmp_path / "model.json")
    monkeypatch.setattr(train, "PAIRS", 4)
    monkeypatch.setattr(train, "ROUNDS", 2)
    monkeypatch.setattr(
        train, "danish_words", lambda: frozenset({"konsulenten", "fagsystemet", "konsulentens"})
    )
    train.main()
    written = json.loads((tmp_path / "model.json").read_text("utf-8"))
    assert written["labels"] == list(catalogue().risks)
    assert "konsulentens" in written["lookalikes"]


def test_a_denied_concept_is_another_thing_to_the_model() -> None:
    """To have access and not to have it share no concept."""
    found = [features(forms, catalogue().lexicon.hits(forms)) for forms in (["adgang"], ["ikke", "adgang"])]
    assert "c:access" in found[0]
    assert "n:access" in found[1]
    assert "c:access" not in found[1]


@pytest.mark.parametrize(
    ("written", "read"),
    [("besparlese", "besparelse"), ("konsullent", "konsulent"), ("konsulens", "konsulens"), ("spar", "spar")],
)
def test_spelling_is_repaired_only_where_no_real_word_is_touched(written: str, read: str) -> None:
    """A word of the dictionary, or a short one, stays as it is."""
    speller = Speller(["besparelse", "konsulent", "sparer"], ["konsulens"])
    assert speller.repair(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "Konsulnten har faaet adgagn til fagsystmet.",
        "Firmat får 10 procent af bespareslen.",
        "Aftalen forlænnges autmatisk hvert år.",
    ],
)
def test_misspelt_terms_are_found(text: str) -> None:
    """A caseworker in a hurry is understood."""
    found = labels(text)
    assert found.risks or found.maybe


def test_the_table_has_a_row_for_each_label_and_one_for_all() -> None:
    """What `make eval` prints."""
    lines = list(
        report([Labelled("Konsulenten har login til fagsystemet.", frozenset({"case_system_access"}))])
    )
    assert sum(line.startswith("overall") for line in lines) == 1
    assert all(any(line.startswith(label) for line in lines) for label in catalogue().risks)
    assert evaluate.tally([(frozenset("ab"), frozenset("bc"))]) == evaluate.Tally(1, 1, 1)
