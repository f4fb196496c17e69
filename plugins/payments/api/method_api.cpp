#include "api/method_api.h"

#include <livery/api/page.h>
#include <livery/db/attempt.h>

#include "api/pay_outcome.h"
#include "api/payment_json.h"
#include "settings/payment_settings.h"
#include "storage/method_repository.h"

namespace livery::payments {

using api::Call;
using api::Finished;
using api::Json;

namespace {

constexpr const char* kPath = "/api/v1/payment-methods";
constexpr const char* kTag = "Payment methods";

Result<PaymentMethod> Shown(std::optional<PaymentMethod> found) {
    if (!found || found->state == MethodState::kRemoved) return NotFound("no such method");
    return *std::move(found);
}

Result<PaymentMethod> MethodOf(db::Transaction& tx, const Call& call) {
    return Shown(MethodRepository::Find(tx, LIVERY_TRY(call.request.PathId<MethodId>("id"))));
}

}  // namespace

Json MethodApi::JsonOf(const Call& call, const PaymentMethod& method,
                       const std::string& return_url) const {
    return payments::JsonOf(method, DayOf(parts_.ports.time.CivilNow(call.tenant())), return_url);
}

Result<Json> MethodApi::List(const Call& call) {
    const auto account = LIVERY_TRY(api::QueryId<AccountId>(call, "account"));
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    const auto after = LIVERY_TRY(api::PositionOf<MethodId>(paging));
    return db::Rehearse<Json>(
        parts_.ports.database, call.tenant().id, [&](db::Transaction& tx) -> Result<Json> {
            LIVERY_TRY(parts_.profiles.Of(tx, *account));
            auto page = MethodRepository::OfAccount(tx, *account);
            std::erase_if(page, [&](const PaymentMethod& method) {
                return method.state == MethodState::kRemoved || (after && method.id <= *after);
            });
            if (page.size() > paging.limit + 1)
                page.erase(page.begin() + static_cast<std::ptrdiff_t>(paging.limit) + 1,
                           page.end());
            const std::string next = api::CutToPage(page, paging);
            Json data = Json::array();
            for (const PaymentMethod& method : page) data.push_back(JsonOf(call, method));
            return api::ListReply(std::move(data), next);
        });
}

Result<Json> MethodApi::Find(const Call& call) {
    const MethodId id = LIVERY_TRY(call.request.PathId<MethodId>("id"));
    return JsonOf(
        call,
        LIVERY_TRY(Shown(MethodRepository::Find(parts_.ports.database, call.tenant().id, id))));
}

Methods::Wish MethodApi::WishOf(const Call& call, AccountId account, std::string locale,
                                std::string email) const {
    return {account, PaymentSettings::Of(call.tenant()).instance, std::move(locale),
            std::move(email)};
}

Result<Json> MethodApi::BeginSetUp(db::Transaction& tx, const Call& call) {
    const auto account = AccountId::Parse(call.body.at("account").get<std::string>());
    if (!account) return InvalidField("account", "malformed_id");
    LIVERY_TRY(parts_.profiles.Of(tx, *account));
    std::string email = call.body.value("email", "");
    if (email.empty()) {
        const auto contacts = parts_.contacts.Of(tx, *account);
        if (!contacts.empty()) email = contacts.front().email;
    }
    const ReturnId back(parts_.ports.ids.Next());
    const std::string locale(call.request.format().language());
    const auto begun = parts_.methods.BeginIn(tx, call.tenant(),
                                              WishOf(call, *account, locale, email), back.uuid());
    // The caller names no instance: it is the tenant that keeps nothing.
    if (!begun && begun.error().code == ErrorCode::kInvalidArgument)
        return Conflict("error.instance");
    if (!begun) return begun.error();
    // A repeat must ask the provider for the very same, whoever sends it.
    return Json{{"method", begun->id.ToString()},
                {"back", back.ToString()},
                {"locale", locale},
                {"email", email}};
}

std::optional<PaymentMethod> MethodApi::MethodNoted(const Call& call, const Json& note) {
    const auto id = MethodId::Parse(note.at("method").get<std::string>());
    return MethodRepository::Find(parts_.ports.database, call.tenant().id, *id);
}

Result<Finished> MethodApi::FinishSetUp(const Call& call, const Json& note) {
    const auto method = MethodNoted(call, note);
    if (!method) return NotFound("what was begun is gone");
    const auto back = ReturnId::Parse(note.at("back").get<std::string>());
    Methods::Sent sent{*method, {}};
    if (method->state == MethodState::kBegun && method->action_url.empty())
        sent = LIVERY_TRY(
            parts_.methods.Send(call.tenant(), *method,
                                WishOf(call, method->account, note.at("locale").get<std::string>(),
                                       note.at("email").get<std::string>()),
                                back->uuid()));
    return OutcomeOf(sent.method,
                     JsonOf(call, sent.method,
                            parts_.methods.ReturnUrl(call.tenant(), sent.method, back->uuid())),
                     sent.retry_after);
}

Result<Json> MethodApi::SetDefault(db::Transaction& tx, const Call& call) {
    const PaymentMethod method = LIVERY_TRY(MethodOf(tx, call));
    return JsonOf(call, LIVERY_TRY(parts_.methods.SetDefaultIn(tx, call.tenant(), method.account,
                                                               method.id)));
}

Result<Json> MethodApi::BeginLookUp(db::Transaction& tx, const Call& call) {
    return Json{{"method", LIVERY_TRY(MethodOf(tx, call)).id.ToString()}};
}

Result<Finished> MethodApi::FinishLookUp(const Call& call, const Json& note) {
    auto method = MethodNoted(call, note);
    if (!method) return NotFound("it is gone");
    if (method->state == MethodState::kBegun) {
        parts_.methods.LookUpNamed(call.tenant(), method->instance, method->provider_id,
                                   method->key.Reference());
        method = MethodNoted(call, note);
    }
    return Finished{JsonOf(call, *method), Finished::Key::kKept};
}

Result<Json> MethodApi::BeginRemoval(db::Transaction& tx, const Call& call) {
    const PaymentMethod method = LIVERY_TRY(MethodOf(tx, call));
    LIVERY_TRY(parts_.methods.RemoveIn(tx, call.tenant(), method.account, method.id));
    return Json{{"method", method.id.ToString()}};
}

Result<Finished> MethodApi::FinishRemoval(const Call& call, const Json& note) {
    const auto method = MethodNoted(call, note);
    if (!method) return NotFound("what was removed is gone");
    parts_.methods.Detach(call.tenant(), *method);
    return Finished{JsonOf(call, *method), Finished::Key::kKept};
}

void MethodApi::AddTo(Registrar& registrar) {
    const auto add = [&](Method method, const char* tail, const char* id, const char* scope,
                         const char* summary, const char* description, const char* body,
                         const char* reply, int status, auto handler) {
        registrar.Add(api::Operation{method,
                                     std::string(kPath) + tail,
                                     id,
                                     kTag,
                                     scope,
                                     summary,
                                     description,
                                     {},
                                     body,
                                     reply,
                                     status,
                                     std::move(handler)});
    };
    auto query = api::PagingParameters();
    query.push_back({"account", "Of which account.", api::IdText("acc"), true});
    registrar.Add(api::Operation{Method::kGet, kPath, "listPaymentMethods", kTag, "payments:read",
                                 "What an account can be charged on",
                                 "In the order in which they came.", std::move(query), "",
                                 "PaymentMethodList", 200,
                                 api::Reading([this](const Call& call) { return List(call); })});
    add(Method::kPost, "", "addPaymentMethod", "payments:write", "Begin to add a payment method",
        "Send the browser to `next_action.url`, with `method` POST by a form with its `fields`: "
        "the number is typed there. The method is `active` "
        "once that is done; ask for it, or wait until its owner is back on the portal.",
        "NewPaymentMethod", "PaymentMethod", 201,
        api::SendingOf(
            {[this](db::Transaction& tx, const Call& call) { return BeginSetUp(tx, call); },
             [this](const Call& call, const Json& note, bool) {
                 return FinishSetUp(call, note);
             }}));
    add(Method::kGet, "/:id", "getPaymentMethod", "payments:read", "One payment method", "", "",
        "PaymentMethod", 200, api::Reading([this](const Call& call) { return Find(call); }));
    add(Method::kPost, "/:id/default", "chargeFirst", "payments:write", "Charge this one first",
        "`not_active` when it cannot be charged.", "", "PaymentMethod", 200,
        api::Writing(
            [this](db::Transaction& tx, const Call& call) { return SetDefault(tx, call); }));
    add(Method::kPost, "/:id/look-up", "lookUpPaymentMethod", "payments:write",
        "Ask the provider whether a payment method is set up",
        "When its owner is back from the provider's page, or you cannot wait until it tells by "
        "itself. Each question has a key of its own.",
        "", "PaymentMethod", 200,
        api::SendingOf(
            {[this](db::Transaction& tx, const Call& call) { return BeginLookUp(tx, call); },
             [this](const Call& call, const Json& note, bool) {
                 return FinishLookUp(call, note);
             }}));
    add(Method::kDelete, "/:id", "removePaymentMethod", "payments:write", "Remove a payment method",
        "The answer is what it was. `last_method` when its account pays by itself and has no "
        "other.",
        "", "PaymentMethod", 200,
        api::SendingOf(
            {[this](db::Transaction& tx, const Call& call) { return BeginRemoval(tx, call); },
             [this](const Call& call, const Json& note, bool) {
                 return FinishRemoval(call, note);
             }}));
}

}  // namespace livery::payments
