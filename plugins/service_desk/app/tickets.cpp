#include "app/tickets.h"

#include <algorithm>

#include <livery/utf8.h>

#include "domain/dispute.h"
#include "storage/dispute_repository.h"
#include "storage/ticket_repository.h"
#include "storage/watcher_repository.h"

namespace livery::service_desk {

namespace {

constexpr std::size_t kLongestSubject = 150;
constexpr std::size_t kLongestBody = 20'000;

std::string Trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool IsOneLine(const std::string& text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20; });
}

bool IsSubject(const std::string& text) {
    return !text.empty() && IsUtf8(text) && Characters(text) <= kLongestSubject && IsOneLine(text);
}

bool IsBody(const std::string& text) {
    return !text.empty() && IsUtf8(text) && Characters(text) <= kLongestBody;
}

Error NoTicket() { return NotFound("no such ticket"); }
Error NotFromHere() { return Conflict("error.ticket_moved"); }

Result<void> Check(const Tickets::Wish& wish, const Desk& desk) {
    std::vector<FieldError> wrong;
    if (!IsSubject(wish.subject)) wrong.push_back({"subject", "error.subject"});
    if (!desk.categories.contains(wish.category)) wrong.push_back({"category", "error.category"});
    if (wish.priority && (*wish.priority < 0 || *wish.priority >= std::ssize(kPriorities)))
        wrong.push_back({"priority", "error.priority"});
    if (!IsBody(wish.body)) wrong.push_back({"body", "error.body"});
    if (!wrong.empty()) return Invalid(std::move(wrong));
    return {};
}

Tickets::Wish TrimmedWish(Tickets::Wish wish) {
    wish.subject = Trimmed(wish.subject);
    wish.body = Trimmed(wish.body);
    return wish;
}

// Whether the ticket would be over while what it disputes is undecided.
bool WouldForget(db::Transaction& tx, TicketId ticket, TicketState next) {
    if (MayFollowUndecided(next)) return false;
    const auto dispute = DisputeRepository::Of(tx, ticket);
    return dispute && dispute->IsUndecided();
}

Result<void> CheckDecided(db::Transaction& tx, TicketId ticket, std::optional<TicketState> wanted) {
    if (wanted && WouldForget(tx, ticket, *wanted)) return Conflict("error.dispute_undecided");
    return {};
}

}  // namespace

bool MayAnswer(const Tenant& tenant, const Staff::Member& member) {
    return member.state == Staff::State::kActive &&
           Allows(tenant.roles, member.roles, "tickets.answer");
}

WallClock Tickets::ClockOf(const Tenant& tenant) const {
    return [&time = parts_.time, &tenant](Instant at) {
        const auto offset = time.OffsetAt(tenant, at);
        return Offset{offset.east_of_utc, offset.until};
    };
}

Message Tickets::MessageOf(const Reply& reply, Party by, const Writer& writer, Instant now) const {
    return {MessageId(parts_.ids.Next()),
            !reply.is_note,
            by,
            writer.user,
            writer.name,
            Trimmed(reply.body),
            now,
            reply.attachments};
}

void Tickets::Number(db::Transaction& tx, const Tenant& tenant, Ticket& ticket, Instant now) const {
    const Desk& desk = DeskOf(tenant);
    ticket.created_at = ticket.active_at = now;
    ticket.clocks = BeginClocks(desk.TargetsOf(ticket.priority), now);
    const WallClock clock = ClockOf(tenant);
    SetDue(ticket, {desk.calendar, clock});
    const std::chrono::year_month_day day(DayOf(parts_.time.ToCivil(tenant, now)));
    ticket.number = TicketRepository::NextNumber(tx, static_cast<int>(day.year()));
    TicketRepository::Insert(tx, ticket);
}

Result<Ticket> Tickets::Begin(db::Transaction& tx, const Tenant& tenant, const Ticket& like,
                              const std::string& subject, Instant now) const {
    Ticket ticket;
    ticket.subject = Trimmed(subject);
    if (!IsSubject(ticket.subject)) return InvalidField("subject", "error.subject");
    ticket.id = TicketId(parts_.ids.Next());
    ticket.account = like.account;
    ticket.opened_by = like.opened_by;
    ticket.category = like.category;
    ticket.queue = like.queue;
    ticket.priority = like.priority;
    ticket.language = like.language;
    ticket.assignee = like.assignee;
    ticket.follows = like.id;
    Number(tx, tenant, ticket, now);
    return ticket;
}

