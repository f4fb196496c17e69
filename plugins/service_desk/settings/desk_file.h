#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/config/object_schema.h>

#include "domain/desk.h"
#include "settings/desk_mail.h"

namespace livery::service_desk {

// `tenants/<tenant>/service_desk.yaml`, as written.
struct QueueEntry {
    Label label;
    static const config::ObjectSchema<QueueEntry>& Schema();
};
struct CategoryEntry {
    Label label;
    std::string queue;
    std::string priority = "normal";
    std::vector<std::string> skills;
    std::vector<std::string> about;
    static const config::ObjectSchema<CategoryEntry>& Schema();
};
struct TargetsEntry {
    std::string first_response;
    std::string solution;
    static const config::ObjectSchema<TargetsEntry>& Schema();
};
struct ReplyEntry {
    Label label;
    Label text;
    static const config::ObjectSchema<ReplyEntry>& Schema();
};
struct MacroEntry {
    Label label;
    std::string reply;
    bool note = false;
    std::string state;
    std::string priority;
    std::string queue;
    bool take = false;
    static const config::ObjectSchema<MacroEntry>& Schema();
};
struct EscalationEntry {
    std::string before;
    std::string queue;
    std::string priority;
    static const config::ObjectSchema<EscalationEntry>& Schema();
};
struct AttachmentsEntry {
    int most = 5;
    std::string most_bytes = "10 MB";
    std::string clamd;
    static const config::ObjectSchema<AttachmentsEntry>& Schema();
};
struct DeskFile {
    std::map<std::string, QueueEntry> queues;
    std::map<std::string, CategoryEntry> categories;
    std::map<std::string, std::vector<std::string>> hours;
    std::vector<std::string> holidays;
    std::map<std::string, TargetsEntry> targets;
    std::map<std::string, Label> skills;
    std::vector<std::string> offer_priorities = {"low", "normal", "high"};
    std::string assign = "hand";
    EscalationEntry escalate;
    std::map<std::string, ReplyEntry> replies;
    std::map<std::string, MacroEntry> macros;
    bool survey = false;
    int reopen_days = 14;
    int close_after_days = 7;
    AttachmentsEntry attachments;
    std::optional<MailEntry> mail;
    static const config::ObjectSchema<DeskFile>& Schema();
};

// The desk that the file describes; what is wrong with it is reported where it stands.
Desk ReadDesk(const config::Node& node, const config::Reader& reader);

// How its words are read. nullopt: they are none.
// "30 minutes", "4 hours": open time. A day of it would be read as eight hours or as twenty-four.
std::optional<Duration> OpenTimeIn(std::string_view text);
// "500 kB", "10 MB": bytes, by the thousand.
std::optional<std::int64_t> BytesIn(std::string_view text);
// "08:00-18:00"; 24:00 is the end of a day.
std::optional<Hours> HoursIn(std::string_view text);
// "mon", "mon-fri", "fri-mon": from the first to the last, on from Saturday to Sunday.
std::vector<unsigned> DaysIn(std::string_view text);

}  // namespace livery::service_desk
