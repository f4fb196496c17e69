#include "app/desk_work.h"

#include <algorithm>
#include <set>

#include "domain/canned_reply.h"
#include "storage/dispute_repository.h"
#include "storage/ticket_repository.h"

namespace livery::service_desk {

namespace {

Error Moved() { return Conflict("error.ticket_moved"); }

Result<void> Check(const DeskWork::Change& change, const Desk& desk) {
    std::vector<FieldError> wrong;
    if (change.queue && !desk.queues.contains(*change.queue))
        wrong.push_back({"queue", "error.queue"});
    if (change.category && !desk.categories.contains(*change.category))
        wrong.push_back({"category", "error.category"});
    if (change.priority && (*change.priority < 0 || *change.priority >= std::ssize(kPriorities)))
        wrong.push_back({"priority", "error.priority"});
    if (!wrong.empty()) return Invalid(std::move(wrong));
    return {};
}

void SetPriority(Ticket& ticket, int priority, const Desk& desk) {
    ticket.priority = priority;
    SetTargets(ticket.clocks, desk.TargetsOf(priority));
}

}  // namespace

Result<Ticket> DeskWork::Open(db::Transaction& tx, TicketId id) {
    auto ticket = TicketRepository::Find(tx, id);
    if (!ticket) return NotFound("no such ticket");
    if (ticket->merged_into || ticket->state == TicketState::kClosed) return Moved();
    return *std::move(ticket);
}

Result<Ticket> DeskWork::Keep(db::Transaction& tx, const Tenant& tenant, Ticket ticket,
                              std::string_view action, const Writer& by) const {
    const WallClock clock = tickets_.ClockOf(tenant);
    SetDue(ticket, {Tickets::DeskOf(tenant).calendar, clock});
    ++ticket.version;
    TicketRepository::Update(tx, ticket);
    tickets_.WriteDown(tx, ticket, action, by);
    return ticket;
}

Result<Ticket> DeskWork::Set(db::Transaction& tx, const Tenant& tenant, TicketId id,
                             const Change& change, const Writer& agent) const {
    const Desk& desk = Tickets::DeskOf(tenant);
    Ticket ticket = LIVERY_TRY(Open(tx, id));
    LIVERY_TRY(Check(change, desk));
    if (change.queue) ticket.queue = *change.queue;
    if (change.category) ticket.category = *change.category;
    if (change.priority) SetPriority(ticket, *change.priority, desk);
    return Keep(tx, tenant, std::move(ticket), "ticket.changed", agent);
}

Result<Ticket> DeskWork::Escalate(db::Transaction& tx, const Tenant& tenant, TicketId id,
                                  const Writer& by, Instant now) const {
    const Desk& desk = Tickets::DeskOf(tenant);
    Ticket ticket = LIVERY_TRY(Open(tx, id));
    if (ticket.escalated_at || !IsUnsolved(ticket.state)) return Moved();
    const Escalation rule = desk.escalation.value_or(Escalation{});
    const int least = std::min(ticket.priority + 1, static_cast<int>(std::ssize(kPriorities)) - 1);
    SetPriority(ticket, std::max(ticket.priority, rule.priority.value_or(least)), desk);
    if (!rule.queue.empty()) ticket.queue = rule.queue;
    ticket.escalated_at = now;
    parts_.letters.Escalated(tx, tenant, ticket, by.user);
    return Keep(tx, tenant, std::move(ticket), "ticket.escalated", by);
}

Result<Ticket> DeskWork::EscalateDue(db::Transaction& tx, const Tenant& tenant, TicketId id,
                                     Instant then, Instant now) const {
    Ticket ticket = LIVERY_TRY(Open(tx, id));
    const WallClock clock = tickets_.ClockOf(tenant);
    SetDue(ticket, {Tickets::DeskOf(tenant).calendar, clock});
    if (ticket.due_at && *ticket.due_at <= then) return Escalate(tx, tenant, id, {}, now);
    ++ticket.version;
    TicketRepository::Update(tx, ticket);
    return ticket;
}

Result<std::string> DeskWork::Words(const Tenant& tenant, const Ticket& ticket,
                                    const std::string& reply, const std::string& customer,
                                    const Writer& agent) const {
    const Desk& desk = Tickets::DeskOf(tenant);
    const auto found = desk.replies.find(reply);
    if (found == desk.replies.end()) return NotFound("no such reply");
    return Filled(In(found->second.text, ticket.language), {{"agent", agent.name},
                                                            {"brand", tenant.name},
                                                            {"customer", customer},
                                                            {"number", ticket.number},
                                                            {"subject", ticket.subject}});
}

Result<Ticket> DeskWork::Apply(db::Transaction& tx, const Tenant& tenant, TicketId id,
                               const std::string& name, const Writer& agent, Instant now) const {
    const Desk& desk = Tickets::DeskOf(tenant);
    const auto found = desk.macros.find(name);
    if (found == desk.macros.end()) return NotFound("no such macro");
    const Macro& macro = found->second;
    Ticket ticket = LIVERY_TRY(Open(tx, id));
    if (!macro.queue.empty() || macro.priority) {
        const auto queue = macro.queue.empty() ? std::nullopt : std::optional(macro.queue);
        ticket = LIVERY_TRY(Set(tx, tenant, id, {queue, std::nullopt, macro.priority}, agent));
    }
    if (macro.takes && agent.user && ticket.assignee != agent.user)
        ticket = LIVERY_TRY(tickets_.Assign(tx, tenant, id, agent.user, agent));
    if (!macro.reply.empty()) {
        const auto customer = LIVERY_TRY(profiles_.Of(tx, ticket.account)).name;
        const std::string words = LIVERY_TRY(Words(tenant, ticket, macro.reply, customer, agent));
        return tickets_.Answer(tx, tenant, {id, words, macro.state, macro.is_note}, agent, now);
    }
    if (macro.state && *macro.state != ticket.state)
        return tickets_.Move(tx, tenant, id, *macro.state, agent, now);
    return ticket;
}

Result<Ticket> DeskWork::Merge(db::Transaction& tx, const Tenant& tenant, TicketId from,
                               TicketId into, const Writer& agent, Instant now) const {
    if (from == into) return InvalidField("into", "error.merge_itself");
    // In one order, whoever merges what into what at the same time.
    Result<Ticket> first = Open(tx, std::min(from, into));
    Result<Ticket> second = Open(tx, std::max(from, into));
    if (!first) return first.error();
    if (!second) return second.error();
    Ticket source = from < into ? *first : *second;
    Ticket target = from < into ? *second : *first;
    if (source.account != target.account) return InvalidField("into", "error.merge_customers");
    // It would be over, and what it disputes forgotten.
    const auto dispute = DisputeRepository::Of(tx, source.id);
    if (dispute && dispute->IsUndecided()) return Conflict("error.dispute_undecided");
    TicketRepository::MoveMessages(tx, source.id, target.id);
    source.merged_into = target.id;
    target.active_at = std::max(source.active_at, target.active_at);
    const WallClock clock = tickets_.ClockOf(tenant);
    Follow(source.clocks, {now, TicketState::kClosed, false},
           {Tickets::DeskOf(tenant).calendar, clock});
    source.state = TicketState::kClosed;
    LIVERY_TRY(Keep(tx, tenant, std::move(source), "ticket.merged", agent));
    return Keep(tx, tenant, std::move(target), "ticket.changed", agent);
}

Result<Ticket> DeskWork::Split(db::Transaction& tx, const Tenant& tenant, TicketId from,
                               const std::vector<MessageId>& messages, const std::string& subject,
                               const Writer& agent, Instant now) const {
    const Ticket source = LIVERY_TRY(Open(tx, from));
    const auto held = TicketRepository::MessageIds(tx, from);
    const std::set<MessageId> moved(messages.begin(), messages.end());
    const bool all_there =
        std::all_of(moved.begin(), moved.end(), [&](MessageId one) { return held.contains(one); });
    if (moved.empty() || !all_there || moved.size() == held.size())
        return InvalidField("messages", "error.split_messages");
    // Its customer sees the new ticket.
    if (std::none_of(moved.begin(), moved.end(), [&](MessageId one) { return held.at(one); }))
        return InvalidField("messages", "error.split_notes");
    Ticket part = LIVERY_TRY(tickets_.Begin(tx, tenant, source, subject, now));
    for (const MessageId message : moved) TicketRepository::MoveMessage(tx, from, message, part.id);
    parts_.events.Publish(tx, "ticket.created", part, Party::kAgent);
    tickets_.WriteDown(tx, part, "ticket.split", agent);
    LIVERY_TRY(Keep(tx, tenant, source, "ticket.changed", agent));
    return part;
}

Result<Ticket> DeskWork::Close(db::Transaction& tx, const Tenant& tenant, TicketId id,
                               Instant now) const {
    Ticket ticket = LIVERY_TRY(Open(tx, id));
    const auto days = std::chrono::days(Tickets::DeskOf(tenant).close_after_days);
    if (ticket.state != TicketState::kSolved || !ticket.solved_at || now - *ticket.solved_at < days)
        return Moved();
    const Instant active_at = ticket.active_at;
    auto closed = tickets_.Take(tx, tenant, std::move(ticket),
                                {now, Party::kRule, false, TicketState::kClosed}, active_at);
    if (!closed) return Moved();
    tickets_.WriteDown(tx, *closed, "ticket.closed", {});
    return *std::move(closed);
}

}  // namespace livery::service_desk
