#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/attachment_rules.h"
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
    std::vector<std::string> about;   // what a ticket is about that begins with it: "invoice"
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

// How mails come to the desk.
struct DeskMail {
    // Whose inbox is emptied; none: a mail server hands its mails over.
    struct Box {
        std::string url;
        std::string user;
        std::string secret;  // its name
        std::string processed;
        std::string failed;
    };
    std::string address;   // "help@harbor.example"
    std::string category;  // of tickets that begin with a mail
    std::size_t most_bytes = 25'000'000;
    std::optional<Box> box;
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
    // What subscribers choose from; empty: theirs is the category's, and they are not asked.
    std::vector<int> offered_priorities = {0, 1, 2};
    bool assigns_by_load = false;  // else by hand
    std::optional<Escalation> escalation;
    bool asks_for_ratings = false;
    int reopen_days = 14;
    int close_after_days = 7;
    AttachmentRules attachments;
    std::optional<DeskMail> mail;

    ServiceTargets TargetsOf(int priority) const;
    // Whether a subscriber may choose it.
    bool Offers(int priority) const;
    // What a ticket about such a thing begins with; "": nobody said.
    std::string CategoryAbout(std::string_view kind) const;
};

// What a ticket can be about.
inline constexpr std::string_view kAboutKinds[]{"subscription", "order", "invoice", "invoice_line",
                                                "payment"};
// From the least on.
inline constexpr std::string_view kPriorities[]{"low", "normal", "high", "urgent"};
// What stands for none of them, where one was asked for.
inline constexpr int kNoPriority = -1;
// Its place there; nullopt: there is none of that name.
std::optional<int> PriorityFrom(std::string_view name);
// The other way. Throws BrokenInvariant where there is none.
std::string_view PriorityText(int priority);

}  // namespace livery::service_desk
