#include "app/methods.h"

#include <algorithm>

#include <livery/db/attempt.h>

#include "app/look_at_due.h"
#include "app/method_messages.h"
#include "app/return_links.h"
#include "storage/method_repository.h"
#include "storage/return_repository.h"
#include "storage/standing_repository.h"

namespace livery::payments {

namespace {

// There is something else to be charged: what the tries had ended without goes on.
void TryAgain(db::Transaction& tx, AccountId account, Date today) {
    auto standing = StandingRepository::LockIfThere(tx, account);
    if (!standing) return;
    TryOnceMore(*standing, today);
    StandingRepository::Save(tx, *standing);
}

}  // namespace

bool Methods::AreKeptBy(const Tenant& tenant, const std::string& instance) {
    return CanDo(ports_.gateways, tenant, instance, "setup");
}

void Methods::Keep(const PaymentPorts& ports, db::Transaction& tx, const Tenant& tenant,
                   const Payment& payment, const SetUpSaid& said) {
    std::vector<PaymentMethod> all = MethodRepository::LockAll(tx, payment.account);
    PaymentMethod kept = KeptOf(payment, said, ports.clock.Now());
    for (const PaymentMethod& method : all) {
        if (method.id == kept.id) return;
    }
    all.push_back(std::move(kept));
    MethodRepository::Add(tx, all.back());
    const Date today = DayOf(ports.time.CivilNow(tenant));
    GiveDefault(all, today);
    for (const PaymentMethod& method : all) MethodRepository::Save(tx, method);
    TryAgain(tx, payment.account, today);
}

Result<PaymentMethod> Methods::SetUp(const Tenant& tenant, const Wish& wish) {
    const Uuid token = ports_.ids.Next();
    const PaymentMethod begun =
        LIVERY_TRY(db::Attempt<PaymentMethod>(ports_.database, tenant.id, [&](db::Transaction& tx) {
            return BeginIn(tx, tenant, wish, token);
        }));
    Sent sent = LIVERY_TRY(Send(tenant, begun, wish, token));
    return std::move(sent.method);
}

std::string Methods::ReturnUrl(const Tenant& tenant, const PaymentMethod& begun,
                               const Uuid& token) const {
    return tenant.origin + "/payment-methods/return/" +
           TextOf(ports_.links, tenant.id,
                  {token, begun.account, begun.id.uuid(), begun.began_at + kReturnHolds});
}

Result<Methods::Sent> Methods::Send(const Tenant& tenant, const PaymentMethod& begun,
                                    const Wish& wish, const Uuid& token) {
    const std::string message = SetUpMessage(tenant.id, begun,
                                             {ReturnUrl(tenant, begun, token), wish.locale,
                                              wish.email, std::string(tenant.currency.code())});
    const Gateways::Reply reply =
        ports_.gateways.Call(tenant, {begun.instance, "setup.start/1", message, kCallLimit});
    return Sent{LIVERY_TRY(Apply(tenant, begun, reply, false)), reply.retry_after};
}

Result<PaymentMethod> Methods::BeginIn(db::Transaction& tx, const Tenant& tenant, const Wish& wish,
                                       const Uuid& token) {
    if (!AreKeptBy(tenant, wish.instance)) return InvalidField("instance", "error.instance");
    const MethodId id(ports_.ids.Next());
    const Instant now = ports_.clock.Now();
    const PaymentMethod method{.id = id,
                               .account = wish.account,
                               .instance = wish.instance,
                               .key = {AttemptKey::Kind::kSetup, id.uuid(), 1},
                               .began_at = now,
                               .next_look_at = now + kFirstLook};
    MethodRepository::Add(tx, method);
    ReturnRepository::Add(tx, token, wish.account, id.uuid());
    return method;
}

Result<PaymentMethod> Methods::Apply(const Tenant& tenant, const PaymentMethod& known,
                                     const Gateways::Reply& reply, bool by_lookup) {
    const SetUpHeard heard = SetUpHeardOf(reply);
    return Change(tenant, known.account, known.id,
                  [&](db::Transaction& tx, PaymentMethod& method,
                      std::vector<PaymentMethod>&) -> Result<void> {
                      const bool was_active = method.state == MethodState::kActive;
                      Advance(method, heard.fate, heard.said, by_lookup, ports_.clock.Now());
                      if (!was_active && method.state == MethodState::kActive)
                          TryAgain(tx, method.account, DayOf(ports_.time.CivilNow(tenant)));
                      return {};
                  });
}

Result<PaymentMethod> Methods::LookUp(const Tenant& tenant, const PaymentMethod& method) {
    const std::string message = SetUpLookupMessage(method);
    const Gateways::Reply reply =
        ports_.gateways.Call(tenant, {method.instance, "setup.lookup/1", message, kCallLimit});
    return Apply(tenant, method, reply, true);
}

Result<PaymentMethod> Methods::Continue(const Tenant& tenant, AccountId account,
                                        const std::string& token) {
    const auto subject = UseReturn(ports_, tenant, account, token);
    if (!subject) return NotFound("error.not_found");
    for (const PaymentMethod& method : Of(tenant, account)) {
        if (method.id != MethodId(*subject)) continue;
        if (method.state != MethodState::kBegun) return method;
        return LookUp(tenant, method);
    }
    return NotFound("error.not_found");
}

std::vector<PaymentMethod> Methods::Of(const Tenant& tenant, AccountId account) {
    return MethodRepository::OfAccount(ports_.database, tenant.id, account);
}

Payer Methods::PayerOf(const Tenant& tenant, const Payment& payment) {
    Payer payer;
    payer.keep_method = payment.keeps_method;
    for (const PaymentMethod& method : Of(tenant, payment.account)) {
        if (method.id == payment.method && method.state != MethodState::kRemoved)
            payer.ChargeOn(method);
    }
    return payer;
}

Result<PaymentMethod> Methods::Change(const Tenant& tenant, AccountId account, MethodId id,
                                      const Work& work) {
    return db::Attempt<PaymentMethod>(ports_.database, tenant.id, [&](db::Transaction& tx) {
        return ChangeIn(tx, tenant, account, id, work);
    });
}

Result<PaymentMethod> Methods::ChangeIn(db::Transaction& tx, const Tenant& tenant,
                                        AccountId account, MethodId id, const Work& work) {
    std::vector<PaymentMethod> all = MethodRepository::LockAll(tx, account);
    const auto found = std::find_if(all.begin(), all.end(), [&](const PaymentMethod& method) {
        return method.id == id && method.state != MethodState::kRemoved;
    });
    if (found == all.end()) return NotFound("error.not_found");
    LIVERY_TRY(work(tx, *found, all));
    GiveDefault(all, DayOf(ports_.time.CivilNow(tenant)));
    for (const PaymentMethod& method : all) MethodRepository::Save(tx, method);
    tx.Touch(SubjectOf(account));
    return *found;
}

Result<void> Methods::SetDefault(const Tenant& tenant, AccountId account, MethodId id) {
    LIVERY_TRY(db::Attempt<PaymentMethod>(ports_.database, tenant.id, [&](db::Transaction& tx) {
        return SetDefaultIn(tx, tenant, account, id);
    }));
    return {};
}

Result<PaymentMethod> Methods::SetDefaultIn(db::Transaction& tx, const Tenant& tenant,
                                            AccountId account, MethodId id) {
    const Date today = DayOf(ports_.time.CivilNow(tenant));
    return ChangeIn(tx, tenant, account, id,
                    [&](db::Transaction&, PaymentMethod& wanted,
                        std::vector<PaymentMethod>& all) -> Result<void> {
                        if (!IsChargeable(wanted, today)) return Conflict("error.not_active");
                        const MethodId chosen = wanted.id;
                        for (PaymentMethod& method : all) method.is_default = method.id == chosen;
                        TryAgain(tx, account, today);
                        return {};
                    });
}

Result<void> Methods::Remove(const Tenant& tenant, AccountId account, MethodId id) {
    Detach(tenant, LIVERY_TRY(db::Attempt<PaymentMethod>(
                       ports_.database, tenant.id,
                       [&](db::Transaction& tx) { return RemoveIn(tx, tenant, account, id); })));
    return {};
}

Result<PaymentMethod> Methods::RemoveIn(db::Transaction& tx, const Tenant& tenant,
                                        AccountId account, MethodId id) {
    const Date today = DayOf(ports_.time.CivilNow(tenant));
    return ChangeIn(tx, tenant, account, id,
                    [&](db::Transaction&, PaymentMethod& method,
                        std::vector<PaymentMethod>& all) -> Result<void> {
                        const bool automatic =
                            StandingRepository::Lock(tx, account).pays_automatically;
                        LIVERY_TRY(CheckRemoval(method, all, automatic, today));
                        method.state = MethodState::kRemoved;
                        method.is_default = false;
                        method.next_look_at.reset();
                        return {};
                    });
}

// Here it is gone either way; a provider that goes on keeping it can do nothing with it.
void Methods::Detach(const Tenant& tenant, const PaymentMethod& removed) {
    if (removed.token.empty()) return;
    const std::string message = DetachMessage(tenant.id, removed);
    (void)ports_.gateways.Call(tenant, {removed.instance, "method.detach/1", message, kCallLimit});
}

bool Methods::LookUpNamed(const Tenant& tenant, const std::string& instance,
                          const std::string& provider_id, const std::string& reference) {
    const auto method =
        MethodRepository::ByProvider(ports_.database, tenant.id, instance, provider_id, reference);
    if (method && method->state == MethodState::kBegun) (void)LookUp(tenant, *method);
    return method.has_value();
}

int Methods::LookUpDue(const Tenant& tenant) {
    return LookAtDue(
        ports_, tenant,
        LookingThrough<MethodRepository, PaymentMethod>(
            ports_, tenant, [&](const PaymentMethod& due) { Settled(LookUp(tenant, due)); },
            [](const PaymentMethod& due) { return due.instance; }));
}

}  // namespace livery::payments
