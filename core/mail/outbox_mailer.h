#pragma once

#include <livery/ports/mailer.h>
#include <livery/time/clock.h>

#include "mail/message.h"
#include "tenancy/house.h"

namespace livery::mail {

// Renders a mail in its tenant's brand and language and puts it into the outbox, in the caller's
// transaction.
class OutboxMailer final : public Mailer {
 public:
    using CurrentHouse = std::function<std::shared_ptr<const tenancy::House>()>;
    OutboxMailer(CurrentHouse house, const Clock& clock, IdSource& ids)
        : house_(std::move(house)), clock_(clock), ids_(ids) {}
    void Enqueue(db::Transaction& tx, const Tenant& tenant, const Mail& mail) override;
    void MakeFilesOf(const std::string& plugin, std::shared_ptr<MailFiles> files) override;
    // What goes with a mail of a tenant that is served, by a plugin that it has enabled.
    Result<MailFile> Make(const TenantId& tenant, const Message::Enclosed& enclosed) const;

 private:
    CurrentHouse house_;
    const Clock& clock_;
    IdSource& ids_;
    std::map<std::string, std::shared_ptr<MailFiles>> files_;
};

}  // namespace livery::mail
