#pragma once

#include <livery/db/database.h>
#include <livery/ids.h>
#include <livery/ports/link_signer.h>
#include <livery/ports/mailer.h>
#include <livery/tenancy/tenant.h>

#include "domain/desk.h"
#include "domain/reply_address.h"

namespace livery::service_desk {

// How letters about a ticket hang together: mail programs show them as one conversation, and an
// answer to any of them finds its ticket.
class LetterThreads {
 public:
    LetterThreads(const LinkSigner& signer, IdSource& ids) : signer_(signer), ids_(ids) {}

    // Names the letter and what it follows, and says where answers go: an address that is
    // `holder`'s alone. Nothing where the tenant's desk takes no mails.
    void Join(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
              const AddressHolder& holder, Mail& mail) const;

    SignText SignerOf(const Tenant& tenant) const;

 private:
    const LinkSigner& signer_;
    IdSource& ids_;
};

}  // namespace livery::service_desk
