#include "api/payment_api.h"

#include <livery/api/page.h>
#include <livery/api/schema.h>
#include <livery/money/rounding.h>

#include "api/payment_json.h"
#include "app/hand_payments.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

using api::Call;
using api::File;
using api::Json;

namespace {

File Printed(Receipts::Paper paper) {
    return {std::move(paper.pdf), "application/pdf", paper.number + ".pdf"};
}

std::vector<api::Parameter> PagesOfAccount() {
    std::vector<api::Parameter> query = api::PagingParameters();
    query.push_back({"account", "Of this account only", api::IdText("acc")});
    return query;
}

}  // namespace

Result<Json> PaymentApi::List(const Call& call) {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    const auto before = LIVERY_TRY(api::PositionOf<PaymentId>(paging));
    const auto account = LIVERY_TRY(api::QueryId<AccountId>(call, "account"));
    auto page = PaymentRepository::Page(ports_.database, call.tenant().id, account, before,
                                        paging.limit + 1);
    const std::string next = api::CutToPage(page, paging);
    Json data = Json::array();
    for (const Payment& payment : page) {
        data.push_back(JsonOf(
            payment, RefundRepository::OfPayment(ports_.database, call.tenant().id, payment.id)));
    }
    return api::ListReply(std::move(data), next);
}

Result<Json> PaymentApi::Find(const Call& call) {
    const PaymentId id = LIVERY_TRY(call.request.PathId<PaymentId>("id"));
    const auto payment = PaymentRepository::Find(ports_.database, call.tenant().id, id);
    if (!payment) return NotFound("no such payment");
    return JsonOf(*payment, RefundRepository::OfPayment(ports_.database, call.tenant().id, id));
}

Result<Json> PaymentApi::Record(db::Transaction& tx, const Call& call) {
    const auto account = AccountId::Parse(call.body.at("account").get<std::string>());
    if (!account) return InvalidField("account", "malformed_id");
    const Money amount = LIVERY_TRY(MoneyIn(call.body.at("amount"), "amount"));
    HandPayment wanted{*account, amount, call.body.at("reference").get<std::string>(), {}};
    if (call.body.contains("invoice")) {
        const auto invoice = InvoiceId::Parse(call.body["invoice"].get<std::string>());
        if (!invoice) return InvalidField("invoice", "malformed_id");
        wanted.parts.push_back({*invoice, amount});
    }
    const Payment payment = LIVERY_TRY(WriteDownIn(
        ports_, tx, call.tenant(), wanted, ports_.time.ToCivil(call.tenant(), call.request.now())));
    return JsonOf(payment, {});
}

Result<Json> PaymentApi::ListRefunds(const Call& call) {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    const auto before = LIVERY_TRY(api::PositionOf<RefundId>(paging));
    const auto account = LIVERY_TRY(api::QueryId<AccountId>(call, "account"));
    auto page = RefundRepository::Page(ports_.database, call.tenant().id, account, before,
                                       paging.limit + 1);
    const std::string next = api::CutToPage(page, paging);
    Json data = Json::array();
    for (const Refund& refund : page) data.push_back(JsonOf(refund));
    return api::ListReply(std::move(data), next);
}

Result<File> PaymentApi::Receipt(const Call& call) {
    const PaymentId id = LIVERY_TRY(call.request.PathId<PaymentId>("id"));
    const auto payment = PaymentRepository::Find(ports_.database, call.tenant().id, id);
    if (!payment) return NotFound("no such payment");
    return Printed(LIVERY_TRY(receipts_.Of(call.tenant(), call.request.format(), *payment)));
}

Result<File> PaymentApi::RefundReceipt(const Call& call) {
    const RefundId id = LIVERY_TRY(call.request.PathId<RefundId>("id"));
    const auto refund = RefundRepository::Find(ports_.database, call.tenant().id, id);
    if (!refund) return NotFound("no such refund");
    const auto payment =
        PaymentRepository::Find(ports_.database, call.tenant().id, refund->payment);
    return Printed(
        LIVERY_TRY(receipts_.Of(call.tenant(), call.request.format(), *refund, *payment)));
}

void PaymentApi::AddTo(Registrar& registrar) {
    AddPaymentSchemas(registrar);
    registrar.Add(api::Operation{
        Method::kGet, "/api/v1/payments", "listPayments", "Payments", "payments:read",
        "List payments", "The newest first, with what went back of each.", PagesOfAccount(), "",
        "PaymentList", 200, api::Reading([this](const Call& call) { return List(call); })});
    registrar.Add(api::Operation{Method::kGet,
                                 "/api/v1/payments/:id",
                                 "getPayment",
                                 "Payments",
                                 "payments:read",
                                 "One payment",
                                 "",
                                 {},
                                 "",
                                 "Payment",
                                 200,
                                 api::Reading([this](const Call& call) { return Find(call); })});
    registrar.Add(api::Operation{
        Method::kPost,
        "/api/v1/payments",
        "recordPayment",
        "Payments",
        "payments:write",
        "Write down money that came another way",
        "For one invoice, or for the oldest due first; what is over is the account's credit.",
        {},
        "NewPayment",
        "Payment",
        201,
        api::Writing([this](db::Transaction& tx, const Call& call) { return Record(tx, call); })});
    AddPapers(registrar);
}

void PaymentApi::AddPapers(Registrar& registrar) {
    registrar.Add(
        api::Operation{Method::kGet, "/api/v1/refunds", "listRefunds", "Refunds", "payments:read",
                       "List what went back",
                       "Refunds, what banks took back, and what they gave again; the newest first.",
                       PagesOfAccount(), "", "PaymentRefundList", 200,
                       api::Reading([this](const Call& call) { return ListRefunds(call); })});
    const auto add = [&](const char* path, const char* id, const char* tag, const char* summary,
                         api::Delivering handler) {
        registrar.Add(api::Operation{Method::kGet,
                                     path,
                                     id,
                                     tag,
                                     "payments:read",
                                     summary,
                                     "`not_found` while there is none; `unavailable` while it "
                                     "cannot be set.",
                                     {},
                                     "",
                                     "",
                                     200,
                                     std::move(handler),
                                     {"application/pdf"}});
    };
    add("/api/v1/payments/:id/receipt", "getPaymentReceipt", "Payments",
        "The receipt of a payment as PDF", [this](const Call& call) { return Receipt(call); });
    add("/api/v1/refunds/:id/receipt", "getRefundReceipt", "Refunds",
        "The receipt of a refund as PDF", [this](const Call& call) { return RefundReceipt(call); });
}

}  // namespace livery::payments
