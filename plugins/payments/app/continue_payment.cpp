#include "app/continue_payment.h"

#include "storage/payment_repository.h"
#include "storage/return_repository.h"

namespace livery::payments {

namespace {

std::optional<ReturnRepository::Return> UseOf(PaymentDesk& desk, const Tenant& tenant,
                                              AccountId account, const Uuid& token) {
    std::optional<ReturnRepository::Return> used;
    desk.ports().database.Transact(tenant.id, [&](db::Transaction& tx) {
        used = ReturnRepository::Use(tx, token, account, desk.ports().clock.Now());
    });
    return used;
}

}  // namespace

Result<Payment> ContinuePayment(PaymentDesk& desk, const Tenant& tenant, AccountId account,
                                const std::string& token,
                                const std::map<std::string, std::string>& query) {
    const auto uuid = UuidFromBase58(token);
    if (!uuid) return NotFound("error.not_found");
    const auto used = UseOf(desk, tenant, account, *uuid);
    if (!used) return NotFound("error.not_found");
    auto payment =
        PaymentRepository::Find(desk.ports().database, tenant.id, PaymentId(used->subject));
    if (!payment) return NotFound("error.not_found");
    // Coming back again only shows it: the janitor asks from then on.
    if (!used->first || !IsUnderWay(payment->state)) return *std::move(payment);
    const std::string message = ContinueMessage(*payment, query);
    const Gateways::Reply reply = desk.ports().gateways.Call(
        tenant, {payment->instance, "payment.continue/1", message, kCallLimit});
    PaymentDesk::Applied applied =
        LIVERY_TRY(desk.Apply(tenant, *payment, HeardOf(reply), Source::kLookup));
    return std::move(applied.payment);
}

}  // namespace livery::payments
