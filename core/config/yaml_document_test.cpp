#include "config/yaml_document.h"

#include <gtest/gtest.h>

#include "config/host_config.h"
#include "config/json_schema.h"

namespace livery::config {
namespace {

std::string ProblemsOf(const std::string& text) {
    Problems problems;
    const auto node = ParseYaml(text, "livery.yaml", problems);
    if (node) HostConfig::Schema().Read(*node, Reader("livery.yaml", problems));
    return problems.ToString();
}

TEST(YamlDocument, KeepsThePlaceOfEveryKey) {
    Problems problems;
    const auto node = ParseYaml("a: 1\nb:\n  c: x\n", "f", problems);
    ASSERT_TRUE(node.has_value());
    const Node::Entry& c = node->entries[1].value.entries[0];
    EXPECT_EQ(c.at.line, 3);
    EXPECT_EQ(c.at.column, 3);
}

TEST(YamlDocument, EmptyFileIsAnEmptyMap) { EXPECT_EQ(ProblemsOf(""), ""); }

TEST(YamlDocument, ReportsAllProblemsAtOnceWithTheirPlaces) {
    EXPECT_EQ(ProblemsOf("fronnt: none\nworkers: many\nlisten:\n  port: 99999\nfront: nginx\n"),
              "livery.yaml:1:1: fronnt: unknown key; did you mean `front`?\n"
              "livery.yaml:5:8: front: `nginx` is not one of embedded, none\n"
              "livery.yaml:2:10: workers: `many` is not a whole number\n"
              "livery.yaml:4:9: listen.port: 99999 is more than 65535\n");
}

TEST(YamlDocument, ReportsADuplicateKeyWithItsFirstLine) {
    EXPECT_EQ(ProblemsOf("workers: 4\nworkers: 5\n"),
              "livery.yaml:2:1: workers: duplicate key; it stands in line 1 already\n");
}

// Would take many minutes if every key were compared with all that stand before it.
TEST(YamlDocument, AFileOfKeysOnlyIsSoonRead) {
    Node node{.kind = Node::Kind::kMap, .at = {1, 1}};
    for (int line = 1; line <= 300'000; ++line) {
        node.entries.push_back({"key" + std::to_string(line), {line, 1}, {}});
    }
    node.entries.push_back({"key1", {300'001, 1}, {}});
    Problems problems;
    Reader("f", problems).CheckDuplicates(node);
    EXPECT_EQ(problems.ToString(),
              "f:300001:1: key1: duplicate key; it stands in line 1 already\n");
}

TEST(YamlDocument, RefusesAliasesWhichCouldExplode) {
    EXPECT_EQ(ProblemsOf("a: &x 1\nb: *x\n"),
              "livery.yaml:1:4: anchors (&name) are not supported\n");
}

TEST(YamlDocument, AProblemOfAnEmptyFileHasAPlaceToo) {
    Problems problems;
    const auto node = ParseYaml("# nothing\n", "f", problems);
    ASSERT_TRUE(node);
    EXPECT_EQ(node->at.line, 1);
    EXPECT_EQ(node->at.column, 1);
}

TEST(YamlDocument, AProblemIsOneLineWhateverTheFileHolds) {
    const std::string problems = ProblemsOf("\"a\\n\\e[31m\": 1\n");
    EXPECT_TRUE(
        problems.starts_with("livery.yaml:1:1: a\\x0A\\x1B[31m: unknown key; it is one of "))
        << problems;
    EXPECT_EQ(problems.find('\n'), problems.size() - 1);
    EXPECT_EQ(problems.find('\x1B'), std::string::npos);
}

TEST(YamlDocument, RefusesWhatIsNoText) {
    EXPECT_EQ(ProblemsOf("front: \xff\n"), "livery.yaml:1:8: is not text in UTF-8\n");
    EXPECT_EQ(ProblemsOf("front: \"a\\0b\"\n"), "livery.yaml:1:8: is not text in UTF-8\n");
}

TEST(YamlDocument, RefusesDeepNesting) {
    Problems problems;
    EXPECT_FALSE(ParseYaml(std::string(100, '['), "f", problems));
    EXPECT_FALSE(problems.empty());
}

TEST(YamlDocument, NamesThePlaceOfASyntaxError) {
    EXPECT_EQ(ProblemsOf("a: [1, 2\nb: 3\n").substr(0, 14), "livery.yaml:2:");
}

TEST(JsonSchema, SaysWhatTheReaderChecks) {
    const std::string schema = ToJsonSchema(HostConfig::Schema().doc(), "host.schema.json");
    EXPECT_NE(schema.find("\"additionalProperties\": false"), std::string::npos);
    EXPECT_NE(schema.find("\"maximum\": 65535"), std::string::npos);
    EXPECT_NE(schema.find("\"default\": \"embedded\""), std::string::npos);
}

}  // namespace
}  // namespace livery::config
