#include "app/letter_threads.h"

#include "domain/mail_verdict.h"
#include "storage/mail_repository.h"

namespace livery::service_desk {

SignText LetterThreads::SignerOf(const Tenant& tenant) const {
    return [this, id = tenant.id](std::string_view text) { return signer_.Sign(id, text); };
}

void LetterThreads::Join(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                         const AddressHolder& holder, Mail& mail) const {
    const auto& desk = tenant.SettingsOf<Desk>("service_desk").mail;
    if (!desk) return;
    mail.thread.message_id = OwnMailId(ToBase58(ids_.Next()), desk->address);
    // No letter bears this name: it is what all of a ticket follow, so that none has to be the
    // first.
    mail.thread.references = {OwnMailId(ToBase58(ticket.id.uuid()), desk->address)};
    const std::string theirs =
        MailRepository::LastFrom(tx, mail.to_address, ticket.id, ticket.active_at);
    if (!theirs.empty()) mail.thread.references.push_back(theirs);
    mail.thread.reply_to = ReplyAddressOf(desk->address, ticket.id, holder, SignerOf(tenant));
    MailRepository::Insert(tx, {mail.thread.message_id, mail.to_address, true, ticket.id,
                                holder.agent, ticket.active_at});
}

}  // namespace livery::service_desk
