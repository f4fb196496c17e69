// A catalog.yaml beside what its tenant has sold: what an operator reads, with the place of it.
#include <gtest/gtest.h>

#include "app/use_log.h"
#include "config/yaml_document.h"
#include "settings/catalog_reader.h"

namespace livery::catalog {
namespace {

const Currency kEuro = *Currency::Parse("EUR");

// Answers the one question of the check with the versions that it holds.
class SoldBefore final : public db::Database {
 public:
    std::vector<UsedVersion> used;

    void Transact(const TenantId&, const std::function<void(db::Transaction&)>&) override {
        throw std::logic_error("the check only reads");
    }
    db::Rows Query(const TenantId& tenant, const db::Statement& statement, db::Params) override {
        EXPECT_EQ(tenant, TenantId("harbor"));
        db::Rows rows(statement.name(), 6);
        for (const UsedVersion& version : used) {
            rows.AddText(version.kind == UsedVersion::Kind::kPlan ? "plan" : "product");
            rows.AddText(version.id);
            rows.AddDate(version.from);
            rows.AddDate(version.sold_on);
            rows.AddDate(version.used_on);
            rows.AddText(version.terms);
        }
        return rows;
    }
};

constexpr const char* kFile = R"(currency: EUR
products:
  net: {name: Net}
  tv: {name: TV}
  extra: {name: Extra, addon_to: [net]}
plans:
  basic: {product: net, name: Basic, recurring: "9.90"}
  trying:
    product: net
    name: Trying
    phases:
      - {kind: trial, length: 14 days}
      - {recurring: "19.90"}
    versions:
      - {effective_from: 2026-02-01, recurring: "21.90"}
  film: {product: tv, name: Film, recurring: "5"}
  more: {product: extra, name: More, recurring: "1"}
)";

billing::Catalog Read(const std::string& text, config::Problems& problems, config::Node& node) {
    node = *config::ParseYaml(text, "catalog.yaml", problems);
    return ReadCatalog(node, config::Reader("catalog.yaml", problems), std::nullopt);
}

// What is said of the file with `from` replaced, when all was sold on 10 January and 10 February.
std::string Said(const std::string& from, const std::string& to) {
    config::Problems problems;
    config::Node node;
    SoldBefore sold;
    std::vector<billing::Sold> plans;
    for (const char* plan : {"basic", "trying", "film", "more"}) {
        plans.push_back({plan, *ParseDate("2026-01-10"), kEuro});
        plans.push_back({plan, *ParseDate("2026-02-10"), kEuro});
    }
    sold.used = UsedBy(Read(kFile, problems, node), plans, *ParseDate("2026-02-10"));
    std::string text = kFile;
    const auto place = text.find(from);
    EXPECT_NE(place, std::string::npos);
    text.replace(place, from.size(), to);
    const billing::Catalog edited = Read(text, problems, node);
    EXPECT_EQ(problems.ToString(), "");
    const TenantId tenant("harbor");
    CheckAgainstUse(edited, {tenant, node, config::Reader("catalog.yaml", problems), sold});
    return problems.ToString();
}

TEST(ASoldCatalog, ThatIsTheSameIsInOrder) { EXPECT_EQ(Said("name: Film", "name: Movies"), ""); }

TEST(ASoldCatalog, IsRefusedWhereItWasEdited) {
    EXPECT_EQ(
        Said("\"9.90\"", "\"10.90\""),
        "catalog.yaml:7:49: plans.basic.recurring.EUR: was sold as `9.9` and is `10.9` now, "
        "which would charge anew for the past; leave it, and add to `versions` what holds from "
        "a day after 2026-02-10 on\n");
    const std::string said = Said("\"19.90\"", "\"18\"");
    EXPECT_EQ(said.substr(0, said.find(" and is")),
              "catalog.yaml:13:21: plans.trying.phases[1].recurring.EUR: was sold as `19.9`");
}

TEST(ASoldCatalog, NamesTheVersionThatWasEdited) {
    const std::string said = Said("\"21.90\"", "\"22\"");
    EXPECT_EQ(said.substr(0, said.find(": was")),
              "catalog.yaml:15:49: plans.trying.versions[0].recurring.EUR");
    const std::string dated = Said("2026-02-01", "2026-02-02");
    EXPECT_EQ(dated.substr(0, dated.find(';')),
              "catalog.yaml:15:7: plans.trying.versions: the version of 2026-02-01 is sold, so it "
              "cannot be taken out or dated otherwise");
}

TEST(ASoldCatalog, KeepsItsPlans) {
    EXPECT_EQ(Said("  basic: {product: net, name: Basic, recurring: \"9.90\"}\n", ""),
              "catalog.yaml:7:3: plans.basic: is sold, so it cannot be taken out: who has it could "
              "not be billed; keep it, with `retired: true` if nobody else shall get it\n");
    EXPECT_EQ(Said("name: Basic", "name: Basic, retired: true"), "");
}

TEST(ASoldCatalog, NamesTheAddon) {
    const std::string said = Said("addon_to: [net]", "addon_to: [net, tv]");
    EXPECT_EQ(said.substr(0, said.find(" now")),
              "catalog.yaml:5:34: products.extra.addon_to: was sold as `net` and is `net, tv`");
    EXPECT_EQ(Said("addon_to: [net]",
                   "addon_to: [net], versions: [{effective_from: 2026-02-11, addon_to: [tv]}]"),
              "");
}

}  // namespace
}  // namespace livery::catalog
