#pragma once

#include <string>

#include <livery/ports/billing.h>
#include <livery/ports/billing_contacts.h>
#include <livery/ports/identity.h>

#include "app/subjects.h"
#include "app/tickets.h"

namespace livery::service_desk {

// A request that somebody of the business, or a program of theirs, writes down for a customer: on
// the telephone, from a CRM. The customer is written to as if he had opened it himself.
class ForCustomers {
 public:
    struct Parts {
        const Tickets& tickets;
        const Subjects& subjects;
        BillingProfiles& profiles;
        BillingContacts& contacts;
        Identity& identity;
        TenantFormatters& words;
    };
    explicit ForCustomers(const Parts& parts) : parts_(parts) {}

    struct Wish {
        AccountId account;
        std::string subject;
        std::string category;
        std::string priority = {};  // "": the category's
        std::string body;
        std::string about_kind = {};  // "": about nothing
        std::string about_id = {};
        std::string by;  // who writes it down, by name
    };
    // kNotFound: no such account. kInvalidArgument on `about`: nothing of that account's; on `by`:
    // no name; and as Tickets::Open.
    Result<Ticket> Open(db::Transaction& tx, const Tenant& tenant, const Wish& wish,
                        const std::string& address, Instant now) const;

 private:
    Result<About> AboutOf(const Tenant& tenant, const Wish& wish) const;
    // The login of whom the account's bills go to. nullopt: they have none.
    std::optional<Identity::User> CustomerOf(db::Transaction& tx, AccountId account) const;

    Parts parts_;
};

}  // namespace livery::service_desk
