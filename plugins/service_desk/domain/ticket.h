#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/ids.h>
#include <livery/time/instant.h>

#include "domain/attachment.h"
#include "domain/service_clock.h"
#include "domain/ticket_state.h"

namespace livery::service_desk {

struct TicketTag {
    static constexpr std::string_view kPrefix = "tck";
};
struct MessageTag {
    static constexpr std::string_view kPrefix = "msg";
};
using TicketId = Id<TicketTag>;
using MessageId = Id<MessageTag>;

// What a ticket is about, among the account's things: the plugin that owns it knows more. Empty
// kind: nothing in particular.
struct About {
    std::string kind;  // "subscription", "order", "invoice", "invoice_line", "payment"
    Uuid id;
    bool operator==(const About&) const = default;
};

struct Ticket {
    TicketId id;
    std::string number;  // "T-2026-000001"
    AccountId account;
    std::optional<UserId> opened_by;
    std::string subject;
    std::string category;
    std::string queue;
    int priority = 1;  // index into kPriorities
    std::string language;
    TicketState state = TicketState::kNew;
    std::optional<UserId> assignee;
    About about;
    std::optional<TicketId> follows;      // one that was closed when its customer wrote again
    std::optional<TicketId> merged_into;  // where it goes on
    Instant created_at{};
    Instant active_at{};
    std::optional<Instant> solved_at;
    std::optional<Instant> due_at;        // of its clocks, whichever comes first
    std::optional<Instant> escalated_at;  // until it is solved
    ServiceClocks clocks;
    int version = 0;
};

struct Message {
    MessageId id;
    bool is_public = true;
    Party party = Party::kCustomer;
    std::optional<UserId> author;
    std::string author_name;
    std::string body;
    Instant at{};
    std::vector<Attachment> attachments = {};
};

// Written down with the ticket, so that the list can be asked for what is due. Counts from now on:
// hours that are changed later move it when the ticket is touched.
void SetDue(Ticket& ticket, const DeskTime& time);

// What came of a message or of an agent's step, in one go.
struct Step {
    Instant at{};
    Party by = Party::kCustomer;
    bool is_public_message = false;     // with words for the other side
    std::optional<TicketState> wanted;  // asked for by whoever does it
};

// The ticket after the step, its clocks with it. nullopt: the state does not allow it; of a
// customer's message on what was closed, or solved too long ago: the words belong into a new
// ticket.
std::optional<Ticket> After(Ticket ticket, const Step& step, int reopen_days, const DeskTime& time);

}  // namespace livery::service_desk
