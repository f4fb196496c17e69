#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "conformance/check.h"
#include "conformance/double.h"

namespace livery::conformance::testing {

// By "GROUP.name"; nullptr: there is none.
inline const Check* FindCheck(const std::string& name) {
    for (const Check& check : Checks()) {
        if (NameOf(check) == name) return &check;
    }
    return nullptr;
}

// A double of a provider that says all that another one says; tests make it say something else.
class WrappedDouble : public Double {
 public:
    explicit WrappedDouble(std::unique_ptr<Double> provider) : provider_(std::move(provider)) {}

    Json Config() const override { return provider_->Config(); }
    std::string SecretOf(const std::string& name) const override {
        return provider_->SecretOf(name);
    }
    std::string Token(const std::string& course) const override { return provider_->Token(course); }
    std::vector<PublishedDecline> Declines() const override { return provider_->Declines(); }
    std::map<std::string, int> Decimals() const override { return provider_->Decimals(); }
    std::int64_t LargestAmount() const override { return provider_->LargestAmount(); }
    std::vector<Movement> Ledger(const std::string& reference) override {
        return provider_->Ledger(reference);
    }
    void Advance(std::int64_t seconds) override { provider_->Advance(seconds); }
    void Break(const std::string& fault) override { provider_->Break(fault); }
    void Visit(const std::string& page, const std::string& what, const Fields& fields) override {
        provider_->Visit(page, what, fields);
    }
    std::vector<Delivered> Hooks(std::size_t count) override { return provider_->Hooks(count); }
    void Acknowledge(int status, const std::string& body) override {
        provider_->Acknowledge(status, body);
    }
    bool HasToldAll() override { return provider_->HasToldAll(); }
    Json LiveConfig() const override { return provider_->LiveConfig(); }
    Traits traits() const override { return provider_->traits(); }
    std::string Cannot(const std::string& check) const override { return provider_->Cannot(check); }
    std::string CustomerOf(const std::string& token) const override {
        return provider_->CustomerOf(token);
    }
    std::string OddEvent() const override { return provider_->OddEvent(); }

 private:
    std::unique_ptr<Double> provider_;
};

}  // namespace livery::conformance::testing
