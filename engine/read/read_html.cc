// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/read/read_html.h"

#include <algorithm>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/read/ascii_text.h"
#include "engine/read/html_elements.h"
#include "engine/read/html_lines.h"
#include "engine/read/html_tree.h"

namespace narrdiff {
namespace {

constexpr size_t kCharsetBytes = 4096;
constexpr size_t kLookBytes = 8192;
constexpr size_t kLongestTitle = 1000;

// Without byte order mark and white space.
std::string_view SkipMark(std::string_view s) {
  if (StartsWith(s, "\xEF\xBB\xBF")) s.remove_prefix(3);
  return Strip(s);
}

// The value of `key` in "text/html; charset=gbk" or in an XML declaration.
std::string ValueOf(std::string_view s, std::string_view key) {
  const std::string lower = ToLower(s);
  size_t at = lower.find(key);
  if (at == std::string::npos) return {};
  at += key.size();
  const auto skip = [&](std::string_view what) {
    while (at < lower.size() && Contains(what, std::string_view(&lower[at], 1))) ++at;
  };
  skip(" \t\r\n");
  if (ByteAt(lower, at) != '=') return {};
  skip(" \t\r\n=\"'");
  const size_t end = lower.find_first_of(" \t\r\n\"';?>", at);
  return lower.substr(at, end == std::string::npos ? end : end - at);
}

// The white space of a title, which may go over several lines.
std::string OneLine(std::string_view s) {
  std::string out;
  for (const char c : Strip(s.substr(0, kLongestTitle))) {
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    if (!space) {
      out += c;
    } else if (!EndsWith(out, " ")) {
      out += ' ';
    }
  }
  return out;
}

std::string WithoutSpaces(std::string_view s) {
  std::string out;
  for (const char c : s) {
    if (c != ' ' && c != '\t' && c != '\n') out += c;
  }
  return ToLower(out);
}

// "On X - Department of Y" is "On X" where the page has a line "On X".
std::string CutSite(const std::string& title, std::string_view line) {
  const std::string wanted = WithoutSpaces(line);
  if (wanted.empty()) return title;
  for (size_t end = 1; end <= title.size(); ++end) {
    const std::string_view head = std::string_view(title).substr(0, end);
    const std::string_view rest = Strip(std::string_view(title).substr(end));
    const bool separator = StartsWith(rest, "-") || StartsWith(rest, "|") || StartsWith(rest, "_") ||
                           StartsWith(rest, "–") || StartsWith(rest, "—") || StartsWith(rest, "·") ||
                           StartsWith(rest, ":") || StartsWith(rest, "»") || StartsWith(rest, ">") ||
                           StartsWith(rest, "｜");
    if (separator && WithoutSpaces(head) == wanted) return std::string(Strip(head));
  }
  return title;
}

std::string MetaOf(const HtmlLines& page, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    for (const auto& [key, content] : page.metas) {
      if (key == name && !Strip(content).empty()) return OneLine(content);
    }
  }
  return {};
}

// The <time> in the text that is read; of a page without one there, none.
std::string FirstTime(const HtmlLines& page, const std::vector<LineRole>& roles) {
  for (const auto& [index, value] : page.times) {
    if (static_cast<size_t>(index) >= page.elements.size()) continue;
    const HtmlElement& element = page.elements[static_cast<size_t>(index)];
    if (element.first_line >= element.end_line || static_cast<size_t>(element.first_line) >= roles.size()) continue;
    if (roles[static_cast<size_t>(element.first_line)] != LineRole::kFurniture) return OneLine(value);
  }
  return {};
}

// One run a line, but a title is one however many lines it has.
std::vector<HtmlRun> MakeRuns(const HtmlLines& page, const std::vector<LineRole>& roles) {
  std::vector<HtmlRun> runs;
  runs.reserve(roles.size());
  for (size_t k = 0; k < roles.size(); ++k) {
    if (roles[k] == LineRole::kTitle && k > 0 && roles[k - 1] == LineRole::kTitle) {
      runs.back().span.end = page.lines[k].span.end;
    } else {
      runs.push_back({page.lines[k].span, roles[k]});
    }
  }
  return runs;
}

void ReadFacts(const HtmlLines& page, const std::vector<LineRole>& roles, const ReadWords& words, HtmlText& out) {
  out.title = MetaOf(page, words.html_title_metas());
  if (out.title.empty()) out.title = OneLine(page.title);
  const auto title =
      std::find_if(out.runs.begin(), out.runs.end(), [](const HtmlRun& run) { return run.role == LineRole::kTitle; });
  if (title != out.runs.end()) out.title = CutSite(out.title, title->span.Of(page.text).substr(0, kLongestTitle));
  out.date = MetaOf(page, words.html_date_metas());
  if (out.date.empty()) out.date = FirstTime(page, roles);
  out.speaker = MetaOf(page, words.html_author_metas());
}

// Counts tags up to where it is sure.
class PageFinder : public HtmlVisitor {
 public:
  bool Start(const HtmlTag& tag) override {
    if (!tag.IsInSource()) return true;
    const HtmlElementKind& kind = FindHtmlElement(tag.name());
    if (kind.name.empty() && !begun_) plain_ = true;
    begun_ = true;
    tags_ += !kind.name.empty();
    blocks_ += kind.Is(kHtmlBlock | kHtmlPage) || kind.name == "meta" || kind.name == "title";
    html_ |= kind.name == "html";
    return true;
  }
  void End() override {}
  void Text(HtmlTextSteps& text) override {
    HtmlCharacter next;
    while (!begun_ && text.Next(next)) plain_ |= !IsSpace(next.c);
    begun_ |= plain_;
  }
  bool found() const { return !plain_ && (html_ || (blocks_ > 0 && tags_ > 1)); }

