"""The network behind newsig's own tone model, for torch: what is trained, exported, and loaded from a checkpoint.

A BERT encoder reads the sentence once; each target is then the mean of its tokens' states, which asks the states of
the whole sentence in one more layer of attention. Nothing tells the encoder which words are the target, so one pass
serves all targets of a sentence, and a target's tone does not depend on which others are asked about.
"""

from __future__ import annotations

import copy
from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel, BertPreTrainedModel

from newsig.records import LABELS

HIDDEN = -10_000.0
"""What is added to the attention of padding, so that it gets none."""


class TargetReader(nn.Module):
    """One layer in which targets ask the sentence: attention and a feed-forward part, as in a layer of the encoder."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        size = config.hidden_size
        self.heads = config.num_attention_heads
        self.tag = nn.Parameter(torch.zeros(size))
        self.query, self.key, self.value, self.out = (nn.Linear(size, size) for _ in range(4))
        self.attended = nn.LayerNorm(size, eps=config.layer_norm_eps)
        self.up = nn.Linear(size, config.intermediate_size)
        self.down = nn.Linear(config.intermediate_size, size)
        self.fed = nn.LayerNorm(size, eps=config.layer_norm_eps)
        self.dropout = nn.Dropout(config.hidden_dropout_prob)

    def forward(self, targets: Tensor, states: Tensor, hidden: Tensor, rows: Tensor) -> Tensor:
        """What the targets (T, d) make of the states (B, L, d) of their sentences ``rows`` (T): (T, d).

        ``hidden`` (B, L) is 0 for words and `HIDDEN` for padding.
        """
        count, size = targets.shape
        shape = (count, -1, self.heads, size // self.heads)
        asked = targets + self.tag
        query = self.query(asked).view(shape).transpose(1, 2)
        key = self.key(states)[rows].view(shape).permute(0, 2, 3, 1)
        value = self.value(states)[rows].view(shape).transpose(1, 2)
        scores = query @ key / (size // self.heads) ** 0.5 + hidden[rows][:, None, None, :]
        heard = (torch.softmax(scores, dim=-1) @ value).reshape(count, size)
        heard = self.attended(asked + self.dropout(self.out(heard)))
        fed: Tensor = self.fed(heard + self.dropout(self.down(nn.functional.gelu(self.up(heard)))))
        return fed


class TargetTone(BertPreTrainedModel):  # type: ignore[no-untyped-call]
    """Encoder, reader and a linear layer that gives each target three scores, in the order of `LABELS`."""

    config_class = BertConfig

    def __init__(self, config: BertConfig) -> None:
        super().__init__(config)
        self.bert = BertModel(encoder_config(config), add_pooling_layer=False)
        self.reader = TargetReader(config)
        self.dropout = nn.Dropout(config.hidden_dropout_prob)
        self.label = nn.Linear(2 * config.hidden_size, len(LABELS))
        self.post_init()  # type: ignore[no-untyped-call]

    def forward(self, input_ids: Tensor, attention_mask: Tensor, spans: Tensor, rows: Tensor) -> Tensor:
        """The scores (T, labels), before a softmax, of T targets in B sentences of L tokens.

        ``input_ids`` and ``attention_mask`` (B, L) are the tokenizer's; ``spans`` (T, L) holds 1/n at each of the n
        tokens of a target and 0 elsewhere; ``rows`` (T) says which sentence a target stands in.
        """
        return self.scores(self.states(input_ids, attention_mask), attention_mask, spans, rows)

    def states(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """The states (B, L, d) of the tokens."""
        states: Tensor = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return states

    def scores(self, states: Tensor, attention_mask: Tensor, spans: Tensor, rows: Tensor) -> Tensor:
        """The scores of targets whose sentences have these states."""
        own = (spans[:, None, :] @ states[rows]).squeeze(1)
        hidden = (1.0 - attention_mask.to(states.dtype)) * HIDDEN
        scores: Tensor = self.label(self.dropout(torch.cat([own, self.reader(own, states, hidden, rows)], dim=-1)))
        return scores


def encoder_config(config: BertConfig) -> BertConfig:
    """The configuration of the encoder alone, whose feed-forward parts may be narrower than the reader's."""
    own = copy.copy(config)
    own.intermediate_size = getattr(config, "encoder_size", config.intermediate_size)
    return own


def begin(encoder: Any) -> TargetTone:
    """An untrained `TargetTone` on a trained BERT encoder: the reader starts as a copy of the encoder's last layer."""
    config = BertConfig.from_dict(encoder.config.to_dict() | {"architectures": ["TargetTone"]})
    config.id2label = dict[int, str](enumerate(LABELS))
    config.label2id = {str(label): number for number, label in enumerate(LABELS)}
    config._attn_implementation = "eager"
    model = TargetTone(config)
    states = encoder.state_dict()
    model.bert.load_state_dict({name: state for name, state in states.items() if not name.startswith("pooler.")})
    layer, reader = encoder.encoder.layer[-1], model.reader
    for own, given in (
        (reader.query, layer.attention.self.query),
        (reader.key, layer.attention.self.key),
        (reader.value, layer.attention.self.value),
        (reader.out, layer.attention.output.dense),
        (reader.attended, layer.attention.output.LayerNorm),
        (reader.up, layer.intermediate.dense),
        (reader.down, layer.output.dense),
        (reader.fed, layer.output.LayerNorm),
    ):
        own.load_state_dict(given.state_dict())
    return model
