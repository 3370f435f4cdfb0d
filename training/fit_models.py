#!/usr/bin/env python3
# Copyright 2026 The narrdiff Authors
# SPDX-License-Identifier: Apache-2.0
"""Fits the weights of features that narrdiff ships: engine/align/pair_weights.textproto and
engine/relate/relation_weights.textproto, and with --model the same of the features that a learnt model is among
(..._neural.textproto).

  training/fit_models.py            fits on training/ and writes both files
  training/fit_models.py --cross    cross-validates by document and prints figures; writes nothing
  training/fit_models.py --tables   prints the calibration and ablation tables of docs/accuracy.md; writes nothing
  training/fit_models.py --model .data/models/multilingual-e5-small ...    the same with learnt features

The learnt model (fit_answers.py) has seen most of the texts, and is too sure of those: its weights are fitted on the
writers that it has not seen. Needs Debian's python3-numpy and python3-scipy, and a built //training:dump_features. Regularised logistic regression by Newton's
method for pairs, multinomial logistic regression by L-BFGS for relations. Same input, same bytes out.
"""
import argparse
import collections
import os
import subprocess
import tempfile

import numpy as np
from scipy import optimize

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DUMP = os.path.join(ROOT, 'bazel-bin', 'training', 'dump_features')
RELATIONS = ['agree', 'deny', 'counter', 'reframe', 'differ', 'respond']
PAIR_RIDGE, LEXICAL_PAIR_RIDGE = 5.0, 3.0
# Speeches, long and oblique, are what real statements are like, and are fewer among the unseen writers than statements.
LONG_CELLS, LONG_WEIGHT = 900, 2.0
# Words alone rank cells of long statements too badly for their number to be used.
NEURAL_ONLY = ('cells',)
# The written texts answer in nearly the order of what they answer; real ones do not. A stronger ridge keeps the model from
# leaning on it: on development data .42 / .17 without (written / real), .41 / .20 with.
STRONG_RIDGE = {'position': 30.0}
# With vectors: .565 / .274 with 30, .556 / .299 with 400. What holds for real statements is what counts.
NEURAL_STRONG_RIDGE = {'position': 400.0}
RELATION_RIDGE = 5.0
# Single pairs are about as many of each relation, which pairs of statements are not: they count half.
SINGLE_WEIGHT = 0.5
# Writers whose documents fit_answers.py keeps out.
UNSEEN_WRITERS = ('w03-', 'w04-', 'w08-', 'w10-', 'w12-', 'w13-', 'w14-', 'w15-')
MODEL = []  # the flags of dump_features that give learnt features


def documents(root):
    return sorted(os.path.join(root, d) for d in os.listdir(root) if os.path.exists(os.path.join(root, d, 'pairs.tsv')))


def gold_cells(directory):
    cells = {}
    for line in open(os.path.join(directory, 'pairs.tsv'), encoding='utf8'):
        row = line.rstrip('\n').split('\t')
        if len(row) < 3 or not row[0][:1].isdigit():
            continue
        for i in row[0].split(','):
            for j in row[1].split(','):
                cells[int(i), int(j)] = (row[2], int(row[3]) if len(row) > 3 and row[3].isdigit() else 2)
    return cells


def dump(what, paths):
    lines = subprocess.run([DUMP] + MODEL + [what] + paths, check=True, capture_output=True, text=True).stdout.splitlines()
    return lines[0].split('\t')[1:], [line.split('\t') for line in lines[1:]]


def load_pairs(directories):
    names, rows = dump('pairs', directories)
    gold = {d: gold_cells(d) for d in directories}
    x = np.array([[float(v) for v in row[3:]] for row in rows])
    y = np.array([float((int(row[1]), int(row[2])) in gold[row[0]]) for row in rows])
    docs = np.array([row[0] for row in rows])
    return names, x, y, docs, {d: len(g) for d, g in gold.items()}


