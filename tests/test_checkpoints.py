"""Any other tone model: tiny random checkpoints of both kinds, through transformers and torch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from newsig.errors import ModelError
from newsig.extract.sentiments import Passage, checkpoints, judge
from newsig.extract.sentiments.network import TargetTone
from newsig.records import LABELS

SIZES = {
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 32,
    "max_position_embeddings": 300,
}
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "small", "caps", "mega", "##caps", "rose", "fell", "while", "."]
SENTENCE = "Small caps rose while megacaps fell."
BOTH = ((0, 10), (22, 30))


def tokenizer(folder: Path) -> None:
    made = Tokenizer(models.WordPiece({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=made, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(folder)


def classifier(folder: Path, labels: list[str], **sizes: int) -> Path:
    """A folder with a random sequence classifier, as finbert is one."""
    torch.manual_seed(1)
    config = BertConfig(vocab_size=len(WORDS), **(SIZES | sizes), id2label=dict(enumerate(labels)))
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer(folder)
    return folder


def target_model(folder: Path) -> Path:
    """A folder with a random network of ours, as training writes it."""
    torch.manual_seed(1)
    config = BertConfig(vocab_size=len(WORDS), **SIZES, id2label=dict(enumerate(LABELS)))
    TargetTone(config).save_pretrained(folder)
    tokenizer(folder)
    return folder


@pytest.mark.parametrize(
    "labels",
    [["positive", "negative", "neutral"], ["Negative", "Neutral", "Positive"], ["Bearish", "Bullish"], ["NEG", "POS"]],
)
def test_labels_are_understood_by_their_names(tmp_path: Path, labels: list[str]) -> None:
    place = classifier(tmp_path, labels)
    model = BertForSequenceClassification.from_pretrained(place).eval()
    words = PreTrainedTokenizerFast.from_pretrained(place)
    with torch.inference_mode():
        shares = torch.softmax(model(**words(SENTENCE, return_tensors="pt")).logits[0], dim=-1).tolist()
    ((first, second),) = judge(str(place)).judge([Passage(SENTENCE, BOTH)])
    assert first == second
    for name, share in zip(labels, shares, strict=True):
        assert getattr(first, checkpoints.MEANINGS[name.lower()]) == pytest.approx(share, abs=2e-4)


def test_our_own_network_judges_each_target(tmp_path: Path) -> None:
    found = judge(str(target_model(tmp_path)))
    ((first, second),) = found.judge([Passage(SENTENCE, BOTH)])
    assert first != second
    assert found.name == str(tmp_path)


def test_batches_of_all_lengths_come_back_in_order(tmp_path: Path) -> None:
    found = judge(str(target_model(tmp_path)))
    passages = [Passage("small caps " + "rose while " * (number * 7 % 31), ((0, 5),)) for number in range(80)]
    passages.append(Passage("small caps " + "rose " * 600, ((0, 5), (6, 10))))
    together = list(found.judge(passages))
    assert [len(tones) for tones in together] == [len(passage.targets) for passage in passages]
    for passage, tones in zip(passages, together, strict=True):
        (alone,) = found.judge([passage])
        for one, other in zip(tones, alone, strict=True):
            assert (one.positive, one.negative) == pytest.approx((other.positive, other.negative), abs=2e-4)


@pytest.mark.parametrize("labels", [["LABEL_0", "LABEL_1", "LABEL_2"], ["joy", "anger"], ["positive", "neutral"]])
def test_labels_that_name_no_tone_are_refused(tmp_path: Path, labels: list[str]) -> None:
    with pytest.raises(
        ModelError, match=f"its labels are {labels[0]}, {labels[1]}.*not positive, neutral and negative"
    ):
        judge(str(classifier(tmp_path, labels)))


def test_no_pickle_is_loaded(tmp_path: Path) -> None:
    place = classifier(tmp_path, ["positive", "negative", "neutral"])
    model = BertForSequenceClassification.from_pretrained(place)
    torch.save(model.state_dict(), place / "pytorch_model.bin")
    (place / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="cannot be used"):
        judge(str(place))


def test_a_model_without_trained_weights_is_refused(tmp_path: Path) -> None:
    place = classifier(tmp_path, ["positive", "negative", "neutral"])
    BertForSequenceClassification.from_pretrained(place).bert.save_pretrained(tmp_path / "encoder")
    tokenizer(tmp_path / "encoder")
    (tmp_path / "encoder" / "config.json").write_bytes((place / "config.json").read_bytes())
    with pytest.raises(ModelError, match=r"no trained weights for classifier\.bias, classifier\.weight"):
        judge(str(tmp_path / "encoder"))


BROKEN = [
    ("config.json", b"{"),
    ("config.json", b"[]"),
    ("config.json", b'{"model_type": "bert", "id2label": {"0": 1}}'),
    ("config.json", b'{"model_type": "no such kind"}'),
    ("tokenizer.json", b"{}"),
    ("model.safetensors", b""),
    ("model.safetensors", b"\xff" * 100),
]


@pytest.mark.parametrize(("name", "content"), BROKEN)
def test_a_broken_folder_is_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    place = classifier(tmp_path, ["positive", "negative", "neutral"])
    (place / name).write_bytes(content)
    with pytest.raises(ModelError) as raised:
        judge(str(place))
    assert str(place) in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def test_no_model_is_given_more_than_it_can_read(tmp_path: Path) -> None:
    place = classifier(tmp_path, ["positive", "negative", "neutral"], max_position_embeddings=20)
    text = "small caps " + "rose while mega fell . " * 40
    found = checkpoints.load(str(place))
    (tones,) = found.judge([Passage(text, ((0, 10), (len(text) - 8, len(text) - 4)))])
    assert (found.longest, len(tones)) == (19, 2)


def test_a_fingerprint_tells_weights_apart(tmp_path: Path) -> None:
    place = classifier(tmp_path, ["positive", "negative", "neutral"])
    before = checkpoints.fingerprint(str(place))
    config = json.loads((place / "config.json").read_text(encoding="utf-8"))
    (place / "config.json").write_text(json.dumps(config | {"hidden_dropout_prob": 0.2}), encoding="utf-8")
    assert before != checkpoints.fingerprint(str(place))


def command(*words: str, given: str) -> subprocess.CompletedProcess[str]:
    offline = os.environ | {"HF_HUB_OFFLINE": "1"}
    line = [sys.executable, "-m", "newsig", *words]
    return subprocess.run(  # noqa: S603 - our own command
        line, input=given, capture_output=True, text=True, env=offline, check=False, timeout=300
    )


def test_the_command_takes_another_model(tmp_path: Path) -> None:
    place = classifier(tmp_path, ["positive", "negative", "neutral"])
    line = json.dumps({"text": SENTENCE, "start": 0, "end": 10})
    done = command("tone", "--tone-model", str(place), "-", given=f"{line}\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["label"] in LABELS


def test_a_model_that_is_nowhere_is_one_sentence() -> None:
    done = command("tone", "--tone-model", "harbour/no-such-model", "-", given="")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("newsig: the tone model 'harbour/no-such-model' is no folder with a model")
    assert len(done.stderr.splitlines()) == 1
