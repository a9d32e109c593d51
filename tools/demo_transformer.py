"""The network of the demonstration models, and its way into a CTranslate2 model."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as functional
from ctranslate2.specs import TransformerSpec, common_spec
from torch import Tensor, nn

WIDTH, INNER, HEADS, ENCODER_LAYERS, DECODER_LAYERS = 96, 256, 4, 2, 1
DROPOUT = 0.1


class Attention(nn.Module):
    """Pre-normalised attention with the fused projections that CTranslate2 stores."""

    def __init__(self, *, cross: bool) -> None:
        super().__init__()
        self.cross = cross
        self.norm = nn.LayerNorm(WIDTH)
        sizes = (WIDTH, 2 * WIDTH, WIDTH) if cross else (3 * WIDTH, WIDTH)
        self.linear = nn.ModuleList(nn.Linear(WIDTH, size) for size in sizes)

    def forward(self, x: Tensor, memory: Tensor | None, mask: Tensor | None) -> Tensor:
        """Return what attention adds to ``x``; without memory and mask it looks back only."""
        batch, length, _ = x.shape
        y = self.norm(x)
        if self.cross:
            query = self.linear[0](y)
            key, value = self.linear[1](memory).chunk(2, -1)
        else:
            query, key, value = self.linear[0](y).chunk(3, -1)
        heads = [
            z.view(batch, -1, HEADS, WIDTH // HEADS).transpose(1, 2) for z in (query, key, value)
        ]
        mixed = functional.scaled_dot_product_attention(
            *heads, attn_mask=mask, is_causal=mask is None
        )
        added: Tensor = self.linear[-1](mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        return added


class FeedForward(nn.Module):
    """Pre-normalised feed-forward layer."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        """Return what the layer adds to ``x``."""
        added: Tensor = self.outer(functional.relu(self.inner(self.norm(x))))
        return added


class Transformer(nn.Module):
    """A small encoder-decoder; one embedding serves both sides and the output."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(size, WIDTH)
        self.bias = nn.Parameter(torch.zeros(size))
        self.encoder = nn.ModuleList(
            nn.ModuleList([Attention(cross=False), FeedForward()]) for _ in range(ENCODER_LAYERS)
        )
        self.decoder = nn.ModuleList(
            nn.ModuleList([Attention(cross=False), Attention(cross=True), FeedForward()])
            for _ in range(DECODER_LAYERS)
        )
        self.drop = nn.Dropout(DROPOUT)
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.register_buffer("positions", _positions(256), persistent=False)
        nn.init.normal_(self.embedding.weight, 0, WIDTH**-0.5)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def _embed(self, ids: Tensor) -> Tensor:
        x = self.embedding(ids) * math.sqrt(WIDTH) + self.positions[: ids.size(1)]
        dropped: Tensor = self.drop(x)
        return dropped

    def forward(self, source: Tensor, known: Tensor, target: Tensor) -> Tensor:
        """Return the scores of every word of the vocabulary at each place of the target."""
        mask = known[:, None, None, :]
        x = self._embed(source)
        for attention, feed in self.encoder:
            x = x + self.drop(attention(x, None, mask))
            x = x + self.drop(feed(x))
        memory = self.encoder_norm(x)
        y = self._embed(target)
        for own, cross, feed in self.decoder:
            y = y + self.drop(own(y, None, None))
            y = y + self.drop(cross(y, memory, mask))
            y = y + self.drop(feed(y))
        return functional.linear(self.decoder_norm(y), self.embedding.weight, self.bias)


def _positions(length: int) -> Tensor:
    # As CTranslate2 makes them: counted from 1, all sines, then all cosines.
    steps = torch.exp(torch.arange(WIDTH // 2) * -(math.log(10000) / (WIDTH // 2 - 1)))
    angles = torch.arange(1, length + 1)[:, None] * steps[None]
    return torch.cat([angles.sin(), angles.cos()], 1)


def write_model(model: Transformer, vocabulary: list[str], folder: Path) -> None:
    """Write the weights as an int8 CTranslate2 model."""
    weights = {name: value.detach().numpy() for name, value in model.named_parameters()}

    def linear(spec: common_spec.LinearSpec, name: str) -> None:
        spec.weight, spec.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]

    def norm(spec: common_spec.LayerNormSpec, name: str) -> None:
        spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]

    def attention(spec: Any, name: str, count: int) -> None:
        norm(spec.layer_norm, f"{name}.norm")
        for index in range(count):
            linear(spec.linear[index], f"{name}.linear.{index}")

    def feed(spec: Any, name: str) -> None:
        norm(spec.layer_norm, f"{name}.norm")
        linear(spec.linear_0, f"{name}.inner")
        linear(spec.linear_1, f"{name}.outer")

    spec = TransformerSpec.from_config((ENCODER_LAYERS, DECODER_LAYERS), HEADS, pre_norm=True)
    spec.encoder.embeddings[0].weight = weights["embedding.weight"]
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = weights["embedding.weight"]
    spec.decoder.projection.bias = weights["bias"]
    spec.encoder.scale_embeddings = spec.decoder.scale_embeddings = True
    norm(spec.encoder.layer_norm, "encoder_norm")
    norm(spec.decoder.layer_norm, "decoder_norm")
    for index, layer in enumerate(spec.encoder.layer):
        attention(layer.self_attention, f"encoder.{index}.0", 2)
        feed(layer.ffn, f"encoder.{index}.1")
    for index, layer in enumerate(spec.decoder.layer):
        attention(layer.self_attention, f"decoder.{index}.0", 2)
        attention(layer.attention, f"decoder.{index}.1", 3)
        feed(layer.ffn, f"decoder.{index}.2")
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_bos = spec.config.add_source_eos = False
    spec.config.decoder_start_token = spec.config.bos_token = "<s>"  # noqa: S105 - a token of text
    spec.config.eos_token, spec.config.unk_token = "</s>", "<unk>"
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))