def fit_logistic(names, x, y, docs):
    w = np.zeros(x.shape[1])
    _, at, count = np.unique(docs, return_inverse=True, return_counts=True)
    weight = np.where((count[at] > LONG_CELLS) & bool(MODEL), LONG_WEIGHT, 1.0)
    ridge, strong = (PAIR_RIDGE, NEURAL_STRONG_RIDGE) if MODEL else (LEXICAL_PAIR_RIDGE, STRONG_RIDGE)
    penalty = np.array([1e-3 if n == 'bias' else strong.get(n, ridge) for n in names])
    if not MODEL:
        penalty[[n in NEURAL_ONLY for n in names]] = 1e12
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (weight * (p - y)) + penalty * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def balanced(p):
    """The cells that `--min-score=balanced` keeps."""
    order = np.argsort(-p, kind='stable')
    sums = np.cumsum(p[order])
    f1 = 2 * sums / (np.arange(1, len(p) + 1) + p.sum())
    return order[:int(np.argmax(f1)) + 1]


def pair_figures(p, y, docs, n_gold):
    tp = n = 0
    for d in sorted(set(docs)):
        at = np.where(docs == d)[0]
        keep = at[balanced(p[at])]
        tp += y[keep].sum()
        n += len(keep)
    gold = sum(n_gold.values())
    precision, recall = tp / max(1, n), tp / gold
    sure = p >= .5
    return 'F1 %.3f (P %.3f R %.3f) | p>=.5: P %.3f R %.3f' % (
        2 * precision * recall / max(1e-9, precision + recall), precision, recall,
        y[sure].sum() / max(1, sure.sum()), y[sure].sum() / gold)


def claims_as_rows(paths, to):
    """Each answer with its claim, in the form of relations.tsv: relation, languages, left, right."""
    claim = None
    for path in paths:
        for line in open(path, encoding='utf8'):
            row = line.rstrip('\n').split('\t')[1:]
            if row[0] == 'claim':
                claim = row
            elif row[0] in RELATIONS:
                left, right = (claim, row) if claim[1] == 'US' else (row, claim)
                to.write('\t'.join([row[0], left[2], right[2], left[3], right[3]]) + '\n')
    to.flush()


def is_long(directory):
    lines = [sum(1 for _ in open(os.path.join(directory, side + '.sent'), encoding='utf8')) for side in ('left', 'right')]
    return lines[0] * lines[1] > LONG_CELLS


def load_relations(directories, single):
    """Evidence of the gold cells of documents and, at a lower weight, of single pairs."""
    names, rows = dump('related', directories)
    weights = [1.0] * len(rows)
    if single:
        with tempfile.NamedTemporaryFile('w', suffix='.tsv', encoding='utf8') as claims:
            claims_as_rows([os.path.join(ROOT, 'training', n) for n in ('claims_en.tsv', 'claims_zh.tsv')], claims)
            rows += dump('relations', [os.path.join(ROOT, 'training', 'relations.tsv'), claims.name])[1]
        weights += [SINGLE_WEIGHT] * (len(rows) - len(weights))
    x = np.array([[float(v) for v in row[2:]] for row in rows])
    y = np.array([RELATIONS.index(row[1]) for row in rows])
    return names, x, y, np.array(weights)