Result<Ticket> Tickets::Open(db::Transaction& tx, const Tenant& tenant, const Wish& asked,
                             const Writer& writer, Instant now) const {
    const Wish wish = TrimmedWish(asked);
    const Desk& desk = DeskOf(tenant);
    LIVERY_TRY(Check(wish, desk));
    const Category& category = desk.categories.at(wish.category);
    Ticket ticket;
    ticket.id = TicketId(parts_.ids.Next());
    ticket.account = wish.account;
    ticket.opened_by = wish.opened_by ? wish.opened_by : writer.user;
    ticket.subject = wish.subject;
    ticket.category = wish.category;
    ticket.queue = category.queue;
    ticket.priority = wish.priority.value_or(PriorityFrom(category.priority).value_or(0));
    ticket.language = writer.language;
    ticket.about = wish.about;
    ticket.follows = wish.follows;
    Number(tx, tenant, ticket, now);
    TicketRepository::Add(tx, ticket.id,
                          MessageOf({ticket.id, wish.body, {}, false, wish.attachments},
                                    Party::kCustomer, writer, now));
    parts_.letters.Opened(tx, tenant, ticket);
    parts_.events.Publish(tx, "ticket.created", ticket, Party::kCustomer);
    WriteDown(tx, ticket, "ticket.created", writer);
    return ticket;
}

Result<void> Tickets::CheckWish(const Tenant& tenant, const Wish& wish) {
    return Check(TrimmedWish(wish), DeskOf(tenant));
}

Result<void> Tickets::CheckBody(const std::string& body) {
    if (!IsBody(Trimmed(body))) return InvalidField("body", "error.body");
    return {};
}

std::optional<Ticket> Tickets::Take(db::Transaction& tx, const Tenant& tenant, Ticket ticket,
                                    const Step& step, std::optional<Instant> active_at) const {
    const Desk& desk = DeskOf(tenant);
    const WallClock clock = ClockOf(tenant);
    const TicketState before = ticket.state;
    auto next = After(std::move(ticket), step, desk.reopen_days, {desk.calendar, clock});
    if (!next || (next->state != before && WouldForget(tx, next->id, next->state)))
        return std::nullopt;
    if (active_at) next->active_at = *active_at;
    TicketRepository::Update(tx, *next);
    if (step.is_public_message) parts_.events.Publish(tx, "ticket.replied", *next, step.by);
    if (IsUnsolved(before) && next->state == TicketState::kSolved)
        parts_.events.Publish(tx, "ticket.solved", *next, step.by);
    return next;
}

Result<Ticket> Tickets::ReplyOwned(db::Transaction& tx, const Tenant& tenant, AccountId account,
                                   const Reply& reply, const Writer& writer, Instant now) const {
    const auto found = TicketRepository::FindOwned(tx, account, reply.ticket);
    if (!found) return NoTicket();
    if (found->merged_into) {
        Reply there = reply;
        there.ticket = *found->merged_into;
        return ReplyOwned(tx, tenant, account, there, writer, now);
    }
    LIVERY_TRY(CheckBody(reply.body));
    LIVERY_TRY(CheckDecided(tx, found->id, reply.wanted));
    const auto next = Take(tx, tenant, *found, {now, Party::kCustomer, true, reply.wanted});
    if (!next) return GoOn(tx, tenant, *found, reply, writer, now);
    const Message message = MessageOf(reply, Party::kCustomer, writer, now);
    TicketRepository::Add(tx, next->id, message);
    parts_.letters.Said(tx, tenant, *next, message, writer.email);
    WriteDown(tx, *next, "ticket.replied", writer);
    return *next;
}

