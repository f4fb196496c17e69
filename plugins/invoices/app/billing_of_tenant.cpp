#include "app/billing_of_tenant.h"

#include <livery/json.h>

#include "app/when_connected.h"
#include "storage/run_repository.h"

namespace livery::invoices {

namespace {

using Json = nlohmann::ordered_json;

Json SumsJson(const std::map<Currency, Money>& sums) {
    Json list = Json::array();
    for (const auto& [currency, amount] : sums)
        list.push_back({{"amount", amount.minor_units()}, {"currency", currency.code()}});
    return list;
}

}  // namespace

std::string ToJson(const BillingRun::Report& report, CivilTime as_of) {
    Json failures = Json::array();
    for (const BillingRun::Failure& failure : report.failures)
        failures.push_back({{"account", failure.account.ToString()}, {"reason", failure.reason}});
    return Json{{"as_of", ToIso(as_of)},
                {"accounts", report.accounts},
                {"invoices", report.invoices},
                {"credit_notes", report.credit_notes},
                {"invoiced", SumsJson(report.invoiced)},
                {"credited", SumsJson(report.credited)},
                {"failures", failures}}
        .dump();
}

std::map<AccountId, std::string> FailuresOfLastRun(db::Transaction& tx) {
    std::map<AccountId, std::string> failures;
    const auto text = RunRepository::Last(tx);
    if (!text) return failures;
    const Json report = Json::parse(*text);
    for (const Json& failure : report.at("failures")) {
        const auto account = AccountId::Parse(failure.at("account").get<std::string>());
        if (account) failures.emplace(*account, failure.at("reason").get<std::string>());
    }
    return failures;
}

BillingRun::Report BillingOfTenant::Run(const Tenant& tenant, const BillingRun::Options& options,
                                        const BillingRun::Progress& progress) {
    BillingRun::Report report = run_.Run(tenant.id, options, progress);
    if (options.dry_run) return report;
    const std::string text = ToJson(report, options.as_of);
    const Instant now = parts_.time.Now(tenant);
    WhenConnected(options.connection_patience, [&] {
        parts_.database.Transact(tenant.id, [&](db::Transaction& tx) {
            RunRepository::Add(tx, parts_.ids.Next(), options.as_of, now, text);
        });
    });
    return report;
}

std::string BillingOfTenant::RunDay(const Tenant& tenant, Instant now) {
    const CivilTime as_of = parts_.time.ToCivil(tenant, now);
    return ToJson(Run(tenant, {as_of}, [](const BillingRun::Report&) {}), as_of);
}

}  // namespace livery::invoices
