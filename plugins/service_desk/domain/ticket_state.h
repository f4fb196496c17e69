#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace livery::service_desk {

enum class TicketState : std::uint8_t {
    kNew,                 // nobody of the business has answered yet
    kOpen,                // waiting for us
    kWaitingForCustomer,  // an answer of the customer's is needed to go on
    kSolved,              // reopens when its customer answers in time
    kClosed,              // for good: what comes later is a new ticket, linked to this one
};

std::string_view ToString(TicketState state);
std::optional<TicketState> TicketStateFrom(std::string_view word);

// Whether something is still to be done about it.
bool IsUnsolved(TicketState state);

// Who does something about a ticket.
enum class Party : std::uint8_t { kCustomer, kAgent, kRule };

// Which states may follow by hand of whom (mission.md, the ticket table). A customer solves and
// reopens; agents ask, solve and take back; only time closes.
bool MayFollow(TicketState now, TicketState next, Party by);

// What a public message makes of the state when its sender asks for none. Nothing: the ticket is
// closed, and the message belongs into a new one.
std::optional<TicketState> AfterMessage(TicketState now, Party by);

}  // namespace livery::service_desk
