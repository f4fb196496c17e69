#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/billing.h>

#include "storage/agreement_store.h"
#include "storage/book_store.h"
#include "storage/order_store.h"
#include "storage/use_store.h"

namespace livery::golden {

// What a preview showed, as the checkout's table keeps it.
struct KeptQuote {
    Instant shown_at{};
    std::string wish;
    std::string wording;
    std::optional<Instant> kept_at{};
    std::optional<Uuid> order{};
    std::optional<Uuid> subscription{};
};
using QuoteTable = std::map<std::pair<Uuid, Uuid>, KeptQuote>;  // by account and quote

// Everything that a database would keep, in memory.
struct MemoryState {
    std::map<AccountId, invoices::AccountBook> books;
    std::vector<subscriptions::Agreement> agreements;  // in the order in which they were made
    std::map<SubscriptionId, std::vector<subscriptions::UsageOfMeter>> usage;
    std::vector<orders::Order> orders;
    std::map<std::pair<invoices::DocumentKind, int>, int> numbers;
    std::vector<billing::JournalEntry> journal;
    std::vector<catalog::UsedVersion> used;  // of the catalog
    QuoteTable quotes;
};

// A unit of work in memory: what it throws out of, or asks to undo, did not happen. The stores
// below look at the state itself; the only SQL that it understands is that of the checkout's
// quotes.
class MemoryTransaction final : public db::Transaction {
 public:
    MemoryTransaction(TenantId tenant, QuoteTable& quotes)
        : tenant_(std::move(tenant)), quotes_(quotes) {}
    const TenantId& tenant() const override { return tenant_; }
    db::Rows Query(const db::Statement& statement, db::Params params) override;
    std::uint64_t Execute(const db::Statement& statement, db::Params params) override;
    std::uint64_t ExecuteMany(const db::Statement& statement, const db::Batch& batch) override;
    void Touch(SubjectId) override {}

 private:
    TenantId tenant_;
    QuoteTable& quotes_;
};

class MemoryStore final : public invoices::BookStore,
                          public subscriptions::AgreementStore,
                          public orders::OrderStore,
                          public catalog::UseStore,
                          public Ledger {
 public:
    invoices::AccountBook Load(db::Transaction& tx, AccountId account) override;
    void Save(db::Transaction& tx, const invoices::AccountBook& book) override;
    std::vector<invoices::BilledLine> ChargesOf(db::Transaction& tx, SubscriptionId subscription,
                                                const Span& span) override;

    std::optional<subscriptions::Agreement> Find(db::Transaction& tx, SubscriptionId id) override;
    std::vector<subscriptions::Agreement> OfAccount(db::Transaction& tx,
                                                    AccountId account) override;
    std::vector<subscriptions::Agreement> InRange(db::Transaction& tx, AccountId first,
                                                  AccountId last) override;
    std::map<SubscriptionId, std::vector<subscriptions::UsageOfMeter>> UsageInRange(
        db::Transaction& tx, AccountId first, AccountId last) override;
    void Save(db::Transaction& tx, const subscriptions::Agreement& agreement) override;
    std::vector<subscriptions::UsageOfMeter> UsageOf(db::Transaction& tx,
                                                     SubscriptionId id) override;
    void AddUsage(db::Transaction& tx, SubscriptionId id, const std::string& meter,
                  const billing::Usage& usage) override;

    std::optional<orders::Order> Find(db::Transaction& tx, OrderId id) override;
    std::vector<orders::DueOrder> Due(db::Transaction& tx, CivilTime now,
                                      const std::optional<orders::DueOrder>& after,
                                      std::size_t most) override;
    void Save(db::Transaction& tx, const orders::Order& order) override;
    const orders::Order* FindOrder(OrderId id) const;

    std::vector<catalog::UsedVersion> All(db::Transaction& tx) override;
    std::vector<catalog::UsedVersion> InTurn(db::Transaction& tx, catalog::UsedVersion::Kind,
                                             const std::string&) override {
        return All(tx);
    }
    void Save(db::Transaction& tx, const catalog::UsedVersion& used) override;

    void Post(db::Transaction& tx, const std::vector<billing::JournalEntry>& entries) override;

    MemoryState& state() { return state_; }
    const MemoryState& state() const { return state_; }

 private:
    std::string NextNumber(const invoices::Document& document);

    MemoryState state_;
};

}  // namespace livery::golden
