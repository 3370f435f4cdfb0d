// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace narrdiff::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr InputLimit kLimit = {1000, "max_input_bytes"};

class FilesTest : public testing::Test {
 protected:
  FilesTest() : folder_(Cat(testing::TempDir(), "/files-XXXXXX")) {
    if (mkdtemp(&folder_[0]) == nullptr) abort();
  }
  std::string At(const std::string& name) const { return Cat(folder_, "/", name); }
  std::string Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(At(name), std::ios::binary) << bytes;
    return At(name);
  }
  static std::string Content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    DIR* const directory = opendir(folder_.c_str());
    while (const dirent* entry = readdir(directory)) {
      if (entry->d_name != std::string(".") && entry->d_name != std::string("..")) names.push_back(entry->d_name);
    }
    closedir(directory);
    std::sort(names.begin(), names.end());
    return names;
  }
  absl::Status WriteAll(const std::string& path, std::string_view bytes) {
    Output output;
    absl::Status status = output.Open(path);
    if (status.ok()) status = output.Write(bytes);
    if (status.ok()) status = output.Close();
    return status;
  }

 private:
  std::string folder_;
};

TEST_F(FilesTest, ReadsAllBytes) {
  EXPECT_EQ(*ReadInput(Write("empty", ""), kLimit), "");
  EXPECT_EQ(*ReadInput(Write("text", "中\n"), kLimit), "中\n");
  const std::string zeros(1000, '\0');
  EXPECT_EQ(*ReadInput(Write("full", zeros), kLimit), zeros);
}

TEST_F(FilesTest, RefusesMoreThanTheLimitBeforeReading) {
  const std::string path = Write("big", "");
  ASSERT_EQ(truncate(path.c_str(), int64_t{500} << 20), 0);
  const absl::Status status = ReadInput(path, kLimit).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(Cat(status.message()), Cat(path,
                                       ": 524288000 bytes, and max_input_bytes is 1000; take the part "
                                       "that matters, or split it"));
}

// A device has no size to look at.
TEST_F(FilesTest, ReadsDevicesNoFurtherThanTheLimit) {
  const absl::Status status = ReadInput("/dev/zero", kLimit).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(*ReadInput("/dev/null", kLimit), "");
}

TEST_F(FilesTest, NamesWhatCannotBeRead) {
  EXPECT_EQ(ReadInput(At("no"), kLimit).status(),
            absl::NotFoundError(Cat(At("no"), ": no such file; check the name and the folder")));
  EXPECT_EQ(ReadInput(At("no/such"), kLimit).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadInput(Write("f", "") + "/x", kLimit).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadInput(At("."), kLimit).status(),
            absl::InvalidArgumentError(Cat(At("."), ": is a folder; name a file in it")));
  EXPECT_EQ(ReadInput(At(std::string(300, 'x')), kLimit).status().code(), absl::StatusCode::kInvalidArgument);
  ASSERT_EQ(symlink("loop", At("loop").c_str()), 0);
  EXPECT_THAT(Cat(ReadInput(At("loop"), kLimit).status().message()), HasSubstr("a link that leads to itself"));
}

