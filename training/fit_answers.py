#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""Trains what narrdiff knows of answers: engine/answers/answers.safetensors.

  training/fit_answers.py                    trains on the texts of training/ and writes the file
  training/fit_answers.py --documents 8      a short run on eight documents, to see that all works; writes nothing
  training/fit_answers.py --measure DIR      prints figures on the pairs below DIR after each epoch; never trains on them

The last four layers of multilingual-e5-small get low-rank changes (LoRA; Hu et al., ICLR 2022), trained together with the
head that engine/answers/answer_model.h describes, over whole documents: every cell of two statements is an example, so the
hard negatives of a pair are the other sentences of its own texts. Claims with their answers are put together to small
documents of four claims. Then, on the vectors so got, a network of its own learns the relations. Documents of the writers UNSEEN_WRITERS (fit_models.py) are left out: the weights of all
features together are fitted on those.

Needs PyPI's torch 2.15.0 and sentencepiece 0.2.3, Debian's python3-numpy, and the model that tools/setup fetches. Two
cores take about 25 minutes. Not part of a build: the file it writes is kept with the sources. Same machine, threads and
versions, same bytes out.
"""
import argparse
import collections
import hashlib
import json
import math
import os
import random
import struct

import numpy as np
import sentencepiece
import torch
from torch import nn
from torch.nn import functional as F

from fit_models import RELATIONS, ROOT, UNSEEN_WRITERS, balanced, documents, gold_cells

MODEL = os.path.join(ROOT, '.data', 'models', 'multilingual-e5-small')
TARGET = os.path.join(ROOT, 'engine', 'answers', 'answers.safetensors')
SIZE, HEADS, LAYERS = 384, 12, 12
FROZEN = 8  # layers that stay as they are; their states are computed once
RANK, VIEW, HIDDEN = 16, 64, 32
EPOCHS, LORA_RATE, HEAD_RATE, SCALAR_RATE = 3, 3e-4, 1e-3, .02
WHITENING = .2  # power of the covariance that is taken away
RELATION_WEIGHT = .5
DOCUMENT, CLAIMS, ROWS = range(3)  # kinds of documents, which have their own share of pairs
LINEAR = {
    'q': 'attention.self.query', 'k': 'attention.self.key', 'v': 'attention.self.value', 'o': 'attention.output.dense',
    'i': 'intermediate.dense', 'f': 'output.dense'}

Document = collections.namedtuple('Document', 'name kind sides parties cells')


# --- Texts


def read_document(directory):
    sides = [open(os.path.join(directory, s + '.sent'), encoding='utf8').read().rstrip('\n').split('\n')
             for s in ('left', 'right')]
    meta = json.load(open(os.path.join(directory, 'meta.json'), encoding='utf8'))
    parties = [meta[s].get('party') or meta[s].get('side', '') for s in ('left', 'right')]
    parties = ['China' if p == 'CN' else p for p in parties]
    cells = {cell: RELATIONS.index(relation) for cell, (relation, _) in gold_cells(directory).items()}
    return Document(directory, DOCUMENT, sides, parties, cells)


def read_claims(path, together=4):
    """Blocks of a claim with answers as documents of a few claims; the claims of one side and language together."""
    blocks = collections.OrderedDict()
    for line in open(path, encoding='utf8'):
        row = line.rstrip('\n').split('\t')
        if row[0].isdigit():
            blocks.setdefault(row[0], []).append(row[1:])
    groups = collections.OrderedDict()
    for rows in blocks.values():
        claim = next(r for r in rows if r[0] == 'claim')
        groups.setdefault((claim[1], claim[2]), []).append((claim[3], [r for r in rows if r[0] != 'claim']))
    chance = random.Random(1)
    for (party, language), members in sorted(groups.items()):
        chance.shuffle(members)
        for begin in range(0, len(members), together):
            claims, answers, cells = [], [], {}
            for claim, rows in members[begin:begin + together]:
                for kind, _, _, text in rows:
                    if kind in RELATIONS:
                        cells[len(claims), len(answers)] = RELATIONS.index(kind)
                    answers.append(text)
                claims.append(claim)
            sides = [claims, answers]
            if party == 'China':
                sides, cells = [answers, claims], {(j, i): r for (i, j), r in cells.items()}
            yield Document('%s %s %s %d' % (path, party, language, begin), CLAIMS, sides, ['US', 'China'], cells)


def read_rows(path, together=10):
    """Single pairs as documents of which only the diagonal is known."""
    rows = [line.rstrip('\n').split('\t') for line in open(path, encoding='utf8')]
    random.Random(2).shuffle(rows)
    for begin in range(0, len(rows), together):
        part = rows[begin:begin + together]
        cells = {(k, k): RELATIONS.index(r[0]) for k, r in enumerate(part) if r[0] != 'none'}
        yield Document('%s %d' % (path, begin), ROWS, [[r[3] for r in part], [r[4] for r in part]], ['US', 'China'], cells)


# --- The encoder


def read_tensors(path):
    data = open(path, 'rb').read()
    header_bytes = struct.unpack('<Q', data[:8])[0]
    body = data[8 + header_bytes:]
    tensors = {}
    for name, entry in json.loads(data[8:8 + header_bytes]).items():
        if name == '__metadata__':
            continue
        begin, end = entry['data_offsets']
        raw = body[begin:end]
        if entry['dtype'] == 'F32':
            values = np.frombuffer(raw, np.float32).reshape(entry['shape'])
        else:  # blocks of 4 bits, as engine/embed/tensors.h describes them
            blocks = np.frombuffer(raw, np.uint8).reshape(-1, 18)
            scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
            nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8
            values = (nibbles * scales).reshape(entry['shape'][0], -1)
        tensors[name] = torch.from_numpy(values.copy())
    return tensors, fingerprint(data, header_bytes)


def fingerprint(data, header_bytes, pages=64, page_bytes=4096):
    """Tensors::Fingerprint() of engine/embed/tensors.h."""
    body = data[8 + header_bytes:]
    sample = data[:8 + header_bytes] + str(len(data)).encode()
    for page in range(pages):
        begin = len(body) // pages * page
        sample += body[begin:begin + page_bytes]
    return hashlib.sha256(sample).hexdigest()


class Adapted(nn.Module):
    """A linear layer that keeps its weights and learns a change of low rank."""

    def __init__(self, weight, bias, rank):
        super().__init__()
        self.weight, self.bias, self.rank = weight, bias, rank
        if rank:
            self.A = nn.Parameter(torch.randn(rank, weight.shape[1]) / weight.shape[1]**.5)
            self.B = nn.Parameter(torch.zeros(weight.shape[0], rank))

    def forward(self, x):
        y = F.linear(x, self.weight, self.bias)
        return y + F.linear(F.linear(x, self.A), self.B) if self.rank else y


class Layer(nn.Module):

    def __init__(self, tensors, number, rank):
        super().__init__()
        at = 'encoder.layer.%d.' % number
        for short, name in LINEAR.items():
            setattr(self, short, Adapted(tensors[at + name + '.weight'], tensors[at + name + '.bias'].reshape(-1), rank))
        self.norms = [(tensors[at + n + '.LayerNorm.weight'].reshape(-1), tensors[at + n + '.LayerNorm.bias'].reshape(-1))
                      for n in ('attention.output', 'output')]

    def forward(self, x, mask):
        batch, length, size = x.shape
        heads = lambda y: y.view(batch, length, HEADS, size // HEADS).transpose(1, 2)
        y = F.scaled_dot_product_attention(heads(self.q(x)), heads(self.k(x)), heads(self.v(x)), attn_mask=mask)
        y = self.o(y.transpose(1, 2).reshape(batch, length, size))
        x = F.layer_norm(x + F.dropout(y, .1, self.training), (size,), *self.norms[0], 1e-12)
        y = self.f(F.gelu(self.i(x)))
        return F.layer_norm(x + F.dropout(y, .1, self.training), (size,), *self.norms[1], 1e-12)


class States:
    """Sentences as the frozen layers leave them."""

    def __init__(self, tensors):
        self.tensors = tensors
        self.layers = [Layer(tensors, l, 0).eval() for l in range(LAYERS)]
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=os.path.join(MODEL, 'sentencepiece.bpe.model'))
        self.positions = tensors['embeddings.position_embeddings.weight'] + tensors[
            'embeddings.token_type_embeddings.weight'].reshape(-1, SIZE)[0]
        self.kept = {}

    def ids(self, text):
        # The file numbers <unk>, <s>, </s> first, the model <s>, <pad>, </s>, <unk>.
        return (0,) + tuple(3 if p == 0 else p + 1 for p in self.pieces.encode(text))[:254] + (2,)

    def texts(self, document):
        return [('query: %s: ' % party if party else 'query: ', s)
                for side, party in zip(document.sides, document.parties) for s in side]

    @torch.no_grad()
    def compute(self, documents_of, layers):
        """States after each of `layers`, of all texts that are not there yet."""
        wanted = {self.ids(a + b) for d in documents_of for a, b in self.texts(d)}
        todo = sorted((t for t in wanted if t not in self.kept), key=lambda t: (len(t), t))
        for begin in range(0, len(todo), 24):
            part = todo[begin:begin + 24]
            x, mask = pad([torch.tensor(t) for t in part], 1)
            x = self.tensors['embeddings.word_embeddings.weight'][x] + self.positions[:x.shape[1]]
            x = F.layer_norm(x, (SIZE,), *(self.tensors['embeddings.LayerNorm.' + n].reshape(-1)
                                           for n in ('weight', 'bias')), 1e-12)
            for number, layer in enumerate(self.layers[:max(layers)], 1):
                x = layer(x, mask[:, None, None, :])
                if number in layers:
                    for k, t in enumerate(part):
                        self.kept.setdefault(t, {})[number] = x[k, :len(t)].half().clone()

    def of(self, document, layer):
        """For each sentence its states, and how many tokens stand before its own."""
        out = []
        for before, sentence in self.texts(document):
            t = self.ids(before + sentence)
            out.append((self.kept[t][layer].float(), min(len(self.ids(before.rstrip())) - 1, len(t) - 2)))
        return out


def pad(sequences, filling):
    x = nn.utils.rnn.pad_sequence(sequences, batch_first=True, padding_value=filling)
    lengths = torch.tensor([len(s) for s in sequences])
    return x, torch.arange(x.shape[1])[None] < lengths[:, None]


# --- The head


def unit(x):
    return x / np.maximum(1e-9, np.linalg.norm(x, axis=-1, keepdims=True))


def whitening(vectors):
    values, directions = np.linalg.eigh(vectors.T @ vectors / len(vectors))
    scales = np.maximum(values / values[-1], 1e-4)**-WHITENING
    return torch.tensor(directions * scales @ directions.T, dtype=torch.float32)


def telling(states, tokens):
    """What of a token's vector tells how rare the token is: ridge regression on its inverse document frequency."""
    count = collections.Counter(t for ids in tokens for t in set(ids))
    rarity = np.concatenate([[math.log((len(tokens) + 1) / (count[t] + .5)) for t in ids[5:-1]] for ids in tokens])
    x = np.concatenate([s[5:-1] for s in states])
    centre = x.mean(0)
    x = x - centre
    b = np.linalg.solve(x.T @ x + 5e-4 * len(x) / SIZE * np.eye(SIZE), x.T @ (rarity - rarity.mean()))
    return b, rarity.mean() - centre @ b


