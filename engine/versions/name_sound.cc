// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/versions/name_sound.h"

#include <algorithm>
#include <array>
#include <vector>

namespace narrdiff {
namespace {

// Letters of a NameSound: b p m f v d t n l g k h j (also the dge of bridge, zh) c (ch, q, ts) s (also sh) x z r y w,
// 0 the th of Smith, A a vowel at the start.

bool StartsAt(std::string_view text, size_t i, std::string_view part) { return text.substr(i, part.size()) == part; }

bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

struct Spelling {
  std::string_view letters;
  std::string_view sound;
};

// Letter groups of English names, longest first; those marked by position are handled beside.
constexpr Spelling kGroups[] = {{"tch", "c"}, {"dge", "j"}, {"sch", "s"}, {"ph", "f"}, {"th", "0"}, {"sh", "s"},
                                {"ch", "c"},  {"ck", "k"},  {"qu", "kw"}, {"wh", "w"}, {"gh", ""},  {"rh", "r"},
                                {"cz", "c"},  {"dj", "j"},  {"ts", "c"},  {"tz", "c"}, {"x", "ks"}};

double Exchange(char a, char b) {
  if (a == b) return 0;
  struct Row {
    char a, b;
    double cost;
  };
  static constexpr Row kRows[] = {
      {'l', 'r', .05}, {'b', 'p', .2},  {'d', 't', .15}, {'g', 'k', .2}, {'v', 'w', .1}, {'f', 'v', .15},
      {'f', 'h', .5},  {'f', 'w', .5},  {'f', 'p', .3},  {'b', 'v', .4}, {'b', 'w', .6}, {'s', 'x', .1},
      {'s', 'z', .15}, {'s', 'c', .3},  {'x', 'z', .3},  {'x', 'c', .4}, {'x', 'h', .3}, {'c', 'j', .25},
      {'c', 'z', .3},  {'c', 'k', .45}, {'c', 't', .3},  {'j', 'k', .3}, {'j', 'g', .2}, {'j', 'y', .2},
      {'j', 'z', .3},  {'j', 'd', .4},  {'j', 'r', .4},  {'j', 'x', .5}, {'0', 's', .1}, {'0', 'x', .1},
      {'0', 't', .1},  {'0', 'd', .2},  {'0', 'z', .2},  {'h', 'k', .5}, {'h', 'g', .5}, {'h', 'w', .4},
      {'h', 'y', .5},  {'m', 'n', .3},  {'l', 'n', .6},  {'w', 'y', .5}, {'A', 'y', .1}, {'A', 'w', .1},
      {'A', 'h', .4},  {'A', 'j', .6},
  };
  static const auto* const table = [] {
    auto* costs = new std::array<double, 128 * 128>;
    costs->fill(1);
    for (const Row& row : kRows) {
      (*costs)[static_cast<size_t>(row.a) * 128 + static_cast<size_t>(row.b)] = row.cost;
      (*costs)[static_cast<size_t>(row.b) * 128 + static_cast<size_t>(row.a)] = row.cost;
    }
    return costs;
  }();
  return (*table)[(static_cast<size_t>(a) & 127) * 128 + (static_cast<size_t>(b) & 127)];
}

// Of a sound that the other spelling lacks.
double Gap(char c) {
  switch (c) {
    case 'A':
    case 'y':
    case 'w':
      return .15;
    case 'h':
    case 'r':
      return .25;
    case 'l':
      return .4;
    case 'n':
    case 'm':
    case 't':
    case 'd':
    case 'g':
    case 'k':
      return .6;
    default:
      return .8;
  }
}

}  // namespace

NameSound SoundOfLatin(std::string_view name) {
  NameSound out;
  const auto add = [&](std::string_view sound) {
    for (const char c : sound) {
      if (out.empty() || out.back() != c) out += c;
    }
  };
  for (size_t i = 0; i < name.size();) {
    const char c = name[i];
    if (c < 'a' || c > 'z') {
      ++i;
      continue;
    }
    const Spelling* group = nullptr;
    for (const Spelling& g : kGroups) {
      if (StartsAt(name, i, g.letters)) {
        group = &g;
        break;
      }
    }
    if (group != nullptr) {
      add(group->sound);
      i += group->letters.size();
      continue;
    }
    const char next = i + 1 < name.size() ? name[i + 1] : '\0';
    const bool front = next == 'e' || next == 'i' || next == 'y';
    if (i == 0 && (StartsAt(name, 0, "kn") || StartsAt(name, 0, "wr") || StartsAt(name, 0, "ps"))) {
      // The first letter is mute.
    } else if (IsVowel(c)) {
      if (i == 0) add("A");
    } else if (c == 'c') {
      add(front ? "s" : "k");
    } else if (c == 'g') {
      add(front ? "j" : "g");
    } else if (c == 'q') {
      add("k");
    } else if (c == 'y') {
      if (i == 0 || (i > 0 && IsVowel(name[i - 1]) && IsVowel(next))) add("y");
    } else if (c == 'w') {
      if (IsVowel(next)) add("w");
    } else if (c == 'h') {
      if (IsVowel(next) || next == 'y') add("h");
    } else {
      add(std::string_view(&c, 1));
    }
    ++i;
  }
  return out;
}

NameSound SoundOfPinyin(absl::Span<const std::string_view> syllables) {
  NameSound out;
  for (const std::string_view syllable : syllables) {
    if (syllable.empty()) continue;
    size_t i = 0;
    if (syllable == "er") {
      out += 'r';
      continue;
    }
    if (StartsAt(syllable, 0, "zh")) {
      out += 'j';
      i = 2;
    } else if (StartsAt(syllable, 0, "ch") || StartsAt(syllable, 0, "sh")) {
      out += syllable[0];
      i = 2;
    } else if (syllable[0] == 'q') {
      out += 'c';
      i = 1;
    } else if (!IsVowel(syllable[0])) {
      out += syllable[0];
      i = 1;
    } else {
      out += 'A';
    }
    if (syllable.find('n', i) != std::string_view::npos) out += 'n';
  }
  return out;
}

double SoundLikeness(const NameSound& latin, const NameSound& han) {
  if (latin.empty() || han.empty()) return 0;
  const size_t n = latin.size(), m = han.size();
  std::vector<double> cost((n + 1) * (m + 1), 0);
  const auto at = [&](size_t i, size_t j) -> double& { return cost[i * (m + 1) + j]; };
  for (size_t i = 1; i <= n; ++i) at(i, 0) = at(i - 1, 0) + Gap(latin[i - 1]);
  for (size_t j = 1; j <= m; ++j) at(0, j) = at(0, j - 1) + Gap(han[j - 1]);
  for (size_t i = 1; i <= n; ++i) {
    for (size_t j = 1; j <= m; ++j) {
      // A sound doubled by two syllables, as the m of 米姆 or the n of 汉纳, counts once.
      const double again = j > 1 && han[j - 1] == han[j - 2] ? .1 : 1;
      at(i, j) = std::min({at(i - 1, j - 1) + Exchange(latin[i - 1], han[j - 1]), at(i - 1, j) + Gap(latin[i - 1]),
                           at(i, j - 1) + std::min(again, Gap(han[j - 1]))});
    }
  }
  const auto weight = [](const NameSound& sound) {
    double sum = 0;
    for (const char c : sound) sum += c == 'A' || c == 'y' || c == 'w' || c == 'h' || c == 'r' ? .5 : 1;
    return sum;
  };
  return std::max(0., 1 - at(n, m) / (.5 * (weight(latin) + weight(han))));
}

}  // namespace narrdiff
