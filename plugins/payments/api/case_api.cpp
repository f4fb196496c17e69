#include "api/case_api.h"

#include <livery/api/page.h>

#include "api/payment_json.h"
#include "app/cases.h"
#include "storage/case_repository.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

using api::Call;
using api::Json;

namespace {

constexpr const char* kTag = "What waits for a person";

Json MoneyOrNull(const std::optional<Money>& money) {
    return money ? api::MoneyOf(*money) : Json(nullptr);
}

Json JsonOf(const Case& one) {
    return {{"id", one.ToString()},
            {"payment", one.payment.ToString()},
            {"kind", one.kind},
            {"refund", api::IdOrNull(one.refund)},
            {"opened_at", ToIso(one.opened_at)},
            {"advice", std::string(AdviceOn(one.kind))}};
}

Json JsonOf(const OpenDifference& open) {
    const Difference& difference = open.difference;
    return {{"id", open.id.ToString()},
            {"instance", open.instance},
            {"kind", std::string(ToString(difference.kind))},
            {"about", std::string(ToString(difference.about))},
            {"provider_id", difference.provider_id},
            {"reference", difference.reference},
            {"payment", api::IdOrNull(difference.payment)},
            {"here", MoneyOrNull(difference.here)},
            {"there", MoneyOrNull(difference.there)},
            {"found_at", ToIso(open.found_at)},
            {"advice", AdviceOn(difference)}};
}

}  // namespace

Result<Json> CaseApi::List(const Call& call) {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    const auto after = LIVERY_TRY(api::PositionOf<Case>(paging));
    auto page =
        CaseRepository::ListOpen(desk_.ports().database, call.tenant().id, after, paging.limit + 1);
    const std::string next = api::CutToPage(page, paging, [](const Case& one) { return one; });
    Json data = Json::array();
    for (const Case& one : page) data.push_back(JsonOf(one));
    return api::ListReply(std::move(data), next);
}

Result<Json> CaseApi::Close(db::Transaction& tx, const Call& call) {
    const Case named = LIVERY_TRY(call.request.PathId<Case>("id"));
    const Json& body = call.body;
    LIVERY_TRY(CloseCaseIn(tx, desk_.ports(),
                           {named.payment, named.kind, body.at("by").get<std::string>(),
                            body.at("reason").get<std::string>(), named.refund, named.opened_at}));
    NoteSaid(audit_, tx, call, "payment.case_closed", SubjectId(named.payment.uuid()));
    return JsonOf(named);
}

Result<Json> CaseApi::DecidePayment(db::Transaction& tx, const Call& call) {
    const PaymentId id = LIVERY_TRY(call.request.PathId<PaymentId>("id"));
    const Json& body = call.body;
    PaymentDesk::Decision decision{body.at("was_taken").get<bool>(),
                                   body.at("by").get<std::string>(),
                                   body.at("reason").get<std::string>()};
    if (body.contains("amount")) decision.amount = LIVERY_TRY(MoneyIn(body["amount"], "amount"));
    decision.provider_id = body.value("provider_id", "");
    const Payment decided = LIVERY_TRY(desk_.DecideIn(tx, call.tenant(), id, decision));
    NoteSaid(audit_, tx, call, "payment.decided", SubjectOf(decided.account));
    return payments::JsonOf(decided, RefundRepository::OfPayment(tx, id));
}

Result<Json> CaseApi::ListDifferences(const Call& call) {
    Json data = Json::array();
    for (const OpenDifference& open :
         DifferenceRepository::ListOpen(desk_.ports().database, call.tenant().id))
        data.push_back(JsonOf(open));
    return api::ListReply(std::move(data), "");
}

Result<Json> CaseApi::DecideDifference(db::Transaction& tx, const Call& call) {
    const Json& body = call.body;
    Reconciliation::Decision decision{LIVERY_TRY(call.request.PathId<DifferenceId>("id")),
                                      body.at("by").get<std::string>(),
                                      body.at("reason").get<std::string>(),
                                      {}};
    if (body.contains("book_for")) {
        decision.book_for = AccountId::Parse(body["book_for"].get<std::string>());
        if (!decision.book_for) return InvalidField("book_for", "malformed_id");
    }
    const OpenDifference decided =
        LIVERY_TRY(reconciliation_.DecideIn(tx, call.tenant(), decision));
    if (decision.book_for)
        NoteSaid(audit_, tx, call, "difference.booked", SubjectOf(*decision.book_for));
    else
        NoteSaid(audit_, tx, call, "difference.accepted", SubjectId(decided.id.uuid()));
    return JsonOf(decided);
}

void CaseApi::AddTo(Registrar& registrar) {
    const auto list = [&](const char* path, const char* id, const char* summary,
                          const char* description, std::vector<api::Parameter> query,
                          const char* reply, api::Reading handler) {
        registrar.Add(api::Operation{Method::kGet, path, id, kTag, "payments:read", summary,
                                     description, std::move(query), "", reply, 200,
                                     std::move(handler)});
    };
    const auto decide = [&](const char* path, const char* id, const char* summary,
                            const char* description, const char* body, const char* reply,
                            api::Writing handler) {
        registrar.Add(api::Operation{Method::kPost,
                                     path,
                                     id,
                                     kTag,
                                     "payments:write",
                                     summary,
                                     description,
                                     {},
                                     body,
                                     reply,
                                     200,
                                     std::move(handler)});
    };
    list("/api/v1/payment-cases", "listPaymentCases", "Payments that wait for a person",
         "The oldest first. `advice` says what to do.", api::PagingParameters(), "PaymentCaseList",
         [this](const Call& call) { return List(call); });
    decide("/api/v1/payment-cases/:id/close", "closePaymentCase",
           "Say, by name, that a case is seen to",
           "`decide_first` while nobody knows what became of the money: its decision closes the "
           "case.",
           "PaymentCaseAnswer", "PaymentCase",
           [this](db::Transaction& tx, const Call& call) { return Close(tx, call); });
    decide("/api/v1/payments/:id/decision", "decidePayment",
           "Say, by name, what became of a payment",
           "Of one that no machine can tell about. `decided` when there is nothing to be decided.",
           "PaymentDecision", "Payment",
           [this](db::Transaction& tx, const Call& call) { return DecidePayment(tx, call); });
    list("/api/v1/payment-differences", "listPaymentDifferences",
         "Where a provider's list and the books differ", "What nobody has decided, the oldest 200.",
         {}, "PaymentDifferenceList", [this](const Call& call) { return ListDifferences(call); });
    decide("/api/v1/payment-differences/:id/decision", "decidePaymentDifference",
           "Say, by name, what a difference comes to",
           "With `book_for` money that is missing here is that account's; without it nothing is "
           "booked.",
           "PaymentDifferenceDecision", "PaymentDifference",
           [this](db::Transaction& tx, const Call& call) { return DecideDifference(tx, call); });
}

}  // namespace livery::payments
