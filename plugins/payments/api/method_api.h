#pragma once

#include <livery/api/sending.h>
#include <livery/ports/billing.h>
#include <livery/ports/billing_contacts.h>
#include <livery/registrar.h>

#include "app/collection.h"

namespace livery::payments {

// What accounts can be charged on, for the tenant's programs, by the use cases of the pages.
class MethodApi {
 public:
    struct Parts {
        const PaymentPorts& ports;
        Methods& methods;
        BillingProfiles& profiles;
        BillingContacts& contacts;
    };
    explicit MethodApi(const Parts& parts) : parts_(parts) {}
    void AddTo(Registrar& registrar);

 private:
    Result<api::Json> List(const api::Call& call);
    Result<api::Json> Find(const api::Call& call);
    Result<api::Json> BeginSetUp(db::Transaction& tx, const api::Call& call);
    Result<api::Finished> FinishSetUp(const api::Call& call, const api::Json& note);
    Result<api::Json> SetDefault(db::Transaction& tx, const api::Call& call);
    Result<api::Json> BeginLookUp(db::Transaction& tx, const api::Call& call);
    Result<api::Finished> FinishLookUp(const api::Call& call, const api::Json& note);
    Result<api::Json> BeginRemoval(db::Transaction& tx, const api::Call& call);
    Result<api::Finished> FinishRemoval(const api::Call& call, const api::Json& note);
    api::Json JsonOf(const api::Call& call, const PaymentMethod& method,
                     const std::string& return_url = "") const;
    std::optional<PaymentMethod> MethodNoted(const api::Call& call, const api::Json& note);
    Methods::Wish WishOf(const api::Call& call, AccountId account, std::string locale,
                         std::string email) const;

    Parts parts_;
};

}  // namespace livery::payments
