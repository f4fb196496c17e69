#pragma once

#include <functional>

#include <livery/db/database.h>
#include <livery/db/failure.h>

#include "testing/scripted_gateways.h"

namespace livery::payments::testing {

// A database in front of which the process, or the connection, dies at one commit.
class DyingDatabase final : public db::Database {
 public:
    explicit DyingDatabase(db::Database& real) : real_(real) {}

    enum class Dies {
        kNever,
        kBeforeCommit,   // the process, with the transaction open
        kAfterCommit,    // the process, before it could do anything else
        kCommitLost,     // the connection: nobody knows, and it did not happen
        kCommitUnheard,  // the connection: nobody knows, and it did
    };
    // At the commit that comes after so many others.
    void At(int commit, Dies dies) {
        left_ = commit;
        dies_ = dies;
    }
    // Something else that happens after that commit, before whoever made it goes on.
    void After(int commit, std::function<void()> meanwhile) {
        until_ = commit;
        meanwhile_ = std::move(meanwhile);
    }

    void Transact(const TenantId& tenant,
                  const std::function<void(db::Transaction&)>& work) override {
        const Dies dies = left_-- == 0 ? dies_ : Dies::kNever;
        if (dies == Dies::kBeforeCommit || dies == Dies::kCommitLost) {
            try {
                real_.Transact(tenant, [&](db::Transaction& tx) {
                    work(tx);
                    throw Killed();
                });
            } catch (const Killed&) {
                if (dies == Dies::kBeforeCommit) throw;
                throw db::CommitUnknown("test", 2013);
            }
        }
        real_.Transact(tenant, work);
        if (until_-- == 0) meanwhile_();
        if (dies == Dies::kAfterCommit) throw Killed();
        if (dies == Dies::kCommitUnheard) throw db::CommitUnknown("test", 2013);
    }
    db::Rows Query(const TenantId& tenant, const db::Statement& statement,
                   db::Params params) override {
        return real_.Query(tenant, statement, params);
    }

 private:
    db::Database& real_;
    int left_ = -1;
    Dies dies_ = Dies::kNever;
    int until_ = -1;
    std::function<void()> meanwhile_;
};

}  // namespace livery::payments::testing
