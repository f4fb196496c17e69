#include "app/mail_senders.h"

#include "app/tickets.h"

namespace livery::service_desk {

MailSender MailSenders::Find(db::Transaction& tx, const Tenant& tenant,
                             const std::string& address) const {
    MailSender sender;
    if (!identity_.IsEmail(address)) return sender;
    auto customer = identity_.FindByEmail(tx, Realm::kPortal, address);
    if (customer && customer->verified && !customer->closed) sender.customer = std::move(customer);
    const auto login = identity_.FindByEmail(tx, Realm::kConsole, address);
    auto agent = login ? staff_.Find(tx, login->id) : std::nullopt;
    if (agent && MayAnswer(tenant, *agent)) sender.agent = std::move(agent);
    return sender;
}

}  // namespace livery::service_desk
