// Configuration files: YAML text → node → every configuration struct of the host.

#include <algorithm>

#include "config/host_config.h"
#include "config/yaml_document.h"
#include "http/syntax.h"
#include "require.h"
#include "tenancy/tenant_config.h"
#include "view/theme.h"

namespace livery::fuzz {
namespace {

using config::Node;

constexpr std::size_t kMaxDepth = 64;

bool IsOneLine(std::string_view text) { return text.find_first_of("\r\n") == text.npos; }

void RequirePlaced(const config::Problems& problems, int lines) {
    for (const config::Problem& problem : problems.list()) {
        Require(problem.file == "f.yaml" && !problem.message.empty(),
                "a problem says what and where");
        Require(problem.at.line >= 1 && problem.at.column >= 1, "a problem has a place");
        Require(problem.at.line <= lines + 1, "the place is in the file");
        Require(IsOneLine(problem.ToString()), "a problem prints as one line");
    }
}

void RequirePlaced(const Node& node, std::size_t depth) {
    Require(node.at.line >= 1 && node.at.column >= 1, "a node has a place");
    Require(depth <= kMaxDepth, "no deeper than allowed");
    Require(IsUtf8(node.text), "text is UTF-8");
    for (const Node& item : node.items) RequirePlaced(item, depth + 1);
    for (const Node::Entry& entry : node.entries) {
        Require(entry.at.line >= 1 && IsUtf8(entry.key), "a key has a place and is UTF-8");
        RequirePlaced(entry.value, depth + 1);
    }
}

std::string Quote(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F || c == '"' || c == '\\') {
            quoted += std::string("\\x") + kHex[byte / 16] + kHex[byte % 16];
        } else {
            quoted += c;
        }
    }
    return quoted + '"';
}

// Flow style, everything quoted: what the text means, without how it was written.
void Write(const Node& node, std::string& out) {
    switch (node.kind) {
        case Node::Kind::kNull:
            out += "null";
            return;
        case Node::Kind::kScalar:
            out += Quote(node.text);
            return;
        case Node::Kind::kList:
            out += '[';
            for (const Node& item : node.items) Write(item, out), out += ", ";
            out += ']';
            return;
        case Node::Kind::kMap:
            out += '{';
            for (const Node::Entry& entry : node.entries) {
                out += "? " + Quote(entry.key) + " : ";
                Write(entry.value, out);
                out += ", ";
            }
            out += '}';
            return;
    }
}

std::string Written(const Node& node) {
    std::string text;
    Write(node, text);
    return text;
}

template <class T>
std::string ProblemsIn(const Node& node, int lines) {
    config::Problems problems;
    T::Schema().Read(node, config::Reader("f.yaml", problems));
    RequirePlaced(problems, lines);
    std::string messages;
    for (const config::Problem& problem : problems.list()) messages += problem.key + '\n';
    return messages;
}

std::string ProblemsOfAll(const Node& node, int lines) {
    return ProblemsIn<tenancy::TenantConfig>(node, lines) +
           ProblemsIn<view::ThemeConfig>(node, lines) + ProblemsIn<config::HostConfig>(node, lines);
}

void Check(const std::string& text) {
    const int lines = 1 + static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
                          return c == '\n' || c == '\r';
                      }));
    config::Problems problems;
    const auto node = config::ParseYaml(text, "f.yaml", problems);
    RequirePlaced(problems, lines);
    Require(node.has_value() == problems.empty(), "a node or a problem");
    if (!node) return;
    RequirePlaced(*node, 0);
    const std::string found = ProblemsOfAll(*node, lines);
    const std::string plain = Written(*node);
    const auto again = config::ParseYaml(plain, "f.yaml", problems);
    Require(again && problems.empty(), "what was read can be written and read");
    Require(Written(*again) == plain, "reads as written");
    Require(ProblemsOfAll(*again, 1) == found, "the same problems, however it is written");
}

}  // namespace
}  // namespace livery::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    livery::fuzz::Check(std::string(livery::fuzz::TextOf(data, size)));
    return 0;
}
