#include "app/billing_run.h"

#include <algorithm>
#include <stdexcept>

#include "app/account_batch.h"
#include "app/biller.h"

namespace livery::invoices {

namespace {

// Ends a unit of work of which nothing is kept.
struct NotKept {};

void Count(const Document& document, BillingRun::Report& report) {
    const bool note = document.kind == DocumentKind::kCreditNote;
    ++(note ? report.credit_notes : report.invoices);
    auto& sums = note ? report.credited : report.invoiced;
    const Money total = note ? Money(0, document.currency) - document.Total() : document.Total();
    const auto [sum, fresh] = sums.try_emplace(document.currency, total);
    if (!fresh) sum->second = sum->second + total;
}

}  // namespace

bool BillingRun::RunBatch(const TenantId& tenant, const std::vector<AccountId>& accounts,
                          const Options& options, Report& report, std::string& reason) {
    const Report before = report;
    const auto [first, last] = std::minmax_element(accounts.begin(), accounts.end());
    try {
        database_.Transact(tenant, [&](db::Transaction& tx) {
            report = before;  // the database may have asked to do it again
            AccountBatch batch(ports_, tx, {*first, *last}, options.as_of);
            Biller biller(batch.ports());
            for (const AccountId account : accounts) {
                const auto billed = biller.Bill(tx, account, options.as_of);
                if (!billed) throw std::runtime_error(billed.error().message);
                ++report.accounts;
                if (billed->empty()) continue;
                const AccountBook book = batch.ports().books.Load(tx, account);
                for (const InvoiceId id : *billed) Count(*book.Find(id), report);
            }
            if (options.dry_run) throw NotKept{};
            batch.Flush(tx);
        });
    } catch (const NotKept&) {
        return true;
    } catch (const std::exception& error) {
        report = before;
        reason = error.what();
        return false;
    }
    return true;
}

BillingRun::Report BillingRun::Run(const TenantId& tenant, const Options& options,
                                   const Progress& progress) {
    Report report;
    std::int64_t after = 0;
    for (;;) {
        std::vector<AccountId> accounts;
        for (const auto& entry : accounts_.List(tenant, after, options.together)) {
            accounts.push_back(entry.id);
            after = entry.number;
        }
        if (accounts.empty()) return report;
        std::string reason;
        if (!RunBatch(tenant, accounts, options, report, reason)) {
            for (const AccountId account : accounts) {
                if (!RunBatch(tenant, {account}, options, report, reason))
                    report.failures.push_back({account, reason});
            }
        }
        progress(report);
    }
}

}  // namespace livery::invoices