TEST_F(FilesTest, WritesWholeFilesWithTheRightsOfNewOnes) {
  const mode_t mask = umask(022);
  ASSERT_EQ(WriteAll(At("out"), "one"), absl::OkStatus());
  umask(mask);
  EXPECT_EQ(Content(At("out")), "one");
  struct stat facts;
  ASSERT_EQ(stat(At("out").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0644u);
  // The rights of a file that is replaced stay.
  chmod(At("out").c_str(), 0600);
  ASSERT_EQ(WriteAll(At("out"), "two"), absl::OkStatus());
  EXPECT_EQ(Content(At("out")), "two");
  ASSERT_EQ(stat(At("out").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
  EXPECT_THAT(Names(), ElementsAre("out"));
}

TEST_F(FilesTest, NothingAppearsWithoutClose) {
  Write("kept", "old");
  {
    Output output;
    ASSERT_EQ(output.Open(At("kept")), absl::OkStatus());
    ASSERT_EQ(output.Write("half"), absl::OkStatus());
    EXPECT_EQ(Content(At("kept")), "old");
    EXPECT_EQ(Names().size(), 2u);
  }
  EXPECT_EQ(Content(At("kept")), "old");
  EXPECT_THAT(Names(), ElementsAre("kept"));
}

TEST_F(FilesTest, LinksStayLinks) {
  Write("real", "old");
  ASSERT_EQ(symlink("real", At("link").c_str()), 0);
  ASSERT_EQ(WriteAll(At("link"), "new"), absl::OkStatus());
  EXPECT_EQ(Content(At("real")), "new");
  struct stat facts;
  ASSERT_EQ(lstat(At("link").c_str(), &facts), 0);
  EXPECT_TRUE(S_ISLNK(facts.st_mode));
  // A link to what is not there yet.
  ASSERT_EQ(symlink("later", At("early").c_str()), 0);
  ASSERT_EQ(WriteAll(At("early"), "text"), absl::OkStatus());
  EXPECT_EQ(Content(At("later")), "text");
}

TEST_F(FilesTest, NamesWhatCannotBeWritten) {
  EXPECT_EQ(WriteAll(At("no/out"), "x"),
            absl::NotFoundError(Cat(At("no/out"), ": no such folder; make it first, or choose another place")));
  EXPECT_EQ(WriteAll(At("."), "x"), absl::InvalidArgumentError(Cat(At("."), ": is a folder; name a file in it")));
  EXPECT_EQ(WriteAll(At("new/"), "x"), absl::InvalidArgumentError(Cat(At("new/"), ": is a folder; name a file in it")));
  EXPECT_EQ(WriteAll("/dev/full", "x"), absl::ResourceExhaustedError("/dev/full: no space left on the disk; free "
                                                                     "some, or choose another place"));
  EXPECT_EQ(WriteAll("/dev/null", "x"), absl::OkStatus());
  EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(FilesTest, CheckOutputFindsTheSameWithoutTouchingAnything) {
  const std::string input = Write("in", "text");
  ASSERT_EQ(link(input.c_str(), At("twin").c_str()), 0);
  const auto check = [&](const std::string& path) { return CheckOutput(path, &input, 1); };
  EXPECT_EQ(check("-"), absl::OkStatus());
  EXPECT_EQ(check(""), absl::OkStatus());
  EXPECT_EQ(check(At("new")), absl::OkStatus());
  EXPECT_EQ(check("/dev/full"), absl::OkStatus());
  EXPECT_EQ(check(At("no/out")).code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Cat(check(input).message()), HasSubstr("is both input and output"));
  EXPECT_THAT(Cat(check(At("twin")).message()), HasSubstr("is both input and output"));
  EXPECT_THAT(Names(), ElementsAre("in", "twin"));
}

TEST_F(FilesTest, ReadsLines) {
  InputStream stream;
  ASSERT_EQ(stream.Open(Write("lines", "one\r\n\ntoo long for this\nlast")), absl::OkStatus());
  std::string line;
  bool too_long = false;
  const auto next = [&]() { return *stream.ReadLine(10, line, too_long); };
  EXPECT_TRUE(next());
  EXPECT_EQ(line, "one");
  EXPECT_TRUE(next());
  EXPECT_EQ(line, "");
  EXPECT_TRUE(next());
  EXPECT_TRUE(too_long);
  EXPECT_EQ(line, "");
  EXPECT_TRUE(next());
  EXPECT_FALSE(too_long);
  EXPECT_EQ(line, "last");
  EXPECT_FALSE(next());
}

TEST_F(FilesTest, ReadsLinesLongerThanItsBuffer) {
  const std::string long_line(200'000, 'x');
  InputStream stream;
  ASSERT_EQ(stream.Open(Write("lines", long_line + "\n" + long_line)), absl::OkStatus());
  std::string line;
  bool too_long = false;
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(*stream.ReadLine(1 << 20, line, too_long));
    EXPECT_EQ(line, long_line);
  }
  EXPECT_FALSE(*stream.ReadLine(1 << 20, line, too_long));
}

TEST_F(FilesTest, ReadsDelimitedRecords) {
  InputStream stream;
  ASSERT_EQ(stream.Open(Write("records", Cat("\x03", "one", std::string(1, '\0'), "\x96\x01", std::string(150, 'y')))),
            absl::OkStatus());
  std::string record;
  EXPECT_TRUE(*stream.ReadDelimited(1000, record));
  EXPECT_EQ(record, "one");
  EXPECT_TRUE(*stream.ReadDelimited(1000, record));
  EXPECT_EQ(record, "");
  EXPECT_TRUE(*stream.ReadDelimited(1000, record));
  EXPECT_EQ(record, std::string(150, 'y'));
  EXPECT_FALSE(*stream.ReadDelimited(1000, record));
}

TEST_F(FilesTest, RefusesBrokenDelimitedStreams) {
  const auto error_of = [&](const std::string& bytes) {
    InputStream stream;
    std::string record;
    absl::Status status = stream.Open(Write("broken", bytes));
    if (status.ok()) status = stream.ReadDelimited(1000, record).status();
    return Cat(status.message());
  };
  EXPECT_THAT(error_of("\x05one"), HasSubstr("ends in the middle of a message"));
  EXPECT_THAT(error_of("\x80"), HasSubstr("ends in the middle of a message"));
  EXPECT_THAT(error_of("\xff\xff\x01"), HasSubstr("max_request_bytes is 1000"));
  EXPECT_THAT(error_of(std::string(12, '\xff')), HasSubstr("is not length-delimited protobuf"));
}

TEST(DisplayName, IsFitForAMessage) {
  EXPECT_EQ(DisplayName("-"), "standard input");
  EXPECT_EQ(DisplayName("a\n\xff.txt"), "a\\n\xef\xbf\xbd.txt");
}

}  // namespace
}  // namespace narrdiff::cli
