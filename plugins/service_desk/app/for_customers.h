#pragma once

#include <string>

#include <livery/ports/billing.h>
#include <livery/ports/billing_contacts.h>
#include <livery/ports/identity.h>

#include "app/disputes.h"
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
        const Disputes& disputes;
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
        std::string by;                            // who writes it down, by name
        bool disputes = false;                     // what it is about, a line: it is not owed
        std::vector<Attachment> attachments = {};  // kept already
    };
    // kNotFound: no such account. kInvalidArgument on `about`: nothing of that account's; on `by`:
    // no name; on `dispute`: it is about no line, or nobody takes objections; and as Tickets::Open
    // and Disputes::Open.
    Result<Ticket> Open(db::Transaction& tx, const Tenant& tenant, const Wish& wish,
                        const std::string& address, Instant now) const;

 private:
    Result<About> AboutOf(const Tenant& tenant, const Wish& wish) const;
    // The login of whom the account's bills go to. nullopt: they have none.
    std::optional<Identity::User> CustomerOf(db::Transaction& tx, AccountId account) const;

    Parts parts_;
};

}  // namespace livery::service_desk
