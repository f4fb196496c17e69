#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/open_hours.h"
#include "domain/service_clock.h"
#include "domain/ticket_state.h"

namespace livery::service_desk {

// By language, as a person reads it.
using Label = std::map<std::string, std::string>;
// In a language; where it is not said, in the first there is.
const std::string& In(const Label& label, std::string_view language);

// What a subscriber chooses, and where it leads.
struct Category {
    Label label;
    std::string queue;
    std::string priority = "normal";
    std::vector<std::string> skills;  // of whom it is assigned to
};

// Words that are written often. Which placeholders they have: domain/canned_reply.h.
struct CannedReply {
    Label label;
    Label text;  // in the ticket's language
};

// Several steps at once; what is not said stays.
struct Macro {
    Label label;
    std::string reply;  // a canned one; "" = without words
    bool is_note = false;
    std::optional<TicketState> state;
    std::optional<int> priority;
    std::string queue;
    bool takes = false;  // it becomes the agent's own
};

// When a ticket that nobody has seen to is raised.
struct Escalation {
    Duration before{0};  // that the target is missed; 0: when it is
    std::string queue;   // where it goes; "" = stays
    std::optional<int> priority;
};

// How a tenant's desk works, as its file says. Values.
struct Desk {
    std::map<std::string, Label> queues;
    std::map<std::string, Category> categories;
    BusinessCalendar calendar = BusinessCalendar::Always();
    std::map<std::string, ServiceTargets> targets;  // by priority
    std::map<std::string, Label> skills;
    std::map<std::string, CannedReply> replies;
    std::map<std::string, Macro> macros;
    bool assigns_by_load = false;  // else by hand
    std::optional<Escalation> escalation;
    int reopen_days = 14;
    int close_after_days = 7;

    ServiceTargets TargetsOf(const std::string& priority) const;
};

// From the least on.
inline constexpr std::string_view kPriorities[]{"low", "normal", "high", "urgent"};
// Its place there; nullopt: there is none of that name.
std::optional<int> PriorityFrom(std::string_view name);

}  // namespace livery::service_desk
