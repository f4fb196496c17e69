#include "api/standing_api.h"

#include <livery/db/attempt.h>

#include "api/payment_json.h"

namespace livery::payments {

using api::Call;
using api::Finished;
using api::Json;

Result<AccountId> StandingApi::AccountIn(db::Transaction& tx, const Call& call) {
    const AccountId account = LIVERY_TRY(call.request.PathId<AccountId>("id"));
    LIVERY_TRY(profiles_.Of(tx, account));
    return account;
}

Json StandingApi::Shown(const Tenant& tenant, AccountId account) {
    const Standing standing = collection_.Of(tenant, account);
    const auto next_try = standing.NextTry();
    return {{"account", account.ToString()},
            {"on", standing.pays_automatically},
            {"tries", standing.MostTries()},
            {"next_try", next_try ? Json(ToIso(*next_try)) : Json(nullptr)}};
}

Result<AccountId> StandingApi::AccountOf(const Call& call) {
    return db::Rehearse<AccountId>(ports_.database, call.tenant().id,
                                   [&](db::Transaction& tx) { return AccountIn(tx, call); });
}

Result<Json> StandingApi::ShowStanding(const Call& call) {
    const AccountId account = LIVERY_TRY(AccountOf(call));
    const Standing standing = collection_.Of(call.tenant(), account);
    return JsonOf(standing, DayOf(ports_.time.CivilNow(call.tenant())));
}

Result<Json> StandingApi::Show(const Call& call) {
    const AccountId account = LIVERY_TRY(AccountOf(call));
    return Shown(call.tenant(), account);
}

Result<Json> StandingApi::BeginAutomatic(db::Transaction& tx, const Call& call) {
    const AccountId account = LIVERY_TRY(AccountIn(tx, call));
    const bool on = call.body.at("on").get<bool>();
    LIVERY_TRY(collection_.SetAutomaticIn(tx, call.tenant(), account, on));
    return Json{{"account", account.ToString()}, {"on", on}};
}

// Once a day and account it is tried, so a repeat takes nothing twice.
Result<Finished> StandingApi::FinishAutomatic(const Call& call, const Json& note) {
    const auto account = AccountId::Parse(note.at("account").get<std::string>());
    if (note.at("on").get<bool>()) collection_.CollectNow(call.tenant(), *account);
    return Finished{Shown(call.tenant(), *account), Finished::Key::kKept};
}

Result<Json> StandingApi::Promise(db::Transaction& tx, const Call& call) {
    const AccountId account = LIVERY_TRY(AccountIn(tx, call));
    const auto day = ParseDate(call.body.at("pays_by").get<std::string>());
    if (!day) return InvalidField("pays_by", "error.pays_by");
    LIVERY_TRY(collection_.dunning().PromiseIn(tx, call.tenant(), account, *day,
                                               "program: " + call.caller.name));
    return Json{{"pays_by", ToIso(*day)}};
}

void StandingApi::AddTo(Registrar& registrar) {
    constexpr const char* kAutomatic = "/api/v1/accounts/:id/automatic-payment";
    registrar.Add(api::Operation{Method::kGet,
                                 kAutomatic,
                                 "getAutomaticPayment",
                                 "Payments",
                                 "payments:read",
                                 "Whether an account pays by itself",
                                 "",
                                 {},
                                 "",
                                 "AutomaticPayment",
                                 200,
                                 api::Reading([this](const Call& call) { return Show(call); })});
    registrar.Add(api::Operation{
        Method::kPut,
        kAutomatic,
        "setAutomaticPayment",
        "Payments",
        "payments:write",
        "Switch automatic payment on or off",
        "What is due is taken at once when it is switched on; what came of it stands in the list "
        "of payments. `no_method` when nothing can be charged.",
        {},
        "AutomaticPaymentWish",
        "AutomaticPayment",
        200,
        api::SendingOf(
            {[this](db::Transaction& tx, const Call& call) { return BeginAutomatic(tx, call); },
             [this](const Call& call, const Json& note, bool) {
                 return FinishAutomatic(call, note);
             }})});
    registrar.Add(
        api::Operation{Method::kGet,
                       "/api/v1/accounts/:id/payment-standing",
                       "getPaymentStanding",
                       "Payments",
                       "payments:read",
                       "How an account stands with what it owes",
                       "",
                       {},
                       "",
                       "PaymentStanding",
                       200,
                       api::Reading([this](const Call& call) { return ShowStanding(call); })});
    registrar.Add(api::Operation{
        Method::kPost,
        "/api/v1/accounts/:id/payment-promise",
        "promisePayment",
        "Payments",
        "payments:write",
        "Promise to pay by a day",
        "Once for an invoice. `promised` when that was done before, `nothing_due` when nothing is.",
        {},
        "PaymentPromise",
        "PaymentPromise",
        201,
        api::Writing([this](db::Transaction& tx, const Call& call) { return Promise(tx, call); })});
}

}  // namespace livery::payments
