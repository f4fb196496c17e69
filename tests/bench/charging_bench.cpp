// Lines per second of pure calculation: what is due, and its taxes. One core.
#include <benchmark/benchmark.h>

#include "domain/charging.h"
#include "domain/tax_rules.h"

namespace livery {
namespace {

const Currency kEuro = *Currency::Parse("EUR");

billing::Timeline Monthly() {
    billing::Timeline timeline{{}, {}, kEuro, "", {{"Net", "Plan", "standard"}}, {}};
    billing::ChargeKey key;
    key.plan = "basic";
    key.unit_price = Decimal(1995, 2);
    key.quantity = Decimal(1);
    const CivilTime start = *ParseCivilTime("2027-01-15");
    timeline.stretches.push_back({key,
                                  start,
                                  std::nullopt,
                                  start,
                                  BillingGrid(start, Length{}),
                                  billing::BillingMode::kInAdvance,
                                  {}});
    return timeline;
}

// `range` lines of one subscription that is billed late: many periods at once.
void ChargeAndTax(benchmark::State& state) {
    const billing::Timeline timeline = Monthly();
    const billing::Policies policies;
    const CivilTime now =
        timeline.stretches.front().grid.PointAt(static_cast<int>(state.range(0)) - 1);
    taxes::Tax vat;
    vat.code = vat.name = "VAT";
    vat.rate = Decimal(19);
    vat.places = {{"DE", "", "", ""}};
    const taxes::TaxRules rules{"DE", false, {vat}};
    const std::vector<invoices::BilledLine> billed;
    std::int64_t lines = 0;
    for (auto _ : state) {
        const auto due = invoices::ChargesDue({timeline, billed, policies, std::nullopt, now});
        billing::TaxQuestion question{kEuro, *ParseDate("2027-06-15"), "consumer", "", {}, {}, {}};
        question.lines.reserve(due.size());
        for (const invoices::Line& line : due)
            question.lines.push_back(
                {line.Charged(), {"DE", "", ""}, "standard", {}, line.quantity});
        benchmark::DoNotOptimize(taxes::Calculate(rules, policies, question));
        lines += static_cast<std::int64_t>(due.size());
    }
    state.SetItemsProcessed(lines);
}
BENCHMARK(ChargeAndTax)->Arg(1)->Arg(12)->Arg(120);

}  // namespace
}  // namespace livery

BENCHMARK_MAIN();
