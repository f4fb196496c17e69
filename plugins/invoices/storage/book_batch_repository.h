#pragma once

#include <map>
#include <set>

#include <livery/db/batch.h>

#include "storage/book_store.h"

namespace livery::invoices {

// The books of many accounts in one unit of work: read together, written together when it is
// flushed. In between it is a store like any other, so a use case does not know. Thread: one; lives
// inside one transaction.
class BookBatchRepository final : public BookStore {
 public:
    // The accounts of a range of ids, locked: of their documents those that are owed or being
    // written, and those with lines of a period that reaches to the last run or beyond it; nothing
    // of the payments, nor of what credit notes were set off against.
    struct Range {
        AccountId first;
        AccountId last;
    };
    void Preload(db::Transaction& tx, const Range& range);

    AccountBook Load(db::Transaction& tx, AccountId account) override;
    void Save(db::Transaction& tx, const AccountBook& book) override;
    std::vector<BilledLine> ChargesOf(db::Transaction& tx, SubscriptionId subscription,
                                      const Span& span) override;
    // Writes everything. Numbers are drawn here, in the order of the accounts' ids.
    void Flush(db::Transaction& tx);

 private:
    void DrawNumbers(db::Transaction& tx);
    std::string NextNumber(db::Transaction& tx, DocumentKind kind, int year);
    void AddDocuments(const AccountBook& book);
    void AddDocument(const Document& document);
    void ChangeDocument(const Document& document);
    void AddLines(const AccountBook& book, const Document& document);
    void AddSetOff(const Document& document);
    void AddRest(const AccountBook& book);
    void AddAccount(const AccountBook& book);
    bool InRange(AccountId account) const {
        return range_ && range_->first <= account && account <= range_->last;
    }

    std::optional<Range> range_;
    std::set<AccountId> locked_;  // of the range: those that have a row
    std::map<AccountId, AccountBook> books_;
    std::map<std::pair<DocumentKind, int>, std::int64_t> numbers_;
    db::Batch added_;
    db::Batch changed_;
    db::Batch lines_;
    db::Batch dropped_;
    db::Batch set_off_;
    db::Batch payments_;
    db::Batch credit_;
    db::Batch settled_;
    db::Batch settled_later_;
    db::Batch redemptions_;
    db::Batch accounts_;
};

}  // namespace livery::invoices
