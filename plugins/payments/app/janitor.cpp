#include "app/janitor.h"

#include "app/cancel_payment.h"
#include "app/look_at_due.h"
#include "app/owed.h"
#include "storage/payment_repository.h"

namespace livery::payments {

std::vector<Payment> Janitor::NotOwed(const Tenant& tenant, std::vector<Payment> waiting) {
    const PaymentPorts& ports = desk_.ports();
    std::vector<Payment> not_owed;
    if (waiting.empty()) return not_owed;
    ports.database.Transact(tenant.id, [&](db::Transaction& tx) {
        not_owed.clear();
        for (const Payment& payment : waiting)
            if (AsksTooMuch(tx, ports.invoicing, payment)) not_owed.push_back(payment);
    });
    return not_owed;
}

bool Janitor::Resolves(const Tenant& tenant, const Payment& due) {
    PaymentDesk::Applied applied = payments::Settled(desk_.LookUp(tenant, due));
    Payment payment = std::move(applied.payment);
    if (applied.may_send_again) {
        auto sent = StartPayment(desk_).SendAgain(tenant, payment, payer_of_(tenant, payment));
        if (sent) payment = *std::move(sent);
    }
    if (CheckCancel(desk_.ports().gateways, tenant, payment) && IsUnderWay(payment.state) &&
        !NotOwed(tenant, {payment}).empty())
        payment = LetGo(tenant, std::move(payment));
    return !IsUnderWay(payment.state);
}

std::vector<Payment> Janitor::Settled(const Tenant& tenant, std::size_t most) {
    const PaymentPorts& ports = desk_.ports();
    std::vector<Payment> settled;
    for (PaymentId after; settled.size() < most;) {
        auto page = PaymentRepository::InState(ports.database, tenant.id,
                                               PaymentState::kRequiresAction, after, most);
        const bool is_last = page.size() < most;
        if (!page.empty()) after = page.back().id;
        std::erase_if(page, [](const Payment& payment) { return payment.let_go; });
        for (Payment& payment : NotOwed(tenant, std::move(page))) {
            if (CanCancel(ports.gateways, tenant, payment)) settled.push_back(std::move(payment));
        }
        if (is_last) break;
    }
    return settled;
}

// Noted before it is asked: whatever comes of that, it is asked again only when it is looked at.
Payment Janitor::LetGo(const Tenant& tenant, Payment settled) {
    desk_.ports().database.Transact(tenant.id, [&](db::Transaction& tx) {
        auto payment = PaymentRepository::Lock(tx, settled.id);
        if (!payment || payment->let_go) return;
        payment->let_go = true;
        PaymentRepository::Save(tx, *payment);
    });
    auto cancelled = CancelPayment(desk_, tenant, settled.account, settled.id);
    return cancelled ? *std::move(cancelled) : std::move(settled);
}

Janitor::Report Janitor::Run(const Tenant& tenant) {
    const PaymentPorts& ports = desk_.ports();
    std::atomic<int> resolved{0};
    const auto instance = [](const Payment& one) { return one.instance; };
    auto looking = LookingThrough<PaymentRepository, Payment>(
        ports, tenant, [&](const Payment& due) { resolved += Resolves(tenant, due) ? 1 : 0; },
        instance);
    const int looked_up = LookAtDue(ports, tenant, looking);
    looking.due = [&](std::size_t most) {
        return Looking<Payment>::Page{Settled(tenant, most), false};
    };
    looking.look = [&](const Payment& settled) { LetGo(tenant, settled); };
    const int let_go = LookAtDue(ports, tenant, looking);
    return {looked_up, resolved, let_go};
}

}  // namespace livery::payments