def fit_softmax(x, y, weights):
    """Multinomial logistic regression. Vectors tell rare relations, which then count more, by the root of how rare they
    are; words alone would only guess them more often."""
    classes = len(RELATIONS)
    if MODEL:
        weights = weights / np.sqrt(np.bincount(y, weights, classes) / weights.sum())[y]
    weights = weights * len(y) / weights.sum()
    target = np.eye(classes)[y]

    def loss(flat):
        w = flat.reshape(classes, -1)
        scores = x @ w.T
        scores -= scores.max(1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(1, keepdims=True)
        value = -(weights * np.log(p[np.arange(len(y)), y] + 1e-12)).sum() + .5 * RELATION_RIDGE * (w * w).sum()
        return value, (((p - target) * weights[:, None]).T @ x + RELATION_RIDGE * w).ravel()

    start = np.zeros(classes * x.shape[1])
    return optimize.minimize(loss, start, jac=True, method='L-BFGS-B', options={'maxiter': 300}).x.reshape(classes, -1)


def relation_figures(p, y):
    hit = (p == y).mean()
    f1 = []
    for c in range(len(RELATIONS)):
        tp = ((p == c) & (y == c)).sum()
        f1.append(2 * tp / max(1, (p == c).sum() + (y == c).sum()))
    return 'accuracy %.3f macro F1 %.3f (%s)' % (hit, np.mean(f1),
                                                 ' '.join('%s %.2f' % z for z in zip(RELATIONS, f1)))


# Families of pair features, for the ablation table.
FAMILIES = {
    'words and concepts (cosines)': ['words', 'words-in-context', 'concepts'],
    'word by word, with dictionaries': ['word-by-word', 'word-by-word-in-context'],
    'rank among the other sentences': ['best-of-row', 'rank', 'mutual-best', 'margin'],
    'issues': ['issue', 'issue-in-context', 'issue-and-rejection'],
    'names and numbers': ['names', 'numbers-equal', 'numbers-differ'],
    'acts and roles': ['same-act', 'act-turned-back', 'act-answered', 'act-negated', 'of-other-and-of-self'],
    'twin terms': ['twins', 'twin-shared'],
    'speech cues': ['accusation-rejected', 'accusation-negated', 'accusation-met-by-virtue', 'accusations-exchanged',
                    'accusation-opposed', 'act-opposed', 'demand-answered', 'both-commit', 'turned-back', 'contrast',
                    'negated-on-one-side', 'words-and-rejection', 'main-accusation-rejected'],
    'generic and set-piece sentences': ['greeting-or-logistics', 'generic', 'short', 'length', 'plain'],
    'number of cells': ['cells'],
    'position': ['position'],
    'vectors': ['vectors', 'tokens'],
    'learnt score': ['learnt', 'learnt-rank', 'learnt-below-best', 'learnt-around'],
    'learnt readings': ['reads-agree', 'reads-deny', 'reads-counter', 'reads-reframe', 'reads-differ', 'reads-respond'],
}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cross_validated(names, x, y, docs, directories, folds=8):
    """Probabilities of each cell by weights fitted without its document's fold."""
    p = np.zeros(len(y))
    for fold in range(folds):
        held = set(directories[fold::folds])
        out = np.array([d in held for d in docs])
        p[out] = sigmoid(x[out] @ fit_logistic(names, x[~out], y[~out], docs[~out]))
    return p


def print_tables(names, x, y, docs, n_gold, directories, others):
    print('| score | pairs in training/ (cross-validated) | right |' + ''.join(' %s | right |' % g for g in others))
    sets = [(cross_validated(names, x, y, docs, directories), y)]
    w = fit_logistic(names, x, y, docs)
    sets += [(sigmoid(ox @ w), oy) for _, ox, oy, _, _ in others.values()]
    for low, high in ((.1, .2), (.2, .3), (.3, .4), (.4, .5), (.5, .6), (.6, .8), (.8, 1.01)):
        row = '| %.1f to %.1f |' % (low, min(high, 1))
        for p, t in sets:
            band = (p >= low) & (p < high)
            row += ' %d | %s |' % (band.sum(), '%.2f' % t[band].mean() if band.any() else '')
        print(row)
    print()
    for family in [None] + list(FAMILIES):
        keep = [k for k, n in enumerate(names) if family is None or n not in FAMILIES[family]]
        kept = [names[k] for k in keep]
        figures = [pair_figures(cross_validated(kept, x[:, keep], y, docs, directories), y, docs, n_gold)]
        w = fit_logistic(kept, x[:, keep], y, docs)
        figures += [pair_figures(sigmoid(ox[:, keep] @ w), oy, od, on) for _, ox, oy, od, on in others.values()]
        print('| %s | %s |' % ('all' if family is None else 'without ' + family, ' | '.join(f.split()[1] for f in figures)))


def write_model(path, comment, outputs, names, weights):
    lines = ['# %s' % comment, 'note: "fitted by training/fit_models.py on training/"']
    for output, row in zip(outputs, weights):
        lines.append('output {')
        lines.append('  name: "%s"' % output)
        for name, value in zip(names, row):
            if abs(value) >= .0005:
                lines.append('  weight { feature: "%s" value: %.4f }' % (name, value))
        lines.append('}')
    temporary = path + '.tmp'
    with open(temporary, 'w', encoding='utf8') as out:
        out.write('\n'.join(lines) + '\n')
    os.replace(temporary, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--cross', action='store_true', help='cross-validate by document; write nothing')
    parser.add_argument('--tables', action='store_true', help='print calibration and ablation tables; write nothing')
    parser.add_argument('--also', action='append', default=[], metavar='DIR',
                        help='measure the fitted weights on the pairs below DIR (never fitted on)')
    parser.add_argument('--model', metavar='DIR', help='directory of the embedding model: fit with learnt features')
    args = parser.parse_args()
    directories = documents(os.path.join(ROOT, 'training', 'pairs'))
    suffix = ''
    if args.model:
        MODEL.extend(['--model=' + args.model, '--cache=' + os.path.expanduser('~/.cache/narrdiff')])
        directories = [d for d in directories if os.path.basename(d).startswith(UNSEEN_WRITERS)]
        suffix = '_neural'
    related = directories if args.model else [d for d in directories if not is_long(d)]
    if not args.model:
        # Words alone learn nothing from more texts: .442 / .220 on development data (written / real) with these forty
        # documents, .446 / .232 with all 306, and plain denials of a few sentences are then found less often.
        directories = [d for d in directories if os.path.basename(d).startswith('train-')]
    names, x, y, docs, n_gold = load_pairs(directories)
    if args.tables:
        groups = collections.defaultdict(list)
        for d in [d for root in args.also for d in documents(root)]:
            groups[os.path.basename(d).split('-')[0]].append(d)
        print_tables(names, x, y, docs, n_gold, directories, {g: load_pairs(m) for g, m in sorted(groups.items())})
        return
    if args.cross:
        print('pairs, 8 folds:', pair_figures(cross_validated(names, x, y, docs, directories), y, docs, n_gold))
    w = fit_logistic(names, x, y, docs)
    evidence, ex, ey, weights = load_relations(related, not args.model)
    if args.cross:
        p = np.zeros(len(ey), int)
        for fold in range(8):
            out = np.arange(len(ey)) % 8 == fold
            p[out] = (ex[out] @ fit_softmax(ex[~out], ey[~out], weights[~out]).T).argmax(1)
        print('relations, 8 folds:', relation_figures(p, ey))
    ew = fit_softmax(ex, ey, weights)
    for root in args.also:
        groups = collections.defaultdict(list)
        for d in documents(root):
            groups[os.path.basename(d).split('-')[0]].append(d)
        for group, members in sorted(groups.items()):
            _, ox, oy, odocs, on = load_pairs(members)
            print('pairs, %s:' % group, pair_figures(sigmoid(ox @ w), oy, odocs, on))
            _, rx, ry, _ = load_relations(members, False)
            print('relations given the pair, %s:' % group, relation_figures((rx @ ew.T).argmax(1), ry))
    if args.cross:
        for name, value in sorted(zip(names, w), key=lambda z: -abs(z[1])):
            print('%8.3f  %s' % (value, name))
        return
    write_model(os.path.join(ROOT, 'engine', 'align', 'pair_weights%s.textproto' % suffix),
                'Weights of the competing pair model (pair_features.h): log odds per unit of each feature.', ['pair'], names,
                [w])
    write_model(os.path.join(ROOT, 'engine', 'relate', 'relation_weights%s.textproto' % suffix),
                'Weights of the relation model (classify_relation.h): how much each kind of evidence speaks for each relation.',
                RELATIONS, evidence, ew)


if __name__ == '__main__':
    main()
