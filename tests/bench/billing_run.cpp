// Measures a billing run on a private, durable MariaDB against the bare ceiling: the same rows
// inserted in batches through the same connector. billing_run [ACCOUNTS] [TOGETHER] prints one JSON
// object. Each account has a base and two add-ons: an invoice of three lines with tax.
#include "app/billing_run.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include <livery/json.h>

#include "app/agreement_desk.h"
#include "bench_tenant.h"
#include "ceiling.h"
#include "storage/agreement_repository.h"
#include "storage/book_repository.h"
#include "storage/ledger_repository.h"

namespace livery::bench {
namespace {

struct Figures {
    std::size_t accounts = 0;
    invoices::BillingRun::Report report;
    Cost run;
    std::size_t copied_invoices = 0;
    std::size_t copied_rows = 0;
    Cost ceiling;
    Cost again;
    Cost next_month;
    std::size_t grown_kib = 0;
};

void Print(const Figures& f) {
    const auto invoices = static_cast<double>(f.report.invoices);
    const auto each = [&](double seconds) { return seconds / invoices * 1e6; };
    const double rows = static_cast<double>(f.copied_rows) / static_cast<double>(f.copied_invoices);
    const auto copied = static_cast<double>(f.copied_rows);
    const auto ceiling = [&](double seconds) { return seconds / copied * rows * 1e6; };
    fmt::print(
        "{}\n",
        nlohmann::ordered_json{{"accounts", f.accounts},
                               {"invoices", f.report.invoices},
                               {"failures", f.report.failures.size()},
                               {"rows_per_invoice", rows},
                               {"run_seconds", f.run.seconds},
                               {"invoices_per_second", invoices / f.run.seconds},
                               {"billing_run_vs_ceiling",
                                (invoices * rows / f.run.seconds) / (copied / f.ceiling.seconds)},
                               {"ceiling_rows_per_second", copied / f.ceiling.seconds},
                               {"own_cpu_us", each(f.run.own_cpu)},
                               {"server_cpu_us", each(f.run.server_cpu)},
                               {"ceiling_own_cpu_us", ceiling(f.ceiling.own_cpu)},
                               {"ceiling_server_cpu_us", ceiling(f.ceiling.server_cpu)},
                               {"run_again_seconds", f.again.seconds},
                               {"next_month_seconds", f.next_month.seconds},
                               {"next_month_own_cpu_us", each(f.next_month.own_cpu)},
                               {"next_month_server_cpu_us", each(f.next_month.server_cpu)},
                               {"resident_growth_mib", static_cast<double>(f.grown_kib) / 1024}}
            .dump());
}

}  // namespace
}  // namespace livery::bench

int main(int argc, char** argv) {
    using namespace livery;         // NOLINT: its main
    using namespace livery::bench;  // NOLINT
    // As many as the run made, so that the tables are as large; of a million a part that is quick
    // to find again.
    constexpr std::size_t kMostCopied = 100'000;
    const std::size_t accounts = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 5000;
    const std::size_t together = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 500;
    // With the memory that a host gives its database by default.
    db::testing::PrivateServer server({"db"}, 4, db::Durability::kFull,
                                      db::EmbeddedOptions{}.buffer_pool_mib);
    MakeTables(server);
    BenchTenant bench(accounts);
    subscriptions::AgreementRepository agreements(bench.ids);
    subscriptions::AgreementDesk desk(bench, bench, agreements, bench.ids);
    const CivilTime start = *ParseDate("2026-01-01");
    Sell(server.database, bench, desk, start);
    invoices::BookRepository books;
    ledger::LedgerRepository ledger(bench.ids);
    const invoices::BillingPorts ports{bench, bench, desk, bench, ledger, books, bench, bench.ids};
    invoices::BillingRun run(server.database, bench, ports);
    Figures figures;
    figures.accounts = accounts;
    figures.copied_invoices = std::min(accounts, kMostCopied);
    const auto bill = [&](CivilTime as_of, invoices::BillingRun::Report& report) {
        return CostOf(server.embedded.pid(), [&] {
            report = run.Run(kTenant, {as_of, false, together}, [](const auto&) {});
        });
    };
    const std::size_t before = ResidentKib();
    figures.run = bill(start, figures.report);
    figures.grown_kib = ResidentKib() - before;
    const Copied copied = Ceiling(server, figures.copied_invoices, together);
    figures.copied_rows = copied.rows;
    figures.ceiling = copied.cost;
    invoices::BillingRun::Report later;
    figures.again = bill(start, later);
    figures.next_month = bill(*ParseDate("2026-02-01"), later);
    Print(figures);
    return figures.report.failures.empty() && later.failures.empty() ? 0 : 1;
}
