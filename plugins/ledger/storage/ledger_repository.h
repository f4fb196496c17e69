#pragma once

#include <livery/ports/billing.h>

namespace livery::ledger {

// The journal on the database.
class LedgerRepository final : public Ledger {
 public:
    explicit LedgerRepository(IdSource& ids) : ids_(ids) {}
    void Post(db::Transaction& tx, const std::vector<billing::JournalEntry>& entries) override;
    // All entries in the order in which they were booked.
    static std::vector<billing::JournalEntry> List(db::Transaction& tx);

 private:
    IdSource& ids_;
};

}  // namespace livery::ledger