class Answers(nn.Module):

    def __init__(self, tensors, states, examples):
        super().__init__()
        self.layers = nn.ModuleList([Layer(tensors, l, RANK) for l in range(FROZEN, LAYERS)])
        vectors = [unit(states.kept[t][LAYERS].float().numpy()) for t in examples]
        sentences = unit(np.stack([states.kept[t][LAYERS].float().numpy().mean(0) for t in examples]))
        self.whiten_sentences = whitening(sentences - sentences.mean(0))
        self.whiten_tokens = whitening(np.concatenate([v[5:-1] - v.mean(0) for v in vectors]))
        self.importance = nn.Linear(SIZE, 1)
        weight, bias = telling(vectors, examples)
        self.importance.weight.data = torch.tensor(weight, dtype=torch.float32)[None]
        self.importance.bias.data = torch.tensor([bias], dtype=torch.float32)
        self.standard = nn.BatchNorm1d(SIZE, affine=False, momentum=.02)
        self.view = nn.Linear(SIZE, VIEW)
        self.hidden = nn.Linear(3 * VIEW + 2, HIDDEN)
        self.output = nn.Linear(HIDDEN, 1 + len(RELATIONS))
        nn.init.zeros_(self.output.weight)
        nn.init.zeros_(self.output.bias)
        self.weights = nn.Parameter(torch.tensor([5., 8., 2., 2.]))  # cosine, late interaction, both around the cell
        self.bias = nn.Parameter(torch.tensor(-5.))
        self.kinds = nn.Parameter(torch.tensor([0., 1.5, 3.]))

    def forward(self, sides, kind):
        n, m = map(len, sides)
        tokens, sentences = self.encode(sides[0] + sides[1])
        parts = (sentences[:n], sentences[n:])
        u, v = (F.normalize((p - p.mean(0)) @ self.whiten_sentences, dim=-1) for p in parts)
        cosine = u @ v.T
        late = self.late_interaction(tokens[:n], tokens[n:])
        views = F.layer_norm(self.view(self.standard(sentences)), (VIEW,))
        x, y = views[:n, None], views[None, n:]
        network = torch.cat([x * y, (x - y).abs(), x + y, 4 * cosine[..., None], 8 * late[..., None]], -1)
        out = self.output(F.dropout(F.relu(self.hidden(network)), .2, self.training))
        z = out[..., 0] + self.weights[0] * cosine + self.weights[1] * late + self.bias + self.kinds[kind]
        if kind == DOCUMENT:
            z = z + self.weights[2] * around(cosine) + self.weights[3] * around(late)
        return z, out[..., 1:]

    def encode(self, sentences):
        """Unit vectors of each sentence's own tokens, and of the sentences."""
        order = sorted(range(len(sentences)), key=lambda k: len(sentences[k][0]))
        step = math.ceil(len(order) / 5)
        tokens, pooled = [None] * len(order), [None] * len(order)
        for begin in range(0, len(order), step):
            part = order[begin:begin + step]
            x, mask = pad([sentences[k][0] for k in part], 0.)
            for layer in self.layers:
                x = layer(x, mask[:, None, None, :])
            means = F.normalize((x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)
            x = F.normalize(x, dim=-1)
            for row, k in enumerate(part):
                states, before = sentences[k]
                tokens[k], pooled[k] = x[row, before:len(states) - 1], means[row]
        return tokens, torch.stack(pooled)

    def late_interaction(self, left, right):
        sides = []
        for tokens in (left, right):
            every = torch.cat(tokens)
            weight = F.softplus(self.importance(every))[:, 0]
            of = torch.repeat_interleave(torch.arange(len(tokens)), torch.tensor([len(t) for t in tokens]))
            total = torch.zeros(len(tokens)).index_add(0, of, weight)
            whitened = F.normalize((every - every.mean(0)) @ self.whiten_tokens, dim=-1)
            sides.append((whitened, weight / total[of], of, len(tokens)))
        products = sides[0][0] @ sides[1][0].T

        def best(products, mine, other):
            matches = torch.full((len(products), other[3]), -1.).scatter_reduce(
                1, other[2][None].expand(len(products), -1), products, 'amax')
            return torch.zeros(mine[3], other[3]).index_add(0, mine[2], matches * mine[1][:, None])

        late = .5 * (best(products, *sides) + best(products.T, sides[1], sides[0]).T)
        return late - late.mean().detach()


def around(cells):
    n, m = cells.shape
    padded = F.pad(cells[None, None], (1, 1, 1, 1), mode='replicate')[0, 0]
    places = [(i, j) for i in range(3) for j in range(3) if (i, j) != (1, 1)]
    return sum(padded[i:i + n, j:j + m] for i, j in places) / 8


# --- Training


def loss_of(model, states, document, chance):
    order = [list(range(len(side))) for side in document.sides]
    if document.kind != DOCUMENT:
        for side in order:
            chance.shuffle(side)
    sentences = states.of(document, FROZEN)
    first = len(document.sides[0])
    sides = [[sentences[k] for k in order[0]], [sentences[first + k] for k in order[1]]]
    if chance.random() < .5:  # which side stands left must not matter
        z, relations = model(sides[::-1], document.kind)
        z, relations = z.T, relations.transpose(0, 1)
    else:
        z, relations = model(sides, document.kind)
    gold = torch.full((first, len(document.sides[1])), -1)
    for (i, j), relation in document.cells.items():
        gold[i, j] = relation
    known = torch.eye(*gold.shape) if document.kind == ROWS else torch.ones(gold.shape)
    gold, known = gold[order[0]][:, order[1]], known[order[0]][:, order[1]]
    pairs = gold >= 0
    wrong = F.binary_cross_entropy_with_logits(z, pairs.float(), reduction='none')
    loss = (wrong * known).sum() * {DOCUMENT: .25, CLAIMS: .15, ROWS: .2}[document.kind]
    if pairs.any():
        loss = loss + .25 * RELATION_WEIGHT * F.cross_entropy(relations[pairs], gold[pairs], reduction='sum')
    return loss / 4


@torch.no_grad()
def measure(model, states, texts):
    model.eval()
    found = right = named = gold = 0
    for document in texts:
        sentences = states.of(document, FROZEN)
        first = len(document.sides[0])
        z, relations = model([sentences[:first], sentences[first:]], DOCUMENT)
        p = torch.sigmoid(z).numpy().ravel()
        kept = balanced(p)
        cells = {i * len(document.sides[1]) + j for i, j in document.cells}
        found, right, gold = found + len(kept), right + len(cells.intersection(kept)), gold + len(cells)
        named += sum(int(relations[i, j].argmax() == r) for (i, j), r in document.cells.items())
    return 'pair F1 %.3f, relation given the pair %.3f' % (2 * right / max(1, found + gold), named / max(1, gold))


# --- Relations


class Relations(nn.Module):
    """Which relation two sentences stand in, given that they are a pair."""

    def __init__(self, mean, deviation):
        super().__init__()
        self.mean, self.deviation = mean, deviation
        self.view = nn.Linear(SIZE, VIEW)
        self.hidden = nn.Linear(3 * VIEW + 1, HIDDEN)
        self.output = nn.Linear(HIDDEN, len(RELATIONS))

    def forward(self, left, right, cosine):
        x, y = (F.layer_norm(self.view(F.dropout((v - self.mean) / self.deviation, .2, self.training)), (VIEW,))
                for v in (left, right))
        network = torch.cat([x * y, (x - y).abs(), x + y, 4 * cosine[:, None]], 1)
        return self.output(F.dropout(F.relu(self.hidden(network)), .3, self.training))


@torch.no_grad()
def gold_vectors(model, states, texts):
    """Vectors of the two sentences of every gold cell, their cosine, the relation, and the weight of the cell."""
    model.eval()
    columns = [[], [], [], [], []]
    for document in texts:
        _, vectors = model.encode(states.of(document, FROZEN))
        first = len(document.sides[0])
        left, right = vectors[:first], vectors[first:]
        u, v = (F.normalize((p - p.mean(0)) @ model.whiten_sentences, dim=-1) for p in (left, right))
        for (i, j), relation in sorted(document.cells.items()):
            weight = 1. if document.kind == DOCUMENT else .7
            for column, value in zip(columns, (left[i], right[j], u[i] @ v[j], torch.tensor(relation), torch.tensor(weight))):
                column.append(value)
    return [torch.stack(column) for column in columns]


def fit_relations(columns, epochs=8, batch=64, rate=1e-3):
    left, right, cosine, relations, weights = columns
    network = Relations(left.mean(0), left.std(0))
    share = torch.bincount(relations, minlength=len(RELATIONS)).float() / len(relations)
    rarity = (1 / share.clamp(min=1e-3))**.3
    weights = weights * (rarity / rarity.mean())[relations]
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=.1)
    batches = max(1, len(relations) // batch)
    for epoch in range(epochs):
        network.train()
        order = torch.randperm(len(relations))
        for number in range(batches):
            part = order[number * batch:(number + 1) * batch]
            done = (epoch * batches + number) / (epochs * batches)
            optimizer.param_groups[0]['lr'] = rate * (.5 + .5 * math.cos(math.pi * done)) + 1e-5
            wrong = F.cross_entropy(network(left[part], right[part], cosine[part]), relations[part], reduction='none',
                                    label_smoothing=.05)
            optimizer.zero_grad()
            (wrong * weights[part]).mean().backward()
            optimizer.step()
    return network


def network_tensors(prefix, network, mean, inverse_deviation, outputs):
    hidden = network.hidden.weight
    similarities = hidden[:, 3 * VIEW:]
    if similarities.shape[1] == 1:  # no late interaction
        similarities = torch.cat([similarities, torch.zeros(len(hidden), 1)], 1)
    return {
        prefix + '.mean': mean, prefix + '.inverse_deviation': inverse_deviation, prefix + '.view': network.view.weight,
        prefix + '.view_bias': network.view.bias, prefix + '.hidden.product': hidden[:, :VIEW],
        prefix + '.hidden.difference': hidden[:, VIEW:2 * VIEW], prefix + '.hidden.sum': hidden[:, 2 * VIEW:3 * VIEW],
        prefix + '.hidden.similarities': similarities, prefix + '.hidden.bias': network.hidden.bias,
        prefix + '.output': network.output.weight[:outputs], prefix + '.output_bias': network.output.bias[:outputs]}


def export(model, relations, base):
    tensors = {}
    for number, layer in enumerate(model.layers, FROZEN):
        for short, name in LINEAR.items():
            for part in 'AB':
                tensors['encoder.layer.%d.%s.lora_%s' % (number, name, part)] = getattr(getattr(layer, short), part)
    scalars = torch.cat([model.importance.bias, model.weights, (model.bias + model.kinds[DOCUMENT])[None]])
    standard = model.standard
    tensors.update({
        'answers.whiten_sentences': model.whiten_sentences.T, 'answers.whiten_tokens': model.whiten_tokens.T,
        'answers.importance': model.importance.weight[0], 'answers.scalars': scalars})
    tensors.update(network_tensors('answers.pairs', model, standard.running_mean,
                                   (standard.running_var + standard.eps)**-.5, 1))
    tensors.update(network_tensors('answers.relations', relations, relations.mean, 1 / relations.deviation,
                                   len(RELATIONS)))
    header, at, blobs = {'__metadata__': {'base': base, 'name': 'answers'}}, 0, []
    for name in sorted(tensors):
        kind = np.float16 if tensors[name].dim() > 1 or name == 'answers.importance' else np.float32
        data = np.ascontiguousarray(tensors[name].detach().numpy(), kind)
        header[name] = {'dtype': 'F16' if kind is np.float16 else 'F32', 'shape': list(data.shape),
                        'data_offsets': [at, at + data.nbytes]}
        at += data.nbytes
        blobs.append(data.tobytes())
    text = json.dumps(header, separators=(',', ':')).encode()
    text += b' ' * (-len(text) % 8)
    with open(TARGET + '.tmp', 'wb') as out:
        out.write(struct.pack('<Q', len(text)) + text + b''.join(blobs))
    os.replace(TARGET + '.tmp', TARGET)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--documents', type=int, default=0, help='train on so many documents only, and write nothing')
    parser.add_argument('--measure', metavar='DIR', help='print figures on the pairs below DIR')
    args = parser.parse_args()
    torch.manual_seed(1)
    chance = random.Random(1)
    folder = os.path.join(ROOT, 'training')
    texts = [read_document(d) for d in documents(os.path.join(folder, 'pairs'))
             if not os.path.basename(d).startswith(UNSEEN_WRITERS)]
    more = [d for name in ('claims_en.tsv', 'claims_zh.tsv') for d in read_claims(os.path.join(folder, name))]
    more += read_rows(os.path.join(folder, 'relations.tsv'))
    measured = [read_document(d) for d in documents(args.measure)] if args.measure else []
    if args.documents:
        texts, more = texts[::max(1, len(texts) // args.documents)], more[:args.documents]
    tensors, base = read_tensors(os.path.join(MODEL, 'model.safetensors'))
    states = States(tensors)
    examples = sorted({states.ids(a + b) for d in texts for a, b in states.texts(d)})
    chance.shuffle(examples)
    examples = examples[:3000]
    states.compute(texts, (FROZEN, LAYERS))
    states.compute(more + measured, (FROZEN,))
    model = Answers(tensors, states, examples)
    named = list(model.named_parameters())
    lora = [p for name, p in named if name.startswith('layers.')]
    scalars = [model.weights, model.bias, model.kinds]
    head = [p for name, p in named if not name.startswith('layers.') and name not in ('weights', 'bias', 'kinds')]
    optimizer = torch.optim.AdamW([{'params': lora, 'lr': LORA_RATE, 'weight_decay': .01},
                                   {'params': head, 'lr': HEAD_RATE, 'weight_decay': .05},
                                   {'params': scalars, 'lr': SCALAR_RATE, 'weight_decay': 0.}])
    rates = [group['lr'] for group in optimizer.param_groups]
    steps = EPOCHS * (len(texts) + len(more))
    step = 0
    for epoch in range(EPOCHS):
        model.train()
        order = texts + more
        chance.shuffle(order)
        total = 0.
        for document in order:
            share = min(1, step / max(1, .05 * steps)) * (.5 + .5 * math.cos(math.pi * step / steps)) + .01
            for group, rate in zip(optimizer.param_groups, rates):
                group['lr'] = rate * share
            optimizer.zero_grad()
            loss = loss_of(model, states, document, chance)
            loss.backward()
            nn.utils.clip_grad_norm_(lora, 1.)
            nn.utils.clip_grad_norm_(head, 1.)
            optimizer.step()
            total += float(loss.detach())
            step += 1
        print('epoch %d: loss %.3f' % (epoch + 1, total / len(order)),
              measure(model, states, measured) if measured else '', flush=True)
    relations = fit_relations(gold_vectors(model, states, texts + more))
    if not args.documents:
        export(model, relations, base)


if __name__ == '__main__':
    main()
