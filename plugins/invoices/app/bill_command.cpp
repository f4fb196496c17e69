#include "app/bill_command.h"

#include <fmt/format.h>

namespace livery::invoices {

namespace {

constexpr int kUsage = 64;

std::string SumsText(const std::map<Currency, Money>& sums) {
    std::string text;
    for (const auto& [currency, amount] : sums)
        text += fmt::format("  {} {}", amount.ToDecimal(), currency.code());
    return text;
}

void Print(const CommandContext& command, const BillingRun::Report& report, CivilTime as_of,
           bool dry_run) {
    if (command.json) return command.print(ToJson(report, as_of));
    command.print(fmt::format("{} as of {}{}", command.tenant.id.value(), ToIso(as_of),
                              dry_run ? " (dry run: nothing was kept)" : ""));
    command.print(fmt::format("accounts      {:>8}", report.accounts));
    command.print(fmt::format("invoices      {:>8}{}", report.invoices, SumsText(report.invoiced)));
    command.print(
        fmt::format("credit notes  {:>8}{}", report.credit_notes, SumsText(report.credited)));
    for (const BillingRun::Failure& failure : report.failures)
        command.print(fmt::format("FAILED {}: {}", failure.account.ToString(), failure.reason));
}

}  // namespace

Command BillCommand(BillingOfTenant& billing, TenantTime& time) {
    const auto run = [&billing, &time](const CommandContext& command) {
        const CivilTime now = time.ToCivil(command.tenant, command.now);
        const bool dry_run = command.Has("dry-run");
        CivilTime as_of = now;
        if (command.Has("as-of")) {
            const auto asked = ParseCivilTime(command.Get("as-of"));
            if (!asked) {
                command.print("--as-of: write a day (2026-03-31) or a time (2026-03-31T12:00:00)");
                return kUsage;
            }
            as_of = *asked;
        }
        if (as_of > now && !dry_run) {
            command.print(
                fmt::format("--as-of {} lies ahead ({} now is {}): only --dry-run can look there",
                            ToIso(as_of), command.tenant.id.value(), ToIso(now)));
            return kUsage;
        }
        const auto report =
            billing.Run(command.tenant, {as_of, dry_run}, [&](const BillingRun::Report& so_far) {
                command.progress(
                    fmt::format("{} accounts, {} invoices", so_far.accounts, so_far.invoices));
            });
        Print(command, report, as_of, dry_run);
        return report.failures.empty() ? 0 : 1;
    };
    return {"bill",
            "Invoice everything of a tenant that is due",
            "livery bill --tenant harbor --as-of 2026-12-01 --dry-run",
            {{"as-of", "As it was due at this day or time (default: now)"},
             {"dry-run", "Do everything and keep nothing", true}},
            run};
}

}  // namespace livery::invoices
