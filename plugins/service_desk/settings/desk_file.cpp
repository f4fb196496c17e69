#include "settings/desk_file.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <livery/http/route.h>

#include "domain/canned_reply.h"

namespace livery::service_desk {

namespace {

// Of what a request may bring (kMostUploadBytes), with room for the words.
constexpr std::int64_t kMostOfAll = 60'000'000;
static_assert(kMostOfAll + 1'000'000 < kMostUploadBytes);

using config::Node;
using config::Reader;

// One reading: the file stays at hand, so that what does not fit names its place.
class DeskReading {
 public:
    DeskReading(const Node& node, const Reader& reader)
        : node_(node), reader_(reader), file_(DeskFile::Schema().Read(node, reader)) {}

    Desk Run() {
        for (const auto& [id, queue] : file_.queues) desk_.queues[id] = queue.label;
        desk_.skills = file_.skills;
        for (const auto& [id, category] : file_.categories) ReadCategory(id, category);
        if (!file_.hours.empty()) ReadHours();
        for (std::size_t i = 0; i < file_.holidays.size(); ++i) ReadHoliday(i);
        for (const auto& [priority, targets] : file_.targets) ReadTargets(priority, targets);
        for (const auto& [id, reply] : file_.replies) ReadReply(id, reply);
        for (const auto& [id, macro] : file_.macros) ReadMacro(id, macro);
        if (node_.Find("escalate") != nullptr) ReadEscalation();
        ReadOfferedPriorities();
        desk_.assigns_by_load = file_.assign == "load";
        desk_.asks_for_ratings = file_.survey;
        ReadAttachments();
        desk_.reopen_days = file_.reopen_days;
        desk_.close_after_days = file_.close_after_days;
        if (file_.mail) desk_.mail = ReadDeskMail(*file_.mail, desk_, node_, reader_);
        return std::move(desk_);
    }

 private:
    const Node& At(const char* section, const std::string& key) const {
        return *node_.Find(section)->Find(key);
    }
    void Report(const char* section, const std::string& key, const std::string& text) const {
        reader_.Below(section).Below(key).Report(At(section, key).at, text);
    }

    void ReadCategory(const std::string& id, const CategoryEntry& entry) {
        if (!desk_.queues.contains(entry.queue)) Report("categories", id, NoQueue(entry.queue));
        for (const std::string& skill : entry.skills)
            if (!desk_.skills.contains(skill))
                Report("categories", id,
                       fmt::format("there is no skill `{}`; name it under `skills`", skill));
        desk_.categories[id] = {entry.label, entry.queue, entry.priority, entry.skills,
                                entry.about};
        for (const std::string& kind : entry.about) ReadAbout(id, kind);
    }

    void ReadAbout(const std::string& id, const std::string& kind) {
        if (std::find(std::begin(kAboutKinds), std::end(kAboutKinds), kind) ==
            std::end(kAboutKinds))
            Report("categories", id,
                   fmt::format("nothing is called `{}`; there are {}", kind,
                               fmt::join(kAboutKinds, ", ")));
        const auto other =
            std::find_if(desk_.categories.begin(), desk_.categories.end(), [&](const auto& one) {
                const auto& about = one.second.about;
                return one.first != id &&
                       std::find(about.begin(), about.end(), kind) != about.end();
            });
        if (other != desk_.categories.end())
            Report("categories", id,
                   fmt::format("`{}` begins with `{}` already", kind, other->first));
    }

    static std::string NoQueue(const std::string& queue) {
        return fmt::format("there is no queue `{}`", queue);
    }

    void ReadReply(const std::string& id, const ReplyEntry& entry) {
        for (const auto& [language, text] : entry.text)
            for (const std::string& name : UnknownPlaceholders(text))
                Report("replies", id,
                       fmt::format("there is no placeholder {{{}}}; there are {}", name,
                                   fmt::join(kPlaceholders, ", ")));
        desk_.replies[id] = {entry.label, entry.text};
    }

    void ReadMacro(const std::string& id, const MacroEntry& entry) {
        if (!entry.reply.empty() && !desk_.replies.contains(entry.reply))
            Report("macros", id, fmt::format("there is no reply `{}`", entry.reply));
        if (!entry.queue.empty() && !desk_.queues.contains(entry.queue))
            Report("macros", id, NoQueue(entry.queue));
        desk_.macros[id] = {entry.label,
                            entry.reply,
                            entry.note,
                            TicketStateFrom(entry.state),
                            PriorityFrom(entry.priority),
                            entry.queue,
                            entry.take};
    }

    void ReadEscalation() {
        const auto report = [&](const char* key, const std::string& text) {
            reader_.Below("escalate").Below(key).Report(node_.Find("escalate")->at, text);
        };
        const EscalationEntry& entry = file_.escalate;
        const auto before =
            entry.before.empty() ? std::optional(Duration(0)) : OpenTimeIn(entry.before);
        if (!before)
            report("before",
                   fmt::format("`{}` is no time; write it as 30 minutes or 4 hours", entry.before));
        if (!entry.queue.empty() && !desk_.queues.contains(entry.queue))
            report("queue", NoQueue(entry.queue));
        desk_.escalation = {before.value_or(Duration(0)), entry.queue,
                            PriorityFrom(entry.priority)};
    }

