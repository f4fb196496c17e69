#include "config/yaml_document.h"

#include <fstream>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <livery/utf8.h>

namespace livery::config {

namespace {

constexpr std::size_t kMaxBytes = 1U << 20U;
constexpr std::size_t kMaxDepth = 64;

Position PositionOf(const YAML::Mark& mark) { return {mark.line + 1, mark.column + 1}; }

// A refusal inside the library's callbacks; never leaves this file.
struct Refused {
    Position at;
    std::string message;
};

class TreeBuilder final : public YAML::EventHandler {
 public:
    TreeBuilder() { root_.at = {1, 1}; }  // of a file without anything in it
    Node Take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ > 1) throw Refused{PositionOf(mark), "only one document per file"};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        Accept(MakeNode(Node::Kind::kNull, mark, anchor));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        throw Refused{PositionOf(mark), "aliases (*name) are not supported; write the value out"};
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        RefuseTag(mark, tag);
        const bool plain = tag == "?";
        const bool null = plain && (value == "~" || value == "null");
        Node node = MakeNode(null ? Node::Kind::kNull : Node::Kind::kScalar, mark, anchor);
        if (!null) node.text = value;
        RefuseBinary(node);
        Accept(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        RefuseTag(mark, tag);
        Open(MakeNode(Node::Kind::kList, mark, anchor));
    }
    void OnSequenceEnd() override { Close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        RefuseTag(mark, tag);
        Open(MakeNode(Node::Kind::kMap, mark, anchor));
    }
    void OnMapEnd() override { Close(); }

 private:
    struct OpenNode {
        Node node;
        bool has_key = false;
        Node::Entry entry;
    };

    static Node MakeNode(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != 0) throw Refused{PositionOf(mark), "anchors (&name) are not supported"};
        Node node;
        node.kind = kind;
        node.at = PositionOf(mark);
        return node;
    }
    static void RefuseTag(const YAML::Mark& mark, const std::string& tag) {
        if (!tag.empty() && tag != "?" && tag != "!") {
            throw Refused{PositionOf(mark), "tags (" + tag + ") are not supported"};
        }
    }
    static void RefuseBinary(const Node& node) {
        if (IsUtf8(node.text) && node.text.find('\0') == std::string::npos) return;
        throw Refused{node.at, "is not text in UTF-8"};
    }
    void Open(Node node) {
        if (open_.size() >= kMaxDepth) throw Refused{node.at, "nested too deeply"};
        open_.push_back({std::move(node), false, {}});
    }
    void Close() {
        Node node = std::move(open_.back().node);
        open_.pop_back();
        Accept(std::move(node));
    }
    void Accept(Node node) {
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        OpenNode& parent = open_.back();
        if (parent.node.kind == Node::Kind::kList) {
            parent.node.items.push_back(std::move(node));
        } else if (!parent.has_key) {
            if (node.kind != Node::Kind::kScalar)
                throw Refused{node.at, "a key must be plain text"};
            parent.entry = {std::move(node.text), node.at, {}};
            parent.has_key = true;
        } else {
            parent.entry.value = std::move(node);
            parent.node.entries.push_back(std::move(parent.entry));
            parent.has_key = false;
        }
    }

    std::vector<OpenNode> open_;
    Node root_;
    int documents_ = 0;
};

}  // namespace

std::optional<Node> ParseYaml(const std::string& text, const std::string& file,
                              Problems& problems) {
    if (text.size() > kMaxBytes) {
        problems.Add(file, {}, "", "larger than 1 MiB");
        return std::nullopt;
    }
    try {
        std::istringstream in(text);
        YAML::Parser parser(in);
        TreeBuilder builder;
        while (parser.HandleNextDocument(builder)) {
        }
        return builder.Take();
    } catch (const YAML::Exception& error) {
        problems.Add(file, PositionOf(error.mark), "", error.msg);
    } catch (const Refused& refused) {
        problems.Add(file, refused.at, "", refused.message);
    } catch (const std::exception& error) {
        problems.Add(file, {}, "", std::string("not readable as YAML: ") + error.what());
    }
    return std::nullopt;
}

std::optional<Node> LoadYaml(const std::filesystem::path& path, Problems& problems) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        problems.Add(path.string(), {}, "", "cannot be read");
        return std::nullopt;
    }
    std::ostringstream text;
    text << in.rdbuf();
    return ParseYaml(text.str(), path.string(), problems);
}

}  // namespace livery::config