// Whoever writes, by mail perhaps, those who were told of the old one are told of the new one.
Result<Ticket> Tickets::GoOn(db::Transaction& tx, const Tenant& tenant, const Ticket& old,
                             const Reply& reply, const Writer& writer, Instant now) const {
    Writer by = writer;
    if (by.language.empty()) by.language = old.language;
    Ticket next = LIVERY_TRY(
        Open(tx, tenant,
             {old.account, old.subject, old.category, old.priority, reply.body, old.about, old.id,
              reply.attachments, writer.user ? writer.user : old.opened_by},
             by, now));
    for (const Watcher& watcher : WatcherRepository::List(tx, old.id))
        WatcherRepository::Add(tx, next.id, watcher);
    return next;
}

Result<Ticket> Tickets::MoveOwned(db::Transaction& tx, const Tenant& tenant, AccountId account,
                                  TicketId id, TicketState wanted, const Writer& writer,
                                  Instant now) const {
    const auto found = TicketRepository::FindOwned(tx, account, id);
    if (!found) return NoTicket();
    LIVERY_TRY(CheckDecided(tx, found->id, wanted));
    const auto next = Take(tx, tenant, *found, {now, Party::kCustomer, false, wanted});
    if (!next) return NotFromHere();
    WriteDown(tx, *next, wanted == TicketState::kSolved ? "ticket.solved" : "ticket.reopened",
              writer);
    return *next;
}

Result<Ticket> Tickets::Answer(db::Transaction& tx, const Tenant& tenant, const Reply& reply,
                               const Writer& agent, Instant now) const {
    const auto found = TicketRepository::Find(tx, reply.ticket);
    if (!found) return NoTicket();
    LIVERY_TRY(CheckBody(reply.body));
    if (found->merged_into) return NotFromHere();
    if (reply.seen && TicketRepository::HasNewer(tx, found->id, *reply.seen))
        return InvalidField("seen", "error.ticket_new_words");
    LIVERY_TRY(CheckDecided(tx, found->id, reply.wanted));
    const auto next = Take(tx, tenant, *found, {now, Party::kAgent, !reply.is_note, reply.wanted});
    if (!next) return NotFromHere();
    const Message message = MessageOf(reply, Party::kAgent, agent, now);
    TicketRepository::Add(tx, next->id, message);
    parts_.letters.Said(tx, tenant, *next, message, agent.email);
    WriteDown(tx, *next, reply.is_note ? "ticket.noted" : "ticket.answered", agent);
    return *next;
}

Result<Ticket> Tickets::Move(db::Transaction& tx, const Tenant& tenant, TicketId id,
                             TicketState wanted, const Writer& agent, Instant now) const {
    const auto found = TicketRepository::Find(tx, id);
    if (!found) return NoTicket();
    LIVERY_TRY(CheckDecided(tx, found->id, wanted));
    const auto next = found->merged_into
                          ? std::nullopt
                          : Take(tx, tenant, *found, {now, Party::kAgent, false, wanted});
    if (!next) return NotFromHere();
    if (wanted == TicketState::kSolved && found->state != wanted)
        parts_.letters.Solved(tx, tenant, *next);
    WriteDown(tx, *next, wanted == TicketState::kSolved ? "ticket.solved" : "ticket.moved", agent);
    return *next;
}

Result<Ticket> Tickets::Assign(db::Transaction& tx, const Tenant& tenant, TicketId id,
                               std::optional<UserId> assignee, const Writer& agent) const {
    auto found = TicketRepository::Find(tx, id);
    if (!found) return NoTicket();
    if (assignee) {
        const auto member = parts_.staff.Find(tx, *assignee);
        if (!member || !MayAnswer(tenant, *member))
            return InvalidField("assignee", "error.assignee");
    }
    found->assignee = assignee;
    ++found->version;
    TicketRepository::Update(tx, *found);
    if (assignee) parts_.letters.Assigned(tx, tenant, *found, agent.user);
    WriteDown(tx, *found, "ticket.assigned", agent);
    return *found;
}

void Tickets::WriteDown(db::Transaction& tx, const Ticket& ticket, std::string_view action,
                        const Writer& writer) const {
    tx.Touch(SubjectOf(ticket.account));
    parts_.audit.Record(
        tx, {action, writer.user, SubjectOf(ticket.account), writer.address, ticket.number});
}

}  // namespace livery::service_desk
