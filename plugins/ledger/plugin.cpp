#include <livery/plugin.h>

#include "storage/balance_repository.h"
#include "storage/ledger_repository.h"

namespace livery::ledger {

class LedgerPlugin final : public Plugin {
 public:
    void Register(Registrar& r) override {
        r.Provide<Ledger>(std::make_shared<LedgerRepository>(r.ids()));
        r.Provide<LedgerBalances>(std::make_shared<BalanceRepository>());
        r.Add(Invariant{"I1", "The debits of every entry are its credits",
                        BalanceRepository::FindUnbalanced});
        r.Add(Invariant{"I1a", "Every entry has its postings", BalanceRepository::FindTorn});
    }
};

}  // namespace livery::ledger

LIVERY_PLUGIN(livery::ledger::LedgerPlugin)
