#pragma once

#include <functional>
#include <vector>

#include "memory.h"

namespace livery::golden {

// Where a world keeps its things besides memory. The world's own MemoryStore then mirrors it, so
// that whoever looks at the world need not know.
class Storage {
 public:
    virtual ~Storage() = default;
    virtual invoices::BookStore& books() = 0;
    virtual subscriptions::AgreementStore& agreements() = 0;
    virtual orders::OrderStore& orders() = 0;
    virtual Ledger& ledger() = 0;
    virtual catalog::UseStore& used() = 0;
    // For use cases that have several transactions of their own; all of this tenant.
    virtual db::Database& database() = 0;
    virtual const TenantId& tenant() const = 0;
    // Commits, unless `work` throws.
    virtual void Transact(const std::function<void(db::Transaction&)>& work) = 0;
    // What stands there, for these accounts.
    virtual MemoryState Read(db::Transaction& tx, const std::vector<AccountId>& accounts) = 0;
};

}  // namespace livery::golden
