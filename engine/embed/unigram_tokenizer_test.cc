// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/embed/unigram_tokenizer.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/embed/sentencepiece_model.pb.h"
#include "engine/embed/testing/tiny_model.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff {
namespace {

using sentencepiece::Model;
using ::testing::HasSubstr;

// A trie in the form of Darts-clone that makes "A" into "a", a tab into a space, "%" into "d n" and "~" into nothing.
std::string Charsmap() {
  std::vector<uint32_t> units(512, 0x80000000u);
  const std::string replacements("a\0 \0d n\0\0", 9);
  units[0] = 0;
  const auto add = [&units](unsigned char byte, uint32_t leaf, uint32_t offset) {
    units[byte] = (byte ^ leaf) << 10 | 1u << 8 | byte;
    units[leaf] = 0x80000000u | offset;
  };
  add('A', 256, 0);
  add('\t', 257, 2);
  add('%', 258, 4);
  add('~', 259, 8);
  const uint32_t bytes = static_cast<uint32_t>(units.size() * sizeof(uint32_t));
  return std::string(reinterpret_cast<const char*>(&bytes), sizeof(bytes)) +
         std::string(reinterpret_cast<const char*>(units.data()), bytes) + replacements;
}

Model TinyModelProto() {
  Model model;
  EXPECT_TRUE(model.ParseFromString(TinyModel().Tokenizer()));
  return model;
}

// "1401[0,2] 8[2,4]"
std::string Show(const std::vector<SubwordToken>& tokens) {
  std::string shown;
  for (const SubwordToken& token : tokens) {
    shown += (shown.empty() ? "" : " ") + std::to_string(token.id) + "[" + std::to_string(token.span.begin) + "," +
             std::to_string(token.span.end) + "]";
  }
  return shown;
}

TEST(UnigramTokenizer, CutsTexts) {
  Model model = TinyModelProto();
  model.mutable_normalizer_spec()->set_precompiled_charsmap(Charsmap());
  const auto tokenizer = UnigramTokenizer::FromBytes(model.SerializeAsString(), "tiny");
  ASSERT_TRUE(tokenizer.ok()) << tokenizer.status();
  // The pieces are numbered from 4: "_" 4, "_we" 5, "_de" 6, "ny" 7, "_deny" 8, "_it" 9, "." 10, "e" 11, "我" 12, "们"
  // 13, "我们" 14, "否认" 15, "。" 16, "d" 17, "n" 18.
  struct Case {
    const char* name;
    std::string_view text;
    const char* expected;
  };
  const Case cases[] = {
      {"nothing", "", ""},
      {"white space", " \t ", ""},
      {"what is normalised away", "~", ""},
      {"the best sum, not the longest piece", "we deny it.", "5[0,2] 8[2,7] 9[7,10] 10[10,11]"},
      {"a space before Chinese", "我们否认。", "4[0,0] 14[0,6] 15[6,12] 16[12,15]"},
      {"white space runs and ends", "  we \t deny ", "5[2,4] 8[4,11]"},
      {"unknown characters are one piece", "we xyz.", "5[0,2] 4[2,3] 3[3,6] 10[6,7]"},
      {"one character becomes three", "we%", "5[0,2] 17[2,3] 4[2,3] 18[2,3]"},
      {"the mark itself is a space", "\u2581we", "4[0,0] 5[0,5]"},
      {"NUL and control characters", std::string_view("we\0\x01.", 5), "5[0,2] 3[2,4] 10[4,5]"},
      {"what is no UTF-8", "we\xff\xe6.", "5[0,2] 3[2,4] 10[4,5]"},
      {"emoji", "\U0001F600", "4[0,0] 3[0,4]"},
  };
  for (const Case& c : cases) EXPECT_EQ(Show((*tokenizer)->Tokenize(c.text)), c.expected) << c.name;
  EXPECT_EQ((*tokenizer)->vocabulary_size(), 19);
}

TEST(UnigramTokenizer, LongWordsAndTexts) {
  const auto tokenizer = UnigramTokenizer::FromBytes(TinyModel().Tokenizer(), "tiny");
  ASSERT_TRUE(tokenizer.ok());
  EXPECT_EQ((*tokenizer)->Tokenize(std::string(1 << 20, 'x')).size(), 2u);  // the space before it, and an unknown run
  EXPECT_EQ((*tokenizer)->Tokenize(std::string(1 << 20, 'e')).size(), (1u << 20) + 1);
}

TEST(UnigramTokenizer, SpansOfRandomBytesAreInOrder) {
  Model model = TinyModelProto();
  model.mutable_normalizer_spec()->set_precompiled_charsmap(Charsmap());
  const auto tokenizer = UnigramTokenizer::FromBytes(model.SerializeAsString(), "tiny");
  ASSERT_TRUE(tokenizer.ok());
  uint32_t state = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < round % 40; ++i) {
      state = state * 1664525u + 1013904223u;
      text.push_back("weny dit.A%~\t\xe6\x88\x91\xff\x81"[state >> 28]);
    }
    int32_t last = 0;
    for (const SubwordToken& token : (*tokenizer)->Tokenize(text)) {
      EXPECT_LE(token.span.begin, token.span.end);
      EXPECT_LE(last, token.span.end);
      EXPECT_LE(token.span.end, static_cast<int32_t>(text.size()));
      EXPECT_LT(token.id, (*tokenizer)->vocabulary_size());
      last = token.span.end;
    }
  }
}

TEST(UnigramTokenizer, UnfitModelsAreRefused) {
  struct Case {
    const char* name;
    void (*change)(Model&);
    const char* message;
  };
  const Case cases[] = {
      {"no pieces", [](Model& m) { m.clear_pieces(); }, "not a SentencePiece model"},
      {"byte pairs", [](Model& m) { m.mutable_trainer_spec()->set_model_type(2); }, "not a unigram model"},
      {"byte fallback", [](Model& m) { m.mutable_trainer_spec()->set_byte_fallback(true); }, "not a unigram model"},
      {"other order", [](Model& m) { m.mutable_pieces()->SwapElements(0, 1); }, "not a unigram model"},
      {"a user's piece", [](Model& m) { m.mutable_pieces(5)->set_type(Model::Piece::USER_DEFINED); }, "user's own"},
      {"an empty piece", [](Model& m) { m.mutable_pieces(5)->clear_piece(); }, "without text or score"},
      {"no number", [](Model& m) { m.mutable_pieces(5)->set_score(0.0f / 0.0f); }, "without text or score"},
      {"a short table", [](Model& m) { m.mutable_normalizer_spec()->set_precompiled_charsmap("abc"); }, "damaged"},
      {"a table cut off",
       [](Model& m) { m.mutable_normalizer_spec()->set_precompiled_charsmap(Charsmap().substr(0, 999)); }, "damaged"},
      {"a table without end", [](Model& m) { m.mutable_normalizer_spec()->set_precompiled_charsmap(Charsmap() + "x"); },
       "damaged"},
  };
  for (const Case& c : cases) {
    Model model = TinyModelProto();
    c.change(model);
    const auto tokenizer = UnigramTokenizer::FromBytes(model.SerializeAsString(), "tiny");
    EXPECT_EQ(tokenizer.status().code(), absl::StatusCode::kFailedPrecondition) << c.name;
    EXPECT_THAT(std::string(tokenizer.status().message()), HasSubstr(c.message)) << c.name;
  }
  EXPECT_FALSE(UnigramTokenizer::FromBytes("not a model", "x").ok());
  EXPECT_EQ(UnigramTokenizer::Open(testing::TempDir() + "/none").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace narrdiff
