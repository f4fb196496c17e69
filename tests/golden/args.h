#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include <livery/billing/tax.h>
#include <livery/config/node.h>
#include <livery/config/type_doc.h>
#include <livery/money/money.h>
#include <livery/time/frequency.h>

#include "value.h"

namespace livery::golden {

// The words after an action: read by name, with the place of whatever is wrong.
class Args {
 public:
    explicit Args(const config::Node& node) : node_(node) {}
    bool Has(const std::string& key) const { return node_.Find(key) != nullptr; }
    std::string Text(const std::string& key, const std::string& otherwise = "") const;
    Decimal Number(const std::string& key, const Decimal& otherwise) const;
    // A number without decimals.
    std::int64_t Whole(const std::string& key, std::int64_t otherwise) const;
    CivilTime Time(const std::string& key) const;
    Money Amount(const std::string& key, Currency currency) const;
    std::optional<Money> MaybeAmount(const std::string& key, Currency currency) const;
    bool Flag(const std::string& key, bool otherwise) const;
    // What `currency` says; else the other.
    Currency CurrencyOr(Currency otherwise) const;
    // What `country`, `region` and `postcode` say.
    billing::Place Place() const;
    // A list where one is meant: a word alone is not taken for none.
    const std::vector<config::Node>& List(const std::string& key) const;
    const config::Node& node() const { return node_; }
    [[noreturn]] void Fail(const std::string& key, const std::string& message) const;

 private:
    const config::Node& Get(const std::string& key) const;
    const config::Node& node_;
};

// A day, or a moment: `2026-03-31T12:00:00`, also without seconds or with a space. none = neither.
std::optional<CivilTime> ReadTime(std::string text);

config::TypeDoc Words(std::initializer_list<const char*> required,
                      std::initializer_list<const char*> optional);
// The words of what stands inside an action. ScenarioError: one is unknown, or missing.
void CheckWords(const config::Node& node, const config::TypeDoc& words,
                const char* what = "a line");

}  // namespace livery::golden
