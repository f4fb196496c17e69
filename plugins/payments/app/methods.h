#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/payment_desk.h"
#include "domain/method.h"

namespace livery::payments {

// What an account can be charged on: set up on the provider's page, kept as a token.
class Methods {
 public:
    explicit Methods(const PaymentPorts& ports) : ports_(ports) {}

    struct Wish {
        AccountId account;
        std::string instance;
        std::string locale;
        std::string email;
    };
    // Whether this instance keeps any.
    bool AreKeptBy(const Tenant& tenant, const std::string& instance);
    // What a payment was charged on, since who paid wanted that; once, whatever is repeated.
    static void Keep(const PaymentPorts& ports, db::Transaction& tx, const Tenant& tenant,
                     const Payment& payment, const SetUpSaid& said);
    // Begins to set one up; its `action_url` leads to the provider's page.
    // kInvalidArgument: no such instance, or it keeps none. kUnavailable: not now.
    Result<PaymentMethod> SetUp(const Tenant& tenant, const Wish& wish);
    // The same in two steps (start_payment.h). Set up again, under the same key: no money moves by
    // it, so a repeat of what was sent does no harm.
    Result<PaymentMethod> BeginIn(db::Transaction& tx, const Tenant& tenant, const Wish& wish,
                                  const Uuid& token);
    struct Sent {
        PaymentMethod method;
        std::optional<std::chrono::seconds> retry_after;
    };
    Result<Sent> Send(const Tenant& tenant, const PaymentMethod& begun, const Wish& wish,
                      const Uuid& token);
    std::string ReturnUrl(const Tenant& tenant, const PaymentMethod& begun,
                          const Uuid& token) const;
    // Back from there, as ContinuePayment.
    Result<PaymentMethod> Continue(const Tenant& tenant, AccountId account,
                                   const std::string& token);
    std::vector<PaymentMethod> Of(const Tenant& tenant, AccountId account);
    // How a payment of a kept method is started once more; of none, or of one that was removed, as
    // if none had been chosen.
    Payer PayerOf(const Tenant& tenant, const Payment& payment);
    Result<void> SetDefault(const Tenant& tenant, AccountId account, MethodId id);
    // kConflict `error.last_method`: it is the last of an account that pays by itself.
    Result<void> Remove(const Tenant& tenant, AccountId account, MethodId id);
    // The same as a part of the caller's transaction; what was changed, as it is now. Whoever
    // removes one tells its provider afterwards.
    Result<PaymentMethod> SetDefaultIn(db::Transaction& tx, const Tenant& tenant, AccountId account,
                                       MethodId id);
    Result<PaymentMethod> RemoveIn(db::Transaction& tx, const Tenant& tenant, AccountId account,
                                   MethodId id);
    void Detach(const Tenant& tenant, const PaymentMethod& removed);
    // What a provider told us about a set-up is looked up; false: it is none of ours.
    bool LookUpNamed(const Tenant& tenant, const std::string& instance,
                     const std::string& provider_id, const std::string& reference);
    // Asks about those that nobody heard the end of; how many.
    int LookUpDue(const Tenant& tenant);

 private:
    Result<PaymentMethod> LookUp(const Tenant& tenant, const PaymentMethod& method);
    Result<PaymentMethod> Apply(const Tenant& tenant, const PaymentMethod& known,
                                const Gateways::Reply& reply, bool by_lookup);
    // The method and all of the account, locked; what `work` leaves of them is stored.
    using Work =
        std::function<Result<void>(db::Transaction&, PaymentMethod&, std::vector<PaymentMethod>&)>;
    Result<PaymentMethod> ChangeIn(db::Transaction& tx, const Tenant& tenant, AccountId account,
                                   MethodId id, const Work& work);
    Result<PaymentMethod> Change(const Tenant& tenant, AccountId account, MethodId id,
                                 const Work& work);
    const PaymentPorts& ports_;
};

}  // namespace livery::payments
