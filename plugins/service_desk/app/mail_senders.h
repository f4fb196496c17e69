#pragma once

#include <optional>
#include <string>

#include <livery/db/database.h>
#include <livery/ports/identity.h>
#include <livery/ports/staff.h>
#include <livery/tenancy/tenant.h>

namespace livery::service_desk {

// Whom a mail's address is of; somebody may be both.
struct MailSender {
    std::optional<Identity::User> customer;  // who proved the address, and may sign in
    std::optional<Staff::Member> agent;      // who may answer tickets
    bool IsKnown() const { return customer || agent; }
};

class MailSenders {
 public:
    MailSenders(Identity& identity, Staff& staff) : identity_(identity), staff_(staff) {}
    MailSender Find(db::Transaction& tx, const Tenant& tenant, const std::string& address) const;

 private:
    Identity& identity_;
    Staff& staff_;
};

}  // namespace livery::service_desk
