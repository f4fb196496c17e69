#pragma once

#include <map>
#include <optional>
#include <vector>

#include "app/account_work.h"
#include "storage/book_batch_repository.h"

namespace livery::invoices {

// The ports of billing for a range of accounts in one unit of work: everything is read together at
// first, and written together by Flush. Use cases run on `ports()` as on any other. Thread: one;
// lives inside one transaction.
class AccountBatch {
 public:
    struct Range {
        AccountId first;
        AccountId last;
    };
    AccountBatch(const BillingPorts& ports, db::Transaction& tx, const Range& range,
                 CivilTime as_of);
    const BillingPorts& ports() const { return own_; }
    void Flush(db::Transaction& tx);

 private:
    class Profiles final : public BillingProfiles {
     public:
        Profiles(BillingProfiles& others, db::Transaction& tx, const Range& range);
        Result<BillingProfile> Of(db::Transaction& tx, AccountId account) override;
        std::vector<BillingProfile> OfRange(db::Transaction& tx, AccountId first,
                                            AccountId last) override;

     private:
        BillingProfiles& others_;
        std::map<AccountId, BillingProfile> known_;
    };
    class Timelines final : public SubscriptionTimelines {
     public:
        Timelines(SubscriptionTimelines& others, db::Transaction& tx, const Range& range,
                  CivilTime as_of);
        std::vector<billing::Timeline> Of(db::Transaction& tx, AccountId account,
                                          CivilTime as_of) override;
        std::vector<billing::Timeline> OfRange(db::Transaction& tx, AccountId first, AccountId last,
                                               CivilTime as_of, For what) override;

     private:
        SubscriptionTimelines& others_;
        Range range_;
        CivilTime as_of_;
        std::map<AccountId, std::vector<billing::Timeline>> known_;
    };
    class Entries final : public Ledger {
     public:
        void Post(db::Transaction& tx, const std::vector<billing::JournalEntry>& entries) override;
        std::vector<billing::JournalEntry> waiting;
    };

    Ledger& ledger_;
    Profiles profiles_;
    Timelines timelines_;
    Entries entries_;
    BookBatchRepository books_;
    BillingPorts own_;
};

}  // namespace livery::invoices