    void ReadHours() {
        desk_.calendar = BusinessCalendar{};
        for (const auto& [words, spans] : file_.hours) {
            const auto days = DaysIn(words);
            if (days.empty())
                Report("hours", words, "is no day; write one such as mon, or mon-fri");
            for (const std::string& span : spans) {
                const auto hours = HoursIn(span);
                if (!hours)
                    Report("hours", words,
                           fmt::format("`{}` is no time; write it as \"08:00-18:00\"", span));
                for (const unsigned day : days)
                    if (hours) desk_.calendar.week.at(day).push_back(*hours);
            }
        }
        PutInOrder();
    }

    void PutInOrder() {
        for (auto& day : desk_.calendar.week) {
            std::sort(day.begin(), day.end(),
                      [](const Hours& a, const Hours& b) { return a.from < b.from; });
            for (std::size_t i = 1; i < day.size(); ++i) {
                if (day[i - 1].to <= day[i].from) continue;
                reader_.Below("hours").Report(node_.Find("hours")->at,
                                              "a time is written twice for the same day");
            }
        }
    }

    void ReadHoliday(std::size_t i) {
        const std::string& text = file_.holidays[i];
        if (ReadYearly(text)) return;
        if (const auto once = ParseDate(text)) {
            desk_.calendar.holidays.insert(*once);
            return;
        }
        reader_.Below("holidays")
            .Item(i)
            .Report(node_.Find("holidays")->items.at(i).at,
                    fmt::format("`{}` is no day; write \"12-25\" for every year, or \"2027-04-05\"",
                                text));
    }

    bool ReadYearly(const std::string& text) {
        // A year that has a 29 February.
        const auto date = text.size() == 5 ? ParseDate("2024-" + text) : std::nullopt;
        if (!date) return false;
        const std::chrono::year_month_day day(*date);
        desk_.calendar.every_year.insert(day.month() / day.day());
        return true;
    }

    void ReadTargets(const std::string& priority, const TargetsEntry& entry) {
        if (std::find(std::begin(kPriorities), std::end(kPriorities), priority) ==
            std::end(kPriorities))
            Report("targets", priority,
                   fmt::format("there is no such priority; there are {}",
                               fmt::join(kPriorities, ", ")));
        const auto read = [&](const std::string& text) -> std::optional<Duration> {
            if (text.empty()) return std::nullopt;
            const auto time = OpenTimeIn(text);
            if (!time)
                Report(
                    "targets", priority,
                    fmt::format("`{}` is no open time; write it as 30 minutes or 4 hours", text));
            return time;
        };
        desk_.targets[priority] = {read(entry.first_response), read(entry.solution)};
    }

    void ReadOfferedPriorities() {
        desk_.offered_priorities.clear();
        for (std::size_t i = 0; i < file_.offer_priorities.size(); ++i) {
            const auto priority = PriorityFrom(file_.offer_priorities[i]);
            if (priority) {
                desk_.offered_priorities.push_back(*priority);
                continue;
            }
            reader_.Below("offer_priorities")
                .Item(i)
                .Report(node_.Find("offer_priorities")->items.at(i).at,
                        fmt::format("there is no priority `{}`; there are {}",
                                    file_.offer_priorities[i], fmt::join(kPriorities, ", ")));
        }
        std::sort(desk_.offered_priorities.begin(), desk_.offered_priorities.end());
    }

    void ReadAttachments() {
        const AttachmentsEntry& entry = file_.attachments;
        const auto bytes = BytesIn(entry.most_bytes);
        AttachmentRules& rules = desk_.attachments;
        rules = {entry.most, bytes.value_or(rules.most_bytes), entry.clamd};
        if (!bytes)
            Report("attachments", "most_bytes",
                   fmt::format("`{}` is no size; write it as 500 kB or 10 MB", entry.most_bytes));
        // What no request may bring would be refused without a word of ours.
        if (rules.most * rules.most_bytes > kMostOfAll)
            reader_.Below("attachments")
                .Report(
                    node_.Find("attachments")->at,
                    fmt::format("{} files of {} are more than the {} MB that a message may have",
                                rules.most, entry.most_bytes, kMostOfAll / 1'000'000));
        if (!rules.clamd.empty() && rules.clamd.front() != '/')
            Report("attachments", "clamd", "is no absolute path of a socket");
    }

    const Node& node_;
    const Reader& reader_;
    DeskFile file_;
    Desk desk_;
};

}  // namespace

Desk ReadDesk(const Node& node, const Reader& reader) { return DeskReading(node, reader).Run(); }

}  // namespace livery::service_desk
