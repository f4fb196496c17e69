#include "app/ticket_letters.h"

#include "domain/incoming_mail.h"
#include "storage/watcher_repository.h"

namespace livery::service_desk {

void TicketLetters::Opened(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket) const {
    ToOpener(tx, tenant, ticket, "ticket_opened", "");
}

void TicketLetters::Said(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                         const Message& message, const std::string& from) const {
    if (!message.is_public) return;
    if (message.party == Party::kAgent) {
        const std::string name =
            ticket.state == TicketState::kSolved ? "ticket_solved" : "ticket_answered";
        ToOpener(tx, tenant, ticket, name, message.body);
        return ToWatchers(tx, tenant, ticket, name, message.body, from);
    }
    ToAssignee(tx, tenant, ticket, "ticket_replied", message.body);
    if (message.author != ticket.opened_by)
        ToOpener(tx, tenant, ticket, "ticket_said", message.body);
    ToWatchers(tx, tenant, ticket, "ticket_said", message.body, from);
}

void TicketLetters::Solved(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket) const {
    ToOpener(tx, tenant, ticket, "ticket_solved", "");
    ToWatchers(tx, tenant, ticket, "ticket_solved", "", "");
}

void TicketLetters::Assigned(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                             std::optional<UserId> by) const {
    if (ticket.assignee != by) ToAssignee(tx, tenant, ticket, "ticket_assigned", "");
}

void TicketLetters::Escalated(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                              std::optional<UserId> by) const {
    if (ticket.assignee != by) ToAssignee(tx, tenant, ticket, "ticket_escalated", "");
}

void TicketLetters::ToOpener(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                             const std::string& name, const std::string& body) const {
    const auto opener = ticket.opened_by ? identity_.Find(tx, *ticket.opened_by) : std::nullopt;
    if (!opener || opener->closed) return;
    const std::string language = opener->language.empty() ? ticket.language : opener->language;
    Send(tx, tenant, ticket, name, {opener->email, opener->display_name, language},
         "/tickets/" + ticket.id.ToString(), body);
}

void TicketLetters::ToWatchers(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                               const std::string& name, const std::string& body,
                               const std::string& from) const {
    for (const Watcher& watcher : WatcherRepository::List(tx, ticket.id)) {
        if (FoldedAddress(watcher.email) == FoldedAddress(from)) continue;
        Send(tx, tenant, ticket, name, {watcher.email, watcher.email, watcher.language},
             "/tickets/" + ticket.id.ToString(), body);
    }
}

void TicketLetters::ToAssignee(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                               const std::string& name, const std::string& body) const {
    const auto agent = ticket.assignee ? staff_.Find(tx, *ticket.assignee) : std::nullopt;
    if (!agent || agent->state != Staff::State::kActive) return;
    Send(tx, tenant, ticket, name,
         {agent->email, agent->display_name, agent->language, {agent->id}},
         "/console/tickets/" + ticket.id.ToString(), body);
}

void TicketLetters::Send(db::Transaction& tx, const Tenant& tenant, const Ticket& ticket,
                         const std::string& name, const Reader& reader, const std::string& path,
                         const std::string& body) const {
    Mail mail{"service_desk", name, reader.email, reader.name, reader.language, {}};
    mail.model.Set("name", reader.name)
        .Set("url", tenant.origin + path)
        .Set("number", ticket.number)
        .Set("subject", ticket.subject);
    mail.number = ticket.number;
    mail.words = body;
    mail.facts = [number = ticket.number, subject = ticket.subject](const Formatter& t) {
        return std::vector<Mail::Fact>{{t.Text("ticket.number"), number},
                                       {t.Text("ticket.subject"), subject}};
    };
    threads_.Join(tx, tenant, ticket, reader.holder, mail);
    mailer_.Enqueue(tx, tenant, mail);
}

}  // namespace livery::service_desk