 private:
  bool begun_ = false, plain_ = false, html_ = false;
  int tags_ = 0, blocks_ = 0;
};

class CharsetFinder : public HtmlVisitor {
 public:
  bool Start(const HtmlTag& tag) override {
    if (tag.name() != "meta" || !charset_.empty()) return true;
    charset_ = ToLower(Strip(tag.Attribute("charset")));
    if (charset_.empty() && ToLower(tag.Attribute("http-equiv")) == "content-type") {
      charset_ = ValueOf(tag.Attribute("content"), "charset");
    }
    return true;
  }
  void End() override {}
  void Text(HtmlTextSteps& /*text*/) override {}
  const std::string& charset() const { return charset_; }

 private:
  std::string charset_;
};

}  // namespace

bool LooksLikeHtml(std::string_view text) {
  text = SkipMark(text.substr(0, kLookBytes));
  if (!StartsWith(text, "<")) return false;
  if (ToLower(text.substr(0, 14)) == "<!doctype html") return true;
  PageFinder finder;
  WalkHtml(text, finder);
  return finder.found();
}

std::string DeclaredCharset(std::string_view bytes) {
  bytes = SkipMark(bytes.substr(0, kCharsetBytes));
  if (StartsWith(bytes, "<?xml")) {
    std::string encoding = ValueOf(bytes.substr(0, bytes.find("?>")), "encoding");
    if (!encoding.empty()) return encoding;
  }
  CharsetFinder finder;
  WalkHtml(bytes, finder);
  return finder.charset();
}

HtmlText ReadHtml(std::string_view html, const ReadWords& words) {
  HtmlLines page = LayOutHtml(html, words);
  const std::vector<LineRole> roles = FindHtmlRoles(page);
  HtmlText out;
  out.runs = MakeRuns(page, roles);
  ReadFacts(page, roles, words, out);
  out.text = std::move(page.text);
  out.offsets = std::move(page.offsets);
  out.flattened_tags = page.flattened_tags;
  return out;
}

}  // namespace narrdiff
