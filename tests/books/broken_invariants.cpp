#include "broken_invariants.h"

#include <fmt/format.h>

#include <livery/api/operation.h>
#include <livery/api/schema.h>
#include <livery/registrar.h>

#include "app/book_audit.h"
#include "storage/balance_repository.h"

namespace livery::books {

namespace {

// Takes invariants, and nothing else.
class Collector final : public Registrar {
 public:
    std::vector<Invariant> invariants;

    void Add(Invariant invariant) override { invariants.push_back(std::move(invariant)); }
    void Add(Route) override {}
    void Add(api::Operation) override {}
    void Add(api::Schema) override {}
    void Add(NavItem) override {}
    void Add(Permission) override {}
    void Add(WorkList) override {}
    void Add(Command) override {}
    void Add(DailyJob) override {}
    void Add(RecurringJob) override {}
    void Add(std::shared_ptr<OverviewSource>) override {}
    void AddDemo(DemoGenerator) override {}
    const OverviewSources& overviews() override { Refuse(); }
    const std::vector<OwnedWorkList>& work_lists() override { Refuse(); }
    void Add(std::shared_ptr<TicketSubjectSource>) override {}
    const TicketSubjectSources& ticket_subjects() override { Refuse(); }
    db::Database& database() override { Refuse(); }
    const Clock& clock() override { Refuse(); }
    IdSource& ids() override { Refuse(); }

 protected:
    void AddSettings(SettingsType) override {}
    void ProvidePort(std::string_view, std::shared_ptr<void>) override {}
    void* NeedPort(std::string_view) override { Refuse(); }
    std::function<void*()> AwaitPort(std::string_view) override { Refuse(); }

 private:
    [[noreturn]] static void Refuse() { throw std::logic_error("invariants need nothing else"); }
};

}  // namespace

std::string BrokenInvariants(db::Transaction& tx, const invoices::BillingPorts& ports) {
    constexpr int kMost = 5;
    ledger::BalanceRepository ledger;
    Collector collector;
    invoices::AddInvariants(collector, ports, ledger);
    collector.Add(Invariant{"I1", "", ledger::BalanceRepository::FindUnbalanced});
    collector.Add(Invariant{"I1a", "", ledger::BalanceRepository::FindTorn});
    std::string broken;
    for (const Invariant& invariant : collector.invariants) {
        int found = 0;
        invariant.check(tx, [&](const Violation& violation) {
            if (++found <= kMost)
                broken += fmt::format("  {}: {} {}\n", invariant.id, violation.row, violation.says);
        });
    }
    return broken;
}

}  // namespace livery::books
