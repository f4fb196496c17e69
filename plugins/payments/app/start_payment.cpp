#include "app/start_payment.h"

#include <livery/db/attempt.h>
#include <livery/db/failure.h>
#include <livery/failpoint.h>

#include "app/owed.h"
#include "app/refused_payment.h"
#include "app/return_links.h"
#include "storage/payment_repository.h"
#include "storage/return_repository.h"
#include "storage/slot_repository.h"

namespace livery::payments {

namespace {

std::vector<InvoiceId> InvoicesOf(const std::vector<Share>& parts) {
    std::vector<InvoiceId> invoices;
    for (const Share& part : parts) invoices.push_back(part.invoice);
    return invoices;
}

// No more than is owed: nobody is charged for credit.
Result<std::vector<Share>> PartsOf(const StartPayment::Wish& wish,
                                   const std::vector<OwedInvoice>& owed) {
    if (!wish.amount) return CheckChoice(wish.parts, owed);
    if (wish.amount->minor_units() <= 0) return InvalidField("amount", "error.amount");
    Shares shares = ShareOut(*wish.amount, owed);
    if (shares.rest.minor_units() > 0) return InvalidField("amount", "error.more_than_owed");
    return std::move(shares.parts);
}

}  // namespace

void StartPayment::Wish::ChargeOn(const PaymentMethod& kept) {
    instance = kept.instance;
    method = kept.id;
    payer.ChargeOn(kept);
}

Result<Payment> StartPayment::Run(const Tenant& tenant, const Wish& wish) {
    const Uuid token = desk_.ports().ids.Next();
    const Payment begun = LIVERY_TRY(Begin(tenant, wish, token));
    Sent sent = LIVERY_TRY(Send(tenant, begun, AsBefore(tenant, begun, wish.payer)));
    return std::move(sent.payment);
}

std::string StartPayment::ReturnUrl(const Tenant& tenant, const Payment& begun,
                                    const Uuid& token) const {
    return tenant.origin + "/payments/return/" +
           TextOf(desk_.ports().links, tenant.id,
                  {token, begun.account, begun.id.uuid(), begun.began_at + kReturnHolds});
}

// Some providers refuse a key whose request is another one.
Payer StartPayment::AsBefore(const Tenant& tenant, const Payment& begun, Payer payer) const {
    payer.keep_method = begun.keeps_method;
    payer.locale = begun.locale;
    if (begun.way_back) payer.return_url = ReturnUrl(tenant, begun, *begun.way_back);
    return payer;
}

Result<StartPayment::Sent> StartPayment::Send(const Tenant& tenant, const Payment& begun,
                                              const Payer& payer) {
    LIVERY_FAILPOINT("payment.begun");
    const std::string message = StartMessage(tenant.id, begun, payer);
    const auto left = TimeToSend(begun.sent_by, desk_.ports().clock.Now());
    if (left.count() <= 0) return Sent{begun, std::nullopt};
    const Gateways::Reply reply =
        desk_.ports().gateways.Call(tenant, {begun.instance, "payment.start/1", message, left});
    LIVERY_FAILPOINT("payment.answered");
    PaymentDesk::Applied applied =
        LIVERY_TRY(desk_.Apply(tenant, begun, HeardOf(reply), Source::kAnswer));
    // It answered, but not in a way that can be believed: ask at once, somebody is waiting.
    const bool doubtful = applied.payment.state == PaymentState::kUnknown ||
                          (applied.payment.next_look_at &&
                           *applied.payment.next_look_at <= desk_.ports().clock.Now());
    if (reply.fate == Gateways::Fate::kAnswered && doubtful)
        applied = LIVERY_TRY(desk_.LookUp(tenant, applied.payment));
    LIVERY_FAILPOINT("payment.applied");
    return Sent{std::move(applied.payment), reply.retry_after};
}

Result<Payment> StartPayment::SendAgain(const Tenant& tenant, const Payment& payment,
                                        const Payer& payer) {
    const Payment noted = LIVERY_TRY(desk_.NoteSending(tenant, payment));
    const std::string message = StartMessage(tenant.id, payment, AsBefore(tenant, payment, payer));
    const auto left = TimeToSend(noted.sent_by, desk_.ports().clock.Now());
    if (left.count() <= 0) return noted;
    const Gateways::Reply reply =
        desk_.ports().gateways.Call(tenant, {payment.instance, "payment.start/1", message, left});
    // What is unknown is left by a lookup only, whatever the repeat says; unless there is no other
    // lookup: a key that was used answers what came of it then, where it is answered at all.
    const bool blind =
        payment.provider_id.empty() &&
        !HabitsOf(desk_.ports().gateways, tenant, payment.instance).finds_by_reference;
    const Heard heard = HeardOf(reply);
    // Whom to ask about is in the repeat's answer: a page that nobody has paid on is found by
    // nothing else.
    Payment asked = payment;
    if (asked.provider_id.empty() && heard.said) asked.provider_id = heard.said->provider_id;
    PaymentDesk::Applied applied = LIVERY_TRY(
        blind ? desk_.Apply(tenant, payment, heard, Source::kRepeat) : desk_.LookUp(tenant, asked));
    return std::move(applied.payment);
}

Result<Payment> StartPayment::Begin(const Tenant& tenant, const Wish& wish, const Uuid& token) {
    const PaymentId id = wish.id ? *wish.id : PaymentId(desk_.ports().ids.Next());
    try {
        return db::Attempt<Payment>(desk_.ports().database, tenant.id, [&](db::Transaction& tx) {
            return BeginIn(tx, tenant, wish, id, token);
        });
    } catch (const db::CommitUnknown&) {
        // Settled by reading: what is there was begun, and nothing was sent yet.
        auto begun = PaymentRepository::Find(desk_.ports().database, tenant.id, id);
        if (begun) return *std::move(begun);
        return Error{ErrorCode::kUnavailable, "error.try_again", {}};
    } catch (const db::DuplicateKey&) {
        if (!wish.id || !PaymentRepository::Find(desk_.ports().database, tenant.id, id)) throw;
        return Conflict("error.under_way");
    }
}

bool StartPayment::HasPage(const Tenant& tenant, const std::string& instance) const {
    return CanDo(desk_.ports().gateways, tenant, instance, "redirect");
}

Result<Payment> StartPayment::BeginIn(db::Transaction& tx, const Tenant& tenant, const Wish& wish,
                                      PaymentId id, const Uuid& token) {
    if (!wish.method && !HasPage(tenant, wish.instance)) return Conflict("error.no_method");
    const auto owed = OwedBy(tx, desk_.ports().invoicing, wish.account);
    const std::vector<Share> parts = LIVERY_TRY(PartsOf(wish, owed));
    const auto slots = SlotRepository::Lock(tx, InvoicesOf(parts));
    for (const auto& [invoice, slot] : slots) {
        if (slot.payment) return Conflict("error.under_way");
    }
    // The oldest invoice leads: so it does again if this commit is ever forgotten.
    const auto& [lead, leading] = *slots.begin();
    const Instant now = desk_.ports().clock.Now();
    const AttemptKey key{AttemptKey::Kind::kPayment, lead.uuid(), leading.attempts + 1};
    const Money amount = SumOf(parts);
    const bool comes_back = wish.origin != Origin::kAutomatic;
    const Payment payment{.id = id,
                          .account = wish.account,
                          .origin = wish.origin,
                          .instance = wish.instance,
                          .method = wish.method,
                          .keeps_method = wish.payer.keep_method && !wish.method,
                          .reference = key.Reference(),
                          .key = key,
                          .amount = amount,
                          .given_back = Money(0, amount.currency()),
                          .parts = parts,
                          .began_at = now,
                          .shown_at = desk_.ports().time.Now(tenant),
                          .sent_by = now + kCallLimit,
                          .next_look_at = now + kFirstLook,
                          .way_back = comes_back ? std::optional(token) : std::nullopt,
                          .locale = wish.payer.locale};
    PaymentRepository::Add(tx, payment);
    for (const auto& [invoice, slot] : slots)
        SlotRepository::Take(tx, invoice, slot.attempts + (invoice == lead ? 1 : 0), id);
    ReturnRepository::Add(tx, token, wish.account, id.uuid());
    if (wish.after) GoOnAfter(tx, wish.account, *wish.after);
    LIVERY_FAILPOINT("payment.beginning");
    return payment;
}

}  // namespace livery::payments
